"""The bell in SQL and the bell by the rule that every other reader asks say the same."""

from datetime import timedelta

import pytest

from skolnav.core.feed.models import Side
from skolnav.core.feed.publishing import withdraw
from skolnav.core.notifications import kinds
from skolnav.core.notifications.bell import Bell
from skolnav.core.notifications.fanout import fan_out_due
from skolnav.core.notifications.kinds import Kind
from skolnav.core.notifications.models import Delivery
from skolnav.core.notifications.outbox import notify
from skolnav.core.notifications.reading import bell_of
from skolnav.core.notifications.terms import Who
from skolnav.core.people.models import Guardianship
from skolnav.core.tenancy import clock

from .conftest import entry_of

STAFF = Kind(key="test.staff", title="Till personalen", text=lambda params: "Till personalen", who=Who.STAFF)


@pytest.fixture
def rung(tell, cast, news_kind, monkeypatch):
    """Bells of many sorts: by audience and by name, read and unread, withdrawn, over, of a custody that then ended."""
    monkeypatch.setitem(kinds._kinds, STAFF.key, STAFF)
    everybody = [person.pk for person in cast.people.values() if person.organiser_id == cast.ekdal.pk]
    keys = [f"s:{cast.ekdalsskolan.pk}", f"g:{cast.class_2a.pk}", f"p:{cast.elis.pk}", f"p:{cast.kim.pk}"]
    told = [
        tell(key, sides=sides, part=f"{number}{sides}", title=f"Om {key}", visible_until=until)
        for number, key in enumerate(keys)
        for sides in (Side.GUARDIANS, Side.PUPILS, Side.BOTH)
        for until in (None, clock.now() + timedelta(hours=1))
    ]
    for number, pupil in enumerate((None, cast.kim, cast.alva)):
        notify(
            news_kind, fact=f"named:{number}", revision=1, due_at=clock.now(), person_ids=everybody, pupil=pupil,
            link_name="home:start", params={"title": "Namngiven"},
        )  # fmt: skip
    notify(
        STAFF.key, fact="staff:1", revision=1, due_at=clock.now(), person_ids=everybody,
        link_name="home:start",
    )  # fmt: skip
    fan_out_due(clock.now())
    withdraw(entry_of(told[0]))
    Guardianship.everything.filter(guardian=cast.omar, pupil=cast.kim).update(ended_at=clock.now())
    for delivery in Delivery.everything.filter(channel="bell").order_by("pk")[::3]:
        Delivery.everything.filter(pk=delivery.pk).update(read_at=clock.now())


def by_orm(viewer):
    return [
        (one.notice.public_id, one.notice.kind, one.due_at, one.read_at is not None)
        for one in bell_of(viewer)
    ]


def said(bell):
    return [(one.public_id, one.kind, one.due_at, one.is_read) for one in bell[0:1000]]


def test_everybody_meets_what_the_rule_says(rung, cast, viewer_of, ten):
    total = 0
    for later in (timedelta(), timedelta(hours=2)):
        ten.shift(later)
        for person in cast.people.values():
            if person.organiser_id != cast.ekdal.pk:
                continue
            viewer = viewer_of(person)
            bell = Bell(viewer)

            assert said(bell) == by_orm(viewer), person
            assert bell.unread == bell_of(viewer).filter(read_at=None).count(), person
            uncut = Delivery.everything.filter(person=person, channel="bell", cut_at=None)
            assert len(bell) == uncut.filter(due_at__lte=clock.now()).count(), person
            total += len(bell)
    assert total > 50


def test_a_page_is_a_slice_in_the_same_order(rung, cast, viewer_of):
    viewer = viewer_of(cast.anna)
    bell, whole = Bell(viewer), by_orm(viewer)

    assert [one.public_id for one in bell[2:5]] == [row[0] for row in whole[2:5]]
    assert bell[3].public_id == whole[3][0]
    assert bell[5:5] == []


def test_a_row_bears_the_words_of_its_entry_and_the_keys_of_its_children(tell, cast, viewer_of):
    tell(f"g:{cast.class_5b.pk}", title="Friluftsdag & mer")
    fan_out_due(clock.now())

    [row] = Bell(viewer_of(cast.anna))[0:25]

    assert row.params["title"] == "Friluftsdag & mer"
    assert f"g:{cast.class_5b.pk}" in row.keys
