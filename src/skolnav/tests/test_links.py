"""No dead links: whatever a page offers its reader is there."""

import pytest

from skolnav.tests.crawling import walk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "name", ["anna", "omar", "kim", "maja", "elis", "sara", "erik", "nour", "pelle", "ingrid", "lena"]
)
def test_every_link_that_somebody_is_shown_leads_somewhere(name, doors):
    pages = walk(doors.clients[name])

    assert [(page.status, page.address, page.found_on) for page in pages if page.status >= 400] == []
