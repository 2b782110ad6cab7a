""" "Mer": all boxes of the hat that somebody stands in."""

import pytest

pytestmark = pytest.mark.django_db


def test_at_work_it_lists_the_staffs_side_of_every_box(cast, client_of):
    page = client_of(cast.lena).get("/mer/").content.decode()

    for prefix in ("franvaro", "fritids", "schema", "kalender", "information"):
        assert f'href="/personal/{prefix}/"' in page
    assert 'href="/fritids/"' not in page


def test_somebody_with_both_hats_gets_the_boxes_of_the_one_they_wear(cast, client_of):
    client = client_of(cast.erik)
    client.get("/")
    assert 'href="/fritids/"' in client.get("/mer/").content.decode()
    client.get("/personal/")

    page = client.get("/mer/").content.decode()

    assert 'href="/personal/fritids/"' in page
    assert 'href="/fritids/"' not in page
