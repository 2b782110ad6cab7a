"""Lessons of the frozen Tuesday, and what one does with them."""

import re

import pytest

from skolnav.core.tenancy import clock
from skolnav.core.timetable.computing import timetable_of_groups
from skolnav.core.timetable.storing import stored


@pytest.fixture
def of_5b(cast, tuesday):
    """`of_5b("Matematik")`: the lesson of 5B by its subject, today or on another day."""

    def find(title, day=None):
        day = day or clock.today()
        found = timetable_of_groups(cast.ekdal.pk, [cast.class_5b.pk], day, day).occurrences
        return next(one for one in found if one.title == title)

    return find


@pytest.fixture
def differs(cast):
    """`differs(lesson, is_cancelled=True)`: something is otherwise on its day, as an import may say it."""

    def change(lesson, **fields):
        row = stored(lesson, cast.ekdal.pk)
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
        return row

    return change


@pytest.fixture
def page_of(client_of):
    """The text of a page that somebody opens, spaces as one reads them."""

    def page(person, address):
        response = client_of(person).get(address)
        assert response.status_code == 200, response
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))

    return page
