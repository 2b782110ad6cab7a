"""Timetables between two days: weekly times, less what the calendar closes, with what was changed for a day.

Three statements for any timetable, four for pupils by their own memberships. Nothing here asks who looks: the
caller has got its groups, pupil or lesson through a door. Needs the tenant's scope.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from skolnav.core.schools.calendar import SchoolCalendar, school_calendar
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.statements import Row, as_day, as_moment, as_parameter, from_json

from .occurrences import GroupName, Mark, Occurrence, TeacherName, Timetable, Was
from .statements import ACTIVITY_COLUMNS, membership_rows, stored_rows, weekly_rows

_WEEK = timedelta(days=7)
_STORED_COLUMNS = 14  # then come those of the weekly time


def timetable_of_groups(
    organiser_id: int, group_ids: Iterable[int], first: date, last: date, *, clip: bool = True
) -> Timetable:
    """Every lesson of the groups from `first` to `last` (Stockholm days, inclusive)."""
    return timetable(organiser_id, "groups", group_ids, first, last, clip=clip)


def timetable_of_teacher(organiser_id: int, person_id: int, first: date, last: date) -> Timetable:
    """What somebody teaches on those days, and what they take as a substitute."""
    found = timetable(organiser_id, "teacher", [person_id], first, last)
    mine = [one for one in found.occurrences if _leads(one, person_id)]
    return Timetable(first, last, mine, found.calendar)


def timetable_of_room(organiser_id: int, room_id: int, first: date, last: date) -> Timetable:
    """What takes place in a room, as moved."""
    found = timetable(organiser_id, "room", [room_id], first, last)
    here = [one for one in found.occurrences if one.room_id == room_id]
    return Timetable(first, last, here, found.calendar)


def timetable_of_school(organiser_id: int, school_id: int, first: date, last: date) -> Timetable:
    """Every lesson of a school."""
    return timetable(organiser_id, "school", [school_id], first, last)


def timetables_of_pupils(
    organiser_id: int,
    pupil_ids: Iterable[int],
    first: date,
    last: date,
    *,
    clip: bool = True,
    calendar: SchoolCalendar | None = None,
) -> tuple[Mapping[int, list[Occurrence]], SchoolCalendar]:
    """Each pupil's lessons by the groups they are in on each day, and the calendar of the days (see `timetable`)."""
    in_group: dict[int, list[tuple[int, date, date]]] = defaultdict(list)
    for pupil_id, group_id, since, until in membership_rows(organiser_id, pupil_ids, first, last):
        in_group[group_id].append((pupil_id, as_day(since), as_day(until) if until else date.max))
    all_lessons = timetable(
        organiser_id, "groups", sorted(in_group), first, last, clip=clip, calendar=calendar
    )
    theirs: dict[int, list[Occurrence]] = defaultdict(list)
    for one in all_lessons.occurrences:
        day = one.starts.date()
        members = (member for group in one.groups for member in in_group.get(group.id, ()))
        for pupil_id in {pupil for pupil, since, until in members if since <= day <= until}:
            theirs[pupil_id].append(one)
    return theirs, all_lessons.calendar


def lesson_on(organiser_id: int, public_id: str, day: date) -> Occurrence | None:
    """The lesson at an address (its weekly time's or its own public id, and its day), also when it was moved.

    Three statements. None where there is no such lesson, or none on that day.
    """
    found = timetable(organiser_id, "address", [], day, day, clip=False, address=public_id)
    return next((one for one in found.occurrences if one.day == day), None)


def timetable(
    organiser_id: int,
    by: str,
    ids: Iterable[int],
    first: date,
    last: date,
    *,
    clip: bool = True,
    calendar: SchoolCalendar | None = None,
    also: Iterable[int] = (),
    address: str = "",
) -> Timetable:
    """The lessons chosen `by` (see statements) from `first` to `last`. Without `clip`, also one that was moved out.
    By "work" they are a teacher's and those of the groups `also`; by "address" the one with that public id.

    Three statements; two with a `calendar` that reaches over the days.
    """
    asked = {
        "organiser": organiser_id,
        "also": list(also),
        "address": address,
        # Of a day or two only those weekdays are read; stored days bring their own weekly time with them.
        "weekday": first.weekday(),
        "days_more": min((last - first).days, 6),
        "first": first.isoformat(),
        "last": last.isoformat(),
        "begins": as_parameter(clock.start_of(first)),
        "ends": as_parameter(clock.end_of(last)),
    }
    wanted = list(ids)
    calendar = calendar or school_calendar(organiser_id, first, last)
    lessons: dict[tuple[Any, date], Occurrence] = {
        (one.lesson_id, one.day): one
        for row in weekly_rows(by, wanted, asked)
        for one in _on_school_days(row, first, last, calendar)
    }
    for row in stored_rows(by, wanted, asked):
        one = _stored(row, calendar)
        if one is not None:
            lessons[one.lesson_id or one.public_id, one.day] = one
    found = (one for one in lessons.values() if not clip or first <= one.starts.date() <= last)
    return Timetable(first, last, sorted(found, key=_in_order), calendar)


