"""What holds on a child's day at fritids: its own times, else a pattern's. Families, staff and day cards ask here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from skolnav.core.tenancy.statements import as_moment

from .locks import openings
from .opening import Opening
from .reading import Found, read


@dataclass(frozen=True, slots=True)
class Plan:
    """A child's day at fritids.

    `comes_at` None: comes from school; `leaves_at` None: no care after school; both None and not `is_off`: nobody has
    said ("none"). `collected_by` is a name, the usual collector's where nothing else is said, and empty where nobody
    is named or the child goes alone. `owner_id` is the guardian whose week it is by agreement, None where the
    guardians share it. `version` is the day's own row's (CareTime), 0 where it has none.
    """

    pupil_id: int
    day: date
    comes_at: time | None = None
    leaves_at: time | None = None
    is_off: bool = False
    collected_by: str = ""
    collector_id: int | None = None
    goes_alone: bool = False
    source: Literal["day", "pattern", "none"] = "none"
    owner_id: int | None = None
    version: int = 0

    @property
    def is_coming(self) -> bool:
        """Whether there are times to be at fritids."""
        return not self.is_off and (self.comes_at is not None or self.leaves_at is not None)


Plans = dict[tuple[int, date], Plan]


def plans(pupil_ids: Iterable[int], first: date, last: date) -> Plans:
    """Every pupil's plan of every day from `first` to `last`, inclusive. One statement, however many.

    Needs the tenant's scope. The caller has made sure that its reader may know of these pupils.
    """
    pupils = list(pupil_ids)
    known = Known(read(pupils, first, last))
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return {(pupil, day): known.plan(pupil, day) for pupil in pupils for day in days}


@dataclass(frozen=True, slots=True)
class Pattern:
    """Weeks that repeat, as `plans` reckons with them; `times` by week and weekday."""

    id: int
    owner_id: int
    weeks: int
    cycle_start: date
    first_day: date
    last_day: date | None
    begun_at: datetime
    times: Mapping[tuple[int, int], Sequence[Any]]

    def covers(self, day: date) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


class Known:
    """What was read, ready to be asked for days, schools and names. Costs nothing but reckoning."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self.schools = openings(found)
        self.school_of = {row[0]: row[1] for row in found.places}
        self._times = {(row[0], date.fromisoformat(row[1])): row[2:] for row in found.times}
        self._names = {row[0]: row[3] for row in found.collectors}
        self._listed = {(row[2], row[0]) for row in found.collectors}
        self._usual = {row[2]: row[0] for row in found.collectors if row[4]}
        self._patterns = _patterns(found)
        self.unread = {(row[0], date.fromisoformat(row[1])) for row in found.unread}
        self._homes = {
            (row[0], row[3]): (row[1], date.fromisoformat(row[2]), row[4]) for row in found.home_weeks
        }
        self._cycles = {row[0]: (row[1], date.fromisoformat(row[2])) for row in found.home_weeks}

    def of_school(self, pupil_id: int) -> Opening | None:
        """The fritids of the school where the pupil has a place; None without one."""
        return self.schools.get(self.school_of.get(pupil_id, 0))

    def owner(self, pupil_id: int, day: date) -> int | None:
        """The guardian whose week it is by agreement; None where the guardians share it."""
        if pupil_id not in self._cycles:
            return None
        weeks, cycle_start = self._cycles[pupil_id]
        found = self._homes.get((pupil_id, week_of_cycle(day, cycle_start, weeks)))
        return found[2] if found else None

    def collectors_of(self, pupil_id: int) -> list[tuple[int, str, str, bool]]:
        """The child's standing list by name: id, public id, name, and whether they are the usual one."""
        mine = [(row[0], row[1], row[3], bool(row[4])) for row in self.found.collectors if row[2] == pupil_id]
        return sorted(mine, key=lambda one: one[2])

    def usual_of(self, pupil_id: int) -> str:
        """The name of whoever usually collects; empty where nobody is named."""
        return str(self._names.get(self._usual.get(pupil_id, 0), ""))

    def plan(self, pupil_id: int, day: date) -> Plan:
        """What holds on the day."""
        owner = self.owner(pupil_id, day)
        row = self._times.get((pupil_id, day))
        if row is not None:
            comes, leaves, is_off, collector, name, alone, version = row
            who = self.collector(pupil_id, collector, name, bool(alone))
            times = (as_time(comes), as_time(leaves), bool(is_off))
            return Plan(pupil_id, day, *times, *who, bool(alone), "day", owner, version)
        pattern = self.pattern(pupil_id, day)
        if pattern is None:
            return Plan(pupil_id, day, owner_id=owner)
        week = week_of_cycle(day, pattern.cycle_start, pattern.weeks)
        found = pattern.times.get((week, day.weekday()))
        if found is None:
            return Plan(pupil_id, day, is_off=True, source="pattern", owner_id=owner)
        comes, leaves, collector, alone = found
        who = self.collector(pupil_id, collector, "", bool(alone))
        return Plan(
            pupil_id, day, as_time(comes), as_time(leaves), False, *who, bool(alone), "pattern", owner, 0
        )

    def pattern(self, pupil_id: int, day: date) -> Pattern | None:
        """The pattern that counts: of the guardian whose week it is, else the latest begun. None on lov."""
        school = self.of_school(pupil_id)
        if school and school.round_of(day):
            return None
        owner = self.owner(pupil_id, day)
        covering = [
            one
            for one in self._patterns.get(pupil_id, ())
            if one.covers(day) and owner in (None, one.owner_id)
        ]
        return max(covering, key=lambda one: (one.first_day, one.begun_at, one.id), default=None)

    def collector(
        self, pupil_id: int, collector: int | None, name: str, alone: bool
    ) -> tuple[str, int | None]:
        """Whose name stands there: this day's own, the chosen one of the list, else the usual one."""
        if alone:
            return "", None
        if name:
            return name, None
        chosen = collector if (pupil_id, collector) in self._listed else self._usual.get(pupil_id)
        return (self._names[chosen], chosen) if chosen else ("", None)


def week_of_cycle(day: date, cycle_start: date, weeks: int) -> int:
    """Which week of a cycle (from 0) holds a day; days before its start count backwards."""
    return ((day - cycle_start).days // 7) % weeks


def as_time(value: str | None) -> time | None:
    return time.fromisoformat(value) if value else None


def _patterns(found: Found) -> dict[int, list[Pattern]]:
    times: dict[int, dict[tuple[int, int], Sequence[Any]]] = {}
    for pattern, week, weekday, *rest in found.pattern_times:
        times.setdefault(pattern, {})[week, weekday] = rest
    patterns: dict[int, list[Pattern]] = {}
    for pk, pupil, owner, weeks, cycle_start, first, last, begun in found.patterns:
        days = (date.fromisoformat(cycle_start), date.fromisoformat(first))
        until = date.fromisoformat(last) if last else None
        patterns.setdefault(pupil, []).append(
            Pattern(pk, owner, weeks, *days, until, as_moment(begun), times.get(pk, {}))
        )
    return patterns
