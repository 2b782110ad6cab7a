"""The timetable of a source: activities and their single lessons, brought in, changed, taken away, and left alone."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from skolnav.core.feed.models import Happening
from skolnav.core.schools.models import Organiser
from skolnav.core.tenancy import clock
from skolnav.core.timetable.computing import timetable_of_groups
from skolnav.core.timetable.models import (
    Activity,
    ActivityGroup,
    ActivityTeacher,
    LessonMark,
    LessonOccurrence,
    LessonSubstitute,
    Room,
)
from skolnav.exchange.ss12000 import run_import
from skolnav.exchange.ss12000.problems import Reason

from .conftest import TODAY
from .running import bring_in, inside, outcome

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("11-schedule-1")]


@pytest.fixture(autouse=True)
def monday() -> Any:
    with time_machine.travel(
        datetime(TODAY.year, TODAY.month, TODAY.day, 6, 0, tzinfo=UTC), tick=False
    ) as moment:
        yield moment


def event(id: str, starts: str, ends: str, **more: Any) -> dict[str, Any]:
    return {"id": id, "activity": {"id": "maths"}, "startTime": starts, "endTime": ends, **more}


def a_month(lists: dict[str, Any], count: int = 30) -> list[dict[str, Any]]:
    """So many lessons that one of them may go without being more than a part of a twentieth."""
    days = [TODAY + timedelta(days=number) for number in range(count)]
    lists["calendarEvents"] = [
        event(f"e{number}", f"{day}T10:00:00+01:00", f"{day}T10:50:00+01:00")
        for number, day in enumerate(days)
    ]
    return lists["calendarEvents"]  # type: ignore[no-any-return]


def reasons(report: Any) -> list[tuple[str, Reason]]:
    return [(one.id, one.reason) for one in report.problems]


def test_lessons_come_in_with_subject_room_teacher_and_groups(lists: dict[str, Any]) -> None:
    lists["activities"][0]["subject"] = {"code": "MA", "displayName": "Matematik"}
    lists["calendarEvents"][0]["rooms"] = [{"id": "r1", "displayName": "Sal 16"}]

    bring_in(lists)

    with inside():
        activity = Activity.everything.get(source_id="maths")
        group = ActivityGroup.objects.get(activity=activity).group
        found = timetable_of_groups(activity.organiser_id, [group.pk], TODAY, TODAY).occurrences[0]
    assert (activity.subject_code, activity.kind, activity.school.source_id) == ("MA", "teaching", "enhet")
    assert (found.title, found.room, found.starts.hour) == ("Matematik", "Sal 16", 8)
    assert [one.name for one in found.teachers] == ["Tora Lund"]


def test_the_demo_school_has_its_seventy_five_lessons_and_five_of_them_are_cancelled(
    demo_school: Path,
) -> None:
    report = run_import(folder=demo_school)
    again = run_import(folder=demo_school)

    counts = {
        name: report.counts(name)["created"] for name in ("activities", "activityTeachers", "calendarEvents")
    }
    assert counts == {"activities": 7, "activityTeachers": 7, "calendarEvents": 75}
    assert outcome(again) == {}
    organiser = Organiser.objects.get(source_id="76581e90-6bb4-5b44-b18c-03aa250cfdc1")
    with inside(organiser.source_id):
        groups = list(ActivityGroup.objects.values_list("group", flat=True))
        window = date(2026, 11, 16), date(2026, 12, 18)
        lessons = timetable_of_groups(organiser.pk, groups, *window).occurrences
    assert (len(lessons), sum(one.is_cancelled for one in lessons)) == (75, 5)
    assert all(one.room.startswith("Sal ") and one.teachers and one.groups for one in lessons)


def test_what_the_source_moves_cancels_or_brings_elsewhere_is_changed(lists: dict[str, Any]) -> None:
    bring_in(lists)
    lists["calendarEvents"][0] |= {
        "startTime": "2026-11-24T09:00:00+01:00",
        "endTime": "2026-11-24T10:00:00+01:00",
        "cancelled": True,
        "rooms": [{"id": "r2", "displayName": "Aulan"}],
    }

    report = bring_in(lists)

    assert outcome(report) == {"rooms": (1, 0, 0), "calendarEvents": (0, 1, 0)}
    with inside():
        row = LessonOccurrence.everything.get(source_id="lesson")
        assert (row.day, row.is_cancelled, row.room and row.room.name, row.version) == (
            date(2026, 11, 24), True, "Aulan", 2,
        )  # fmt: skip
    assert outcome(bring_in(lists)) == {}


def test_clocks_are_stockholms_across_summer_time(lists: dict[str, Any]) -> None:
    lists["calendarEvents"] = [
        event("winter", "2026-11-23T08:00:00+01:00", "2026-11-23T09:00:00+01:00"),
        event("summer", "2027-05-03T06:00:00Z", "2027-05-03T07:00:00Z"),
        event("unsaid", "2027-05-04T08:00:00", "2027-05-04T09:00:00"),
    ]

    bring_in(lists)

    with inside():
        rows = LessonOccurrence.everything.filter(source_id__in=("winter", "summer", "unsaid"))
        assert {row.starts.astimezone(clock.STOCKHOLM).hour for row in rows} == {8}
        assert len({row.starts.hour for row in rows}) == 2


def test_a_lesson_that_is_gone_within_the_days_of_the_source_is_taken_away(lists: dict[str, Any]) -> None:
    events = a_month(lists)
    bring_in(lists)
    del events[3]

    report = bring_in(lists)
    lists["calendarEvents"] = events[10:]  # a later window says nothing of the days before it
    later = bring_in(lists)

    assert outcome(report) == {"calendarEvents": (0, 0, 1)}
    assert outcome(later) == {}
    with inside():
        assert LessonOccurrence.everything.count() == 29


def test_a_source_without_a_timetable_says_nothing_of_it(lists: dict[str, Any]) -> None:
    bring_in(lists)
    lists["activities"] = lists["calendarEvents"] = []

    report = bring_in(lists)

    assert outcome(report) == {}
    with inside():
        assert LessonOccurrence.everything.count() == 1


def test_many_lessons_gone_stop_the_run(lists: dict[str, Any]) -> None:
    events = a_month(lists)
    bring_in(lists)
    del events[3:9]

    report = bring_in(lists)

    assert [(one.type, one.value) for one in report.stops] == [("calendarEvents", "6 of 30")]
    assert outcome(bring_in(lists, accept_removals=True)) == {"calendarEvents": (0, 0, 6)}


def test_what_the_school_has_written_on_a_lesson_survives(lists: dict[str, Any]) -> None:
    events = a_month(lists, 60)
    bring_in(lists)
    with inside():
        rows = {row.source_id: row for row in LessonOccurrence.everything.all()}
        organiser_id = rows["e1"].organiser_id
        teacher = ActivityTeacher.objects.get().person
        LessonSubstitute.objects.create(occurrence=rows["e1"], person=teacher, set_at=clock.now())
        LessonMark.everything.create(
            organiser_id=organiser_id, occurrence=rows["e2"], kind="test", created_at=clock.now()
        )
        LessonOccurrence.everything.filter(pk=rows["e3"].pk).update(is_cancelled=True, source="office")
    lists["calendarEvents"] = [one for one in events if one["id"] not in ("e1", "e2", "e4")]
    lists["calendarEvents"][1]["endTime"] = f"{TODAY + timedelta(days=3)}T11:30:00+01:00"

    report = bring_in(lists)

    assert outcome(report) == {"calendarEvents": (0, 0, 1)}
    assert reasons(report) == [("e1", Reason.KEPT_BY_SCHOOL), ("e2", Reason.KEPT_BY_SCHOOL)]
    with inside():
        kept = LessonOccurrence.everything.get(source_id="e3")
        assert (kept.is_cancelled, kept.ends) == (True, rows["e3"].ends)
        assert LessonSubstitute.objects.count() == LessonMark.everything.count() == 1


def test_a_test_in_the_calendar_follows_the_lesson_that_the_source_moves(lists: dict[str, Any]) -> None:
    events = a_month(lists)
    bring_in(lists)
    with inside():
        row = LessonOccurrence.everything.get(source_id="e2")
        LessonMark.everything.create(
            organiser_id=row.organiser_id, occurrence=row, kind="test", created_at=clock.now()
        )
    events[2]["endTime"] = f"{TODAY + timedelta(days=2)}T11:30:00+01:00"

    bring_in(lists)

    with inside():
        assert [one.ends for one in Happening.objects.all()] == [row.ends + timedelta(minutes=40)]


def test_an_activity_that_the_office_has_made_its_own_is_left_alone(lists: dict[str, Any]) -> None:
    bring_in(lists)
    with inside():
        Activity.everything.filter(source_id="maths").update(name="Matte", source="office")
        ActivityTeacher.objects.all().delete()

    report = bring_in(lists)

    assert outcome(report) == {}
    with inside():
        assert not ActivityTeacher.objects.exists()


def test_a_teacher_who_leaves_an_activity_is_ended_and_may_come_back(lists: dict[str, Any]) -> None:
    lists["activities"][0]["teachers"] = [{"duty": {"id": "duty"}}]
    bring_in(lists)
    lists["activities"][0]["teachers"] = []
    gone = bring_in(lists)
    with inside():
        ended = ActivityTeacher.objects.get().valid_until
    lists["activities"][0]["teachers"] = [{"person": {"id": "teacher"}}]
    back = bring_in(lists)

    assert (outcome(gone), ended) == ({"activityTeachers": (0, 0, 1)}, TODAY - timedelta(days=1))
    assert outcome(back) == {"activityTeachers": (0, 1, 0)}
    with inside():
        assert ActivityTeacher.objects.get().valid_until is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"startTime": "2026-11-23T24:00:00+01:00"}, Reason.INVALID_DATE),
        ({"endTime": "2026-11-23T07:00:00+01:00"}, Reason.ENDS_BEFORE_START),
        ({"endTime": "2026-11-24T00:30:00+01:00"}, Reason.ACROSS_MIDNIGHT),
        ({"startTime": "0001-01-01T00:00:00+02:00"}, Reason.IMPLAUSIBLE_DATE),
        ({"endTime": None}, Reason.MISSING_FIELD),
    ],
)
def test_an_impossible_lesson_is_named_and_left_out(
    lists: dict[str, Any], change: Any, reason: Reason
) -> None:
    lists["calendarEvents"][0] |= change

    report = bring_in(lists)

    assert reasons(report)[0] == ("lesson", reason)
    assert report.counts("calendarEvents")["created"] == 0


def test_what_cannot_be_told_of_a_lesson_is_said_and_the_lesson_comes_in(lists: dict[str, Any]) -> None:
    lists["calendarEvents"][0] |= {
        "teacherExceptions": [{"duty": {"id": "duty"}, "participates": False}],
        "rooms": [{"id": "a", "displayName": "A"}, {"id": "b", "displayName": "B"}],
    }

    report = bring_in(lists)

    assert {reason for _, reason in reasons(report)} == {Reason.EXCEPTIONS_LEFT_OUT, Reason.SEVERAL_ROOMS}
    assert report.counts("calendarEvents")["created"] == 1
    with inside():
        assert [room.name for room in Room.everything.all()] == ["A"]


def test_lessons_that_cannot_be_read_or_placed_change_nothing_here(lists: dict[str, Any]) -> None:
    bring_in(lists)
    lists["calendarEvents"] = [
        {"id": "lesson"},
        event("other", "2026-11-23T10:00:00+01:00", "2026-11-23T11:00:00+01:00"),
    ]
    lists["activities"][0]["groups"] = [{"id": "x"}]

    report = bring_in(lists)

    assert outcome(report) == {}
    assert ("maths", Reason.UNKNOWN_GROUP) in reasons(report)
    with inside():
        assert LessonOccurrence.everything.count() == Activity.everything.count() == 1
