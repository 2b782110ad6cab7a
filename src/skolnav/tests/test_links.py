"""No dead links: whatever a page offers its reader is there."""

import pytest

from skolnav.tests.crawling import walk


@pytest.mark.parametrize(
    "name", ["anna", "omar", "kim", "maja", "elis", "sara", "erik", "nour", "pelle", "ingrid", "lena"]
)
def test_every_link_that_somebody_is_shown_leads_somewhere(name, behind_doors, cast, client_of):
    pages = walk(client_of(cast.people[name]))

    assert [(page.status, page.address, page.found_on) for page in pages if page.status >= 400] == []
