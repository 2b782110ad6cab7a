"""Who hears of it when a source cancels, moves or restores a lesson that stood in the timetable."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from skolnav.boxes.schedule.actions.changing import move_lesson
from skolnav.boxes.schedule.telling import CHANGED, CHANGED_FOR_STAFF, HOURS_CHANGED, feed_items, say_change
from skolnav.core.access.building import build_viewer
from skolnav.core.accounts.models import Account
from skolnav.core.feed.models import Audience, Entry
from skolnav.core.feed.rebuild import rebuild_feed
from skolnav.core.notifications.models import Delivery, Notice
from skolnav.core.notifications.worker import sweep
from skolnav.core.people.models import Person
from skolnav.core.schools.models import Organiser
from skolnav.core.tenancy import clock
from skolnav.core.timetable.computing import lesson_on
from skolnav.core.timetable.models import LessonMark, LessonOccurrence

from .conftest import TODAY
from .running import bring_in, inside, outcome

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("11-schedule-1")]

FAMILY = {"Mona", "Sten", "Kim"}
MOST_STATEMENTS = 20


@pytest.fixture(autouse=True)
def monday() -> Iterator[Any]:
    with time_machine.travel(
        datetime(TODAY.year, TODAY.month, TODAY.day, 6, 0, tzinfo=UTC), tick=False
    ) as moment:
        yield moment


@pytest.fixture
def events(lists: dict[str, Any]) -> list[dict[str, Any]]:
    """One lesson a day at ten, from last Thursday on; `events[4]` is today's."""
    days = [TODAY + timedelta(days=number) for number in range(-4, 26)]
    lists["calendarEvents"] = [
        {
            "id": f"{day}",
            "activity": {"id": "maths"},
            "startTime": f"{day}T10:00:00+01:00",
            "endTime": f"{day}T10:50:00+01:00",
        }
        for day in days
    ]
    return lists["calendarEvents"]  # type: ignore[no-any-return]


def first_import(lists: dict[str, Any]) -> None:
    """Everybody has an account from then on."""
    bring_in(lists)
    with inside():
        for person in Person.everything.all():
            Account.objects.create(
                person=person, organiser_id=person.organiser_id, username=f"{person.source_id}.vik"
            )


def rebuilt() -> None:
    with inside():
        rebuild_feed(Organiser.objects.get(source_id="huvudman"), list(feed_items()))


def rung(*kinds: str) -> list[str]:
    """Whom the bell has told of changed lessons, once for each time."""
    sweep()
    with inside():
        found = Delivery.everything.filter(notice__kind__in=kinds, channel="bell").select_related("person")
        return sorted(delivery.person.given_name for delivery in found)


def said() -> list[str]:
    """What families were told, oldest first."""
    with inside():
        notices = Notice.everything.filter(kind__in=(CHANGED, HOURS_CHANGED)).order_by("pk")
        return [say_change(notice.params) for notice in notices]


def move(event: dict[str, Any], day: Any, starts: str, ends: str) -> None:
    event |= {"startTime": f"{day}T{starts}:00+01:00", "endTime": f"{day}T{ends}:00+01:00"}


def test_a_first_import_rings_nobody(lists: dict[str, Any], events: list[dict[str, Any]]) -> None:
    events[8]["cancelled"] = True

    first_import(lists)

    assert rung(CHANGED, HOURS_CHANGED, CHANGED_FOR_STAFF) == []
    with inside():
        assert not Entry.everything.filter(box="schedule").exists()


def test_a_cancelled_lesson_rings_its_families_and_teacher_once(
    lists: dict[str, Any], events: list[dict[str, Any]]
) -> None:
    first_import(lists)
    events[8]["cancelled"] = True

    bring_in(lists)

    assert (set(rung(CHANGED)), rung(HOURS_CHANGED)) == (FAMILY, [])
    assert rung(CHANGED_FOR_STAFF) == ["Tora"]
    assert said() == ["Inställt: Matematik 5B fre 27 nov 10.00"]
    with CaptureQueriesContext(connection) as third:
        bring_in(lists)
    assert not [one for one in third if "notifications_" in one["sql"] or '"feed_' in one["sql"]]
    assert len(rung(CHANGED)) == len(FAMILY)


