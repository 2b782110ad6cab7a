"""The day's board: who is expected, here, gone, away or missing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from skolnav.core.access.viewer import Viewer
from skolnav.core.presence.reading import absences_of
from skolnav.core.tenancy import clock
from skolnav.core.timetable.computing import timetable_of_groups

from .events import events_of
from .members import Member, members_of
from .opening import Opening, opening_of
from .plans import plans
from .sections import Section
from .states import Child, Clock, Event, SchoolDay, child_of

RECENT = 6


@dataclass(frozen=True, slots=True)
class Hour:
    """Those of one hour: `at` is its beginning; None for those without a time, and for the missing (`is_missing`)."""

    at: time | None
    children: Sequence[Child]
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class Batch:
    """What one tap wrote: undone together."""

    event: Event
    others: int


@dataclass(frozen=True)
class Board:
    """A day of some sections. `recent` holds the last taps, the latest first; `school_starts` is when the
    first lesson of any of the children begins."""

    day: date
    is_today: bool
    sections: Sequence[Section]
    opening: Opening
    children: Sequence[Child]
    recent: Sequence[Batch]
    school_starts: datetime | None
    now: datetime

    def count(self, *states: str) -> int:
        return sum(child.state in states for child in self.children)

    @property
    def here(self) -> int:
        return self.count("here")

    @property
    def awaited(self) -> int:
        return sum(child.is_awaited for child in self.children)

    @property
    def due(self) -> int:
        return sum(child.is_due for child in self.children)

    @property
    def gone(self) -> int:
        return self.count("gone")

    @property
    def late(self) -> int:
        return sum(child.is_late for child in self.children)

    @property
    def has_arrivals(self) -> bool:
        return any(child.plan.comes_at and child.plan.is_coming for child in self.children)


def board_of(viewer: Viewer, sections: Sequence[Section], day: date) -> Board:
    """The board of sections (the viewer's, of one school) on a Stockholm day. Eight statements, on other days five."""
    now = clock.now()
    members = members_of(viewer, sections, day)
    ids = [member.person.pk for member in members]
    opening = opening_of(viewer.organiser_id, sections[0].school_id, day, day)
    events = events_of(ids, day)
    away = absences_of(ids, day)
    lessons = school_days(viewer.organiser_id, members, day) if day == viewer.today else {}
    planned = plans(ids, day, day)
    children = [
        child_of(
            member,
            planned[member.person.pk, day],
            events.get(member.person.pk, ()),
            away.get(member.person.pk, ()),
            Clock(day, now, lessons.get(member.person.pk), opening.late_after_minutes, day == viewer.today),
        )
        for member in members
    ]
    starts = min((begins for begins, _ in lessons.values()), default=None)
    return Board(day, day == viewer.today, sections, opening, children, _recent(events), starts, now)


def is_morning(board: Board) -> bool:
    """Whether the first children are on their way to fritids, and school has not begun (on lov: before nine)."""
    begins = board.school_starts or datetime.combine(board.day, time(9), clock.STOCKHOLM)
    return board.is_today and board.now < begins and board.has_arrivals


def school_days(organiser_id: int, members: Iterable[Member], day: date) -> Mapping[int, SchoolDay]:
    """When each child's first lesson begins and the last ends; nobody without lessons. Three statements."""
    by_group: dict[int, set[int]] = {member.person.pk: member.group_ids for member in members}
    groups = {group for mine in by_group.values() for group in mine}
    lessons = timetable_of_groups(organiser_id, sorted(groups), day, day).on(day)
    hours: dict[int, SchoolDay] = {}
    for one in lessons:
        for group in one.group_ids if one.is_teaching else ():
            starts, ends = hours.get(group, (one.starts, one.ends))
            hours[group] = (min(starts, one.starts), max(ends, one.ends))
    found: dict[int, SchoolDay] = {}
    for pupil, mine in by_group.items():
        spans = [hours[group] for group in mine if group in hours]
        if spans:
            found[pupil] = (min(starts for starts, _ in spans), max(ends for _, ends in spans))
    return found


def by_hour(children: Sequence[Child], *, by_arrival: bool = False) -> list[Hour]:
    """The missing first, then hour by hour, those who are not coming last."""
    missing = [child for child in children if child.state == "missing"]
    hours: dict[time | None, list[Child]] = defaultdict(list)
    for child in children:
        if child.state == "missing":
            continue
        at = child.plan.comes_at if by_arrival else child.plan.leaves_at
        is_away = child.state in ("ill", "leave", "off", "none")
        hours[None if is_away or at is None else at.replace(minute=0)].append(child)
    ordered = sorted(hours, key=lambda hour: (hour is None, hour or time.min))
    found = [
        Hour(hour, sorted(hours[hour], key=_by_arrival if by_arrival else _by_leaving)) for hour in ordered
    ]
    return ([Hour(None, missing, is_missing=True)] if missing else []) + found


def _recent(events: Mapping[int, Sequence[Event]]) -> list[Batch]:
    batches: dict[tuple[datetime, int | None, str], list[Event]] = defaultdict(list)
    for mine in events.values():
        for event in mine:
            batches[event.at, event.by_id, event.kind].append(event)
    latest = sorted(batches, key=lambda batch: batch[0], reverse=True)[:RECENT]
    return [Batch(batches[key][0], len(batches[key]) - 1) for key in latest]


def _by_arrival(child: Child) -> tuple[time, str]:
    return child.plan.comes_at or time.max, child.member.person.given_name.casefold()


def _by_leaving(child: Child) -> tuple[time, str]:
    return child.plan.leaves_at or time.max, child.member.person.given_name.casefold()
