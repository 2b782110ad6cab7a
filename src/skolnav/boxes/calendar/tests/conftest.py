from datetime import timedelta

import pytest

from skolnav.boxes.calendar.actions import Content, add_entry
from skolnav.core.feed.models import Side, group_key
from skolnav.core.publishing.models import Target
from skolnav.core.tenancy import clock


@pytest.fixture
def to_5b(cast):
    return [Target(group_key(cast.class_5b.pk), cast.ekdalsskolan.pk, Side.BOTH)]


@pytest.fixture
def write(sara, to_5b, viewer_of):
    """Sara writes in 5B's calendar; tomorrow, if nothing else is said."""

    def write(title="Friluftsdag", audience=None, by=None, **fields):
        day = fields.pop("first_day", clock.today() + timedelta(days=1))
        content = Content(
            kind=fields.pop("kind", "activity"),
            title=title,
            first_day=day,
            last_day=fields.pop("last_day", day),
            **fields,
        )
        return add_entry(actor=viewer_of(by or sara), content=content, audience=audience or to_5b)

    return write
