"""Where staff begin their day, and find what they wrote."""

from datetime import timedelta

import pytest

from skolnav.boxes.calendar.actions import Content, add_entry
from skolnav.boxes.information.actions.news import Content as News
from skolnav.boxes.information.actions.news import write_news
from skolnav.core.feed.models import group_key
from skolnav.core.publishing.models import Target
from skolnav.core.tenancy import clock


@pytest.fixture
def write(sara, cast, viewer_of):
    """Sara writes a day and a draft for 5B."""

    def write(title):
        audience = [Target(group_key(cast.class_5b.pk), cast.ekdalsskolan.pk)]
        day = clock.today() + timedelta(days=1)
        add_entry(
            actor=viewer_of(sara), content=Content("activity", f"{title} ute", day, day), audience=audience
        )
        write_news(actor=viewer_of(sara), content=News(f"{title} inne", audience=audience))

    return write


def test_a_teacher_finds_her_latest_pieces_and_how_they_stand(write, sara, erik, client_of):
    write("Friluftsdag")

    page = client_of(sara).get("/personal/").content.decode()

    assert page.index("Friluftsdag inne") < page.index("Friluftsdag ute")
    assert "Utkast" in page
    assert "I kalendern" in page
    assert "Friluftsdag" not in client_of(erik).get("/personal/").content.decode()


def test_she_may_write_and_a_substitute_without_a_group_may_not(sara, pelle, client_of):
    assert "/personal/kalender/ny/" in client_of(sara).get("/personal/publicera/").content.decode()
    assert "/personal/kalender/ny/" not in client_of(pelle).get("/personal/publicera/").content.decode()


def test_search_finds_what_one_may_change(write, sara, ingrid, erik, greta, client_of):
    write("Friluftsdag")

    for person, finds in ((sara, True), (ingrid, True), (erik, False), (greta, False)):
        page = client_of(person).get("/personal/sok/?q=frilufts").content.decode()
        assert ("Friluftsdag inne" in page) is finds
        assert ("Friluftsdag ute" in page) is finds


@pytest.mark.parametrize("number", [1, 3])
def test_both_pages_cost_the_same_for_one_piece_and_for_three(
    write, sara, number, client_of, django_assert_num_queries
):
    for each in range(number):
        write(f"Dag {each}")
    client = client_of(sara)

    with django_assert_num_queries(11):
        client.get("/personal/")
    with django_assert_num_queries(3):
        client.get("/personal/sok/?q=dag")
