"""The staff's tab of fritids."""

import pytest

from skolnav.core.schools.models import SchoolBox

pytestmark = pytest.mark.django_db
TAB = '<a href="/personal/fritids/"><svg'


def test_whoever_works_in_a_section_is_one_tap_from_it_on_any_page(cast, client_of):
    for page in ("/personal/", "/personal/publicera/", "/personal/kalender/"):
        assert TAB in client_of(cast.nour).get(page).content.decode(), page
    assert TAB not in client_of(cast.lena).get("/personal/").content.decode()


def test_there_is_no_tab_where_no_school_of_theirs_uses_it(cast, client_of):
    SchoolBox.objects.create(school=cast.lillaskolan, key="educare", enabled=False, order=0)

    assert TAB not in client_of(cast.nour).get("/personal/").content.decode()