def _in_order(one: Occurrence) -> tuple[float, float, str]:
    """By the moment: in the hour that comes twice the clock on the wall would mix them up."""
    return one.starts.timestamp(), one.ends.timestamp(), one.title


def _on_school_days(row: Row, first: date, last: date, calendar: SchoolCalendar) -> Iterator[Occurrence]:
    """A weekly time's occurrences between two days."""
    lesson = row[ACTIVITY_COLUMNS:]
    for day in lesson_days(
        weekday=lesson[2],
        weeks=lesson[5],
        week=lesson[6],
        cycle_start=as_day(lesson[7]),
        first=max(first, as_day(lesson[8])),
        last=min(last, as_day(lesson[9])),
    ):
        if calendar.is_school_day(row[1], day):
            yield _weekly(row, day)


def lesson_days(
    *, weekday: int, weeks: int, week: int, cycle_start: date, first: date, last: date
) -> Iterator[date]:
    """The days of a weekly time in a cycle of `weeks`, from `first` to `last`; the calendar is not asked."""
    day = first + timedelta(days=(weekday - first.weekday()) % 7)
    while day <= last:
        if (day - cycle_start).days // 7 % weeks == week:
            yield day
        day += _WEEK


def _weekly(row: Row, day: date) -> Occurrence:
    lesson = row[ACTIVITY_COLUMNS:]
    return Occurrence(
        public_id=lesson[1],
        day=day,
        lesson_id=lesson[0],
        occurrence_id=None,
        **_activity(row, day),
        starts=datetime.combine(day, _time(lesson[3]), clock.STOCKHOLM),
        ends=datetime.combine(day, _time(lesson[4]), clock.STOCKHOLM),
        room_id=lesson[10],
        room=lesson[11] or "",
        marks=_marks(lesson[12], is_standing=True),
    )


def _stored(row: Row, calendar: SchoolCalendar) -> Occurrence | None:
    """A stored day; None where the calendar has closed the day that its weekly time lay on, or that time has ended
    before it or not begun."""
    stored, weekly = row[ACTIVITY_COLUMNS:], row[ACTIVITY_COLUMNS + _STORED_COLUMNS :]
    day, starts, ends = as_day(stored[3]), _moment(stored[4]), _moment(stored[5])
    lesson_id = stored[2]
    if lesson_id is not None and not as_day(weekly[6]) <= day <= as_day(weekly[7]):
        return None
    if lesson_id is not None and starts.date() == day and not calendar.is_school_day(row[1], day):
        return None
    return Occurrence(
        public_id=stored[1] if lesson_id is None else weekly[0],
        day=day,
        lesson_id=lesson_id,
        occurrence_id=stored[0],
        **_activity(row, day),
        starts=starts,
        ends=ends,
        room_id=stored[6],
        room=stored[7] or "",
        substitutes=tuple(TeacherName(one[0], f"{one[1]} {one[2]}") for one in from_json(stored[12])),
        marks=_marks(weekly[5], is_standing=True) + _marks(stored[13], is_standing=False),
        is_cancelled=bool(stored[8]),
        note=stored[9],
        was=None if lesson_id is None else _was(weekly, day, (starts, ends, stored[6])),
        changed_at=_moment(stored[10]) if stored[10] else None,
        version=stored[11],
    )


def _was(weekly: Row, day: date, now: tuple[datetime, datetime, int | None]) -> Was | None:
    """What the weekly time says, where the day differs from it."""
    starts = datetime.combine(day, _time(weekly[1]), clock.STOCKHOLM)
    ends = datetime.combine(day, _time(weekly[2]), clock.STOCKHOLM)
    return None if (starts, ends, weekly[3]) == now else Was(starts, ends, weekly[4] or "")


def _activity(row: Row, day: date) -> dict[str, Any]:
    said = day.isoformat()
    return {
        "activity_id": row[0],
        "school_id": row[1],
        "kind": row[2],
        "activity": row[3],
        "subject_code": row[4],
        "subject": row[5],
        "groups": tuple(GroupName(*group) for group in from_json(row[6])),
        "teachers": tuple(
            TeacherName(one[0], f"{one[1]} {one[2]}")
            for one in from_json(row[7])
            if one[3] <= said and (one[4] is None or one[4] >= said)
        ),
    }


def _marks(text: str | None, *, is_standing: bool) -> tuple[Mark, ...]:
    return tuple(Mark(public_id, kind, said, is_standing) for public_id, kind, said in from_json(text))


def _leads(one: Occurrence, person_id: int) -> bool:
    return any(person_id == teacher.id for teacher in one.teachers + one.substitutes)


def _time(value: Any) -> time:
    return value if isinstance(value, time) else time.fromisoformat(value)


def _moment(value: Any) -> datetime:
    """A moment of either database, in Stockholm."""
    return as_moment(value).astimezone(clock.STOCKHOLM)
