"""What the database holds of one organiser's imported timetable. The lessons of the source's own days alone."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from skolnav.core.timetable.hanging import parts, written_on
from skolnav.core.timetable.models import Activity, ActivityGroup, ActivityTeacher, LessonOccurrence, Room
from skolnav.exchange.ss12000.reading import Reading

ACTIVITY_FIELDS = (
    "pk", "source_id", "school_id", "kind", "name", "subject_code", "subject", "source", "valid_from", "valid_until",
)  # fmt: skip
EVENT_FIELDS = (
    "pk", "source_id", "activity_id", "day", "starts", "ends", "room_id", "is_cancelled", "source",
)  # fmt: skip

# Rows of values_list(named=True): their types are the fields'.
Rows = list[Any]


@dataclass(slots=True)
class TimetableRows:
    activities: Rows = field(default_factory=list)
    groups: Rows = field(default_factory=list)
    teachers: Rows = field(default_factory=list)
    rooms: Rows = field(default_factory=list)
    events: Rows = field(default_factory=list)
    # Lessons that something hangs on: a register, a substitute, a test. They are never taken away.
    written_on: dict[int, str] = field(default_factory=dict)


def take_timetable(reading: Reading) -> TimetableRows:
    """The rows that a plan of the timetable compares with; nothing is asked where the source has no timetable."""
    if not reading.read["activities"] and not reading.read["calendarEvents"]:
        return TimetableRows()
    # The rows of a CSV timetable have ids of their own kind: another source's import leaves them alone.
    activities = Activity.everything.exclude(source_id="").exclude(source_id__startswith="csv:")
    of_import = {"activity__in": activities.values("pk")}
    events = _events(reading)
    return TimetableRows(
        activities=_named(activities, *ACTIVITY_FIELDS),
        groups=_named(ActivityGroup.objects.filter(**of_import), "pk", "activity_id", "group_id"),
        teachers=_named(
            ActivityTeacher.objects.filter(**of_import),
            "pk", "activity_id", "person_id", "valid_from", "valid_until",
        ),
        rooms=_named(Room.everything.all(), "pk", "school_id", "name"),
        events=events,
        written_on=written_on(row.pk for row in events),
    )  # fmt: skip


def window_of(reading: Reading) -> tuple[date, date] | None:
    """The first and the last day that the source has lessons on: what it says nothing of, it does not end."""
    days = [event.starts.date() for event in reading.calendar_events.rows.values()]
    return (min(days), max(days)) if days else None


def _events(reading: Reading) -> Rows:
    """The imported lessons of those days, and those that the source now has on one of them."""
    window = window_of(reading)
    if window is None:
        return []
    stored = LessonOccurrence.everything.exclude(source_id="").filter(lesson=None)
    rows = _named(stored.filter(day__range=window), *EVENT_FIELDS)
    missing = sorted(set(reading.calendar_events.rows) - {row.source_id for row in rows})
    for ids in parts(missing):
        rows += _named(stored.filter(source_id__in=ids), *EVENT_FIELDS)
    return rows


def _named(rows: Any, *fields: str) -> Rows:
    return list(rows.order_by("pk").values_list(*fields, named=True))
