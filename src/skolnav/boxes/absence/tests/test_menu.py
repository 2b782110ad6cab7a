"""The staff's tab of absence."""

import pytest

from skolnav.core.schools.models import SchoolBox

pytestmark = pytest.mark.django_db
TAB = '<a href="/personal/franvaro/"><svg'


def test_whoever_works_with_lessons_is_one_tap_from_it_on_any_page(cast, client_of):
    for person in (cast.sara, cast.erik, cast.pelle, cast.ingrid, cast.lena):
        for page in ("/personal/", "/personal/publicera/", "/personal/kalender/"):
            assert TAB in client_of(person).get(page).content.decode(), (person.given_name, page)
    assert TAB not in client_of(cast.nour).get("/personal/").content.decode()


def test_there_is_no_tab_where_no_school_of_theirs_uses_it(cast, client_of):
    SchoolBox.objects.create(school=cast.ekdalsskolan, key="absence", enabled=False, order=0)

    assert TAB not in client_of(cast.sara).get("/personal/").content.decode()