def test_restored_and_moved_lessons_are_told_anew_each(
    lists: dict[str, Any], events: list[dict[str, Any]]
) -> None:
    event = events[8]
    first_import(lists)
    elsewhere = {"rooms": [{"id": "r", "displayName": "Aulan"}]}
    for change in ({"cancelled": True}, {"cancelled": False}, elsewhere):
        event |= change
        bring_in(lists)
    move(event, TODAY + timedelta(days=7), "11:00", "11:50")

    bring_in(lists)

    assert said() == [
        "Inställt: Matematik 5B fre 27 nov 10.00",
        "Som vanligt igen: Matematik 5B fre 27 nov 10.00",
        "Ny sal: Matematik 5B fre 27 nov 10.00 är i Aulan",
        "Flyttat: Matematik 5B är nu mån 30 nov 11.00, var fre 27 nov 10.00",
    ]
    with inside():
        staff = Notice.everything.filter(kind=CHANGED_FOR_STAFF).latest("revision")
        told = Entry.everything.get(box="schedule")
    rebuilt()
    with inside():
        again = Entry.everything.get(box="schedule")
    assert staff.link_args["day"] == "2026-11-30"
    assert (told.title, told.published_at) == (again.title, again.published_at)
    assert again.title == "Gäller nu: Matematik 5B mån 30 nov 11.00 i Aulan"


def test_what_begins_or_ends_the_day_is_told_as_such(
    lists: dict[str, Any], events: list[dict[str, Any]]
) -> None:
    first_import(lists)
    move(events[4], TODAY, "12:00", "12:50")

    bring_in(lists)

    assert (set(rung(HOURS_CHANGED)), rung(CHANGED)) == (FAMILY, [])


def test_what_is_over_rings_nobody(lists: dict[str, Any], events: list[dict[str, Any]]) -> None:
    first_import(lists)
    events[0]["cancelled"] = True
    move(events[1], TODAY - timedelta(days=3), "08:00", "08:50")

    bring_in(lists)

    assert rung(CHANGED, HOURS_CHANGED, CHANGED_FOR_STAFF) == []


def test_what_the_school_has_changed_itself_is_not_told_of_again(
    lists: dict[str, Any], events: list[dict[str, Any]]
) -> None:
    first_import(lists)
    with inside():
        teacher = build_viewer(Person.everything.get(source_id="teacher").pk)
        row = LessonOccurrence.everything.get(source_id=events[8]["id"])
        lesson = lesson_on(row.organiser_id, row.public_id, row.day)
        assert lesson
        later = {"starts": row.starts + timedelta(hours=1), "ends": row.ends + timedelta(hours=1)}
        move_lesson(actor=teacher, lesson=lesson, version=lesson.version, room=None, **later)
    events[8]["cancelled"] = True

    report = bring_in(lists)

    assert outcome(report) == {}
    assert said() == ["Flyttat: Matematik 5B är nu fre 27 nov 11.00, var fre 27 nov 10.00"]


def test_a_told_lesson_that_the_source_takes_away_leaves_the_feed(
    lists: dict[str, Any], events: list[dict[str, Any]]
) -> None:
    first_import(lists)
    events[8]["cancelled"] = True
    bring_in(lists)
    del events[8]

    bring_in(lists)

    with inside():
        assert not Entry.everything.filter(box="schedule").exists()


def test_a_test_follows_its_activitys_name_and_groups(
    lists: dict[str, Any], events: list[dict[str, Any]]
) -> None:
    first_import(lists)
    with inside():
        row = LessonOccurrence.everything.get(source_id=events[8]["id"])
        LessonMark.everything.create(
            organiser_id=row.organiser_id, occurrence=row, kind="test", text="Bråk", created_at=clock.now()
        )
    rebuilt()
    with inside():
        first = set(Audience.objects.values_list("key", flat=True))
    lists["groups"].append(lists["groups"][0] | {"id": "5c", "displayName": "5C", "groupMemberships": []})
    lists["activities"][0] |= {"displayName": "Matte", "groups": [{"id": "5b"}, {"id": "5c"}]}

    bring_in(lists)

    with inside():
        assert Entry.everything.get().title == "Prov i Matte: Bråk"
        assert first < set(Audience.objects.values_list("key", flat=True))
    assert rung(CHANGED, HOURS_CHANGED, CHANGED_FOR_STAFF) == []


def test_each_changed_lesson_costs_the_same(lists: dict[str, Any], events: list[dict[str, Any]]) -> None:
    bring_in(lists)
    cost = []
    for changed in (events[8:9], events[10:13]):
        for event in changed:
            event["cancelled"] = True
        with CaptureQueriesContext(connection) as run:
            bring_in(lists)
        cost.append(len(run))

    assert cost[1] - cost[0] <= 2 * MOST_STATEMENTS
