"""Who works in the office: Lena for all of Ekdal's schools, and a colleague when two are needed."""

import re

import pytest

from skolnav.core.people.models import Duty
from skolnav.core.tenancy import clock


@pytest.fixture
def lena(cast, client_of):
    return client_of(cast.lena)


@pytest.fixture
def colleague(cast, client_of):
    """Ingrid, principal, who administers Ekdalsskolan as well; not Lillåskolan."""
    Duty.everything.create(
        organiser=cast.ekdal,
        person=cast.ingrid,
        school=cast.ekdalsskolan,
        role=Duty.Role.ADMINISTRATOR,
        source="office",
        valid_from=clock.today(),
    )
    return client_of(cast.ingrid)


@pytest.fixture
def hidden_fields():
    """What a form carries along without showing it: `hidden_fields(page)["version"]`."""

    def read(response):
        page = response.content.decode()
        return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))

    return read
