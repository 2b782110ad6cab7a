"""How many children there will be, half hour by half hour: what one plans the staff by."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from skolnav.core.access.viewer import Viewer
from skolnav.core.presence.models import Absence
from skolnav.core.presence.reading import absences_of
from skolnav.core.tenancy import clock
from skolnav.core.timetable.computing import timetable_of_groups
from skolnav.core.timetable.occurrences import Occurrence, Timetable

from .locks import closed_because
from .members import Member, members_of
from .opening import Opening, opening_of
from .plans import Plan, plans
from .sections import Section

HALF_HOUR = 30
# Where a school has no timetable: what a school day is reckoned as.
SCHOOL_FROM, SCHOOL_UNTIL = time(8), time(13)

Minutes = tuple[int, int]  # of the Stockholm day's clock, the end not included


@dataclass(frozen=True, slots=True)
class DayNeed:
    """A day's children by half hour from the page's first to its last; `closed` says why there are none."""

    day: date
    counts: Sequence[int]
    closed: str | None

    @property
    def most(self) -> int:
        return max(self.counts, default=0)


@dataclass(frozen=True, slots=True)
class Week:
    days: Sequence[DayNeed]

    @property
    def monday(self) -> date:
        return self.days[0].day


@dataclass(frozen=True, slots=True)
class Need:
    """Two weeks. `is_guessed`: the school has no timetable, and school days are reckoned as 8 to 13."""

    starts: Sequence[time]
    weeks: Sequence[Week]
    most: int
    children: int
    is_guessed: bool


def need_of(viewer: Viewer, sections: Sequence[Section], monday: date) -> Need:
    """The children of the sections (the viewer's, of one school) in a week and the next. Seven statements."""
    last = monday + timedelta(days=13)
    school_id = sections[0].school_id
    opening = opening_of(viewer.organiser_id, school_id, monday, last)
    members = members_of(viewer, sections, viewer.today)
    ids = [member.person.pk for member in members]
    groups = sorted({group for member in members for group in member.group_ids})
    lessons = timetable_of_groups(viewer.organiser_id, groups, monday, last)
    planned, away = plans(ids, monday, last), absences_of(ids, monday, last)
    shown = [monday + timedelta(days=number) for number in range(14)]
    days = [day for day in shown if day.weekday() < 5 or opening.hours_on(day)]
    slots = _slots(opening)
    found = [
        DayNeed(
            day,
            _counts(slots, _stays_of_day(day, school_id, members, lessons, planned, away))
            if closed_because(opening, day) is None
            else [0] * len(slots),
            closed_because(opening, day),
        )
        for day in days
    ]
    weeks = [Week([one for one in found if (one.day - monday).days // 7 == number]) for number in (0, 1)]
    starts = [time(*divmod(start, 60)) for start, _ in slots]
    most = max((one.most for one in found), default=0)
    has_lessons = any(one.is_teaching for one in lessons.occurrences)
    return Need(starts, weeks, most, len(members), not has_lessons)


def stays(plan: Plan, school: Minutes | None, away: Sequence[Minutes] = ()) -> list[Minutes]:
    """When a child is at fritids: before `school` and after it, or all through where there is none; less `away`."""
    if not plan.is_coming:
        return []
    found: list[Minutes] = []
    if school is None:
        if plan.comes_at and plan.leaves_at:
            found = [(_minute(plan.comes_at), _minute(plan.leaves_at))]
    else:
        if plan.comes_at:
            leaves = _minute(plan.leaves_at) if plan.leaves_at else school[0]
            found.append((_minute(plan.comes_at), min(school[0], leaves)))
        if plan.leaves_at:
            # (who comes later than school ends, comes from elsewhere)
            comes = _minute(plan.comes_at) if plan.comes_at else 0
            found.append((max(school[1], comes), _minute(plan.leaves_at)))
    for gone in away:
        found = [
            part
            for stay in found
            for part in ((stay[0], min(stay[1], gone[0])), (max(stay[0], gone[1]), stay[1]))
        ]
    return [(start, end) for start, end in found if start < end]


def _stays_of_day(
    day: date,
    school_id: int,
    members: Iterable[Member],
    lessons: Timetable,
    planned: Mapping[tuple[int, date], Plan],
    away: Mapping[int, Sequence[Absence]],
) -> list[Minutes]:
    taught = [(one.group_ids, one) for one in lessons.on(day) if one.is_teaching]
    is_school_day = lessons.calendar.is_school_day(school_id, day)
    found = []
    for member in members:
        school = _school_of(member, taught) or (
            (_minute(SCHOOL_FROM), _minute(SCHOOL_UNTIL)) if is_school_day else None
        )
        absent = [_within(day, one) for one in away.get(member.person.pk, ()) if one.day == day]
        found += stays(planned[member.person.pk, day], school, absent)
    return found


def _school_of(member: Member, taught: Sequence[tuple[frozenset[int], Occurrence]]) -> Minutes | None:
    mine = [one for groups, one in taught if groups & member.group_ids]
    if not mine:
        return None
    return (
        _minute(min(one.starts for one in mine).time()),
        _minute(max(one.ends for one in mine).time()),
    )


def _within(day: date, absence: Absence) -> Minutes:
    """A whole day is all of it, also when it has 23 hours."""
    if absence.is_whole_day:
        return (0, 24 * 60)
    return (_clock_minute(day, absence.starts), _clock_minute(day, absence.ends))


def _clock_minute(day: date, moment: datetime) -> int:
    here = moment.astimezone(clock.STOCKHOLM)
    return _minute(here.time()) if here.date() == day else 24 * 60


def _counts(slots: Sequence[Minutes], found: Sequence[Minutes]) -> list[int]:
    return [sum(start < until and end > since for start, end in found) for since, until in slots]


def _slots(opening: Opening) -> list[Minutes]:
    """The half hours from the earliest opening to the latest closing of the week."""
    first = min(_minute(opens) for opens, _ in opening.hours.values()) // HALF_HOUR * HALF_HOUR
    last = max(_minute(closes) for _, closes in opening.hours.values())
    return list(pairwise(range(first, last + HALF_HOUR, HALF_HOUR)))


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
