"""When fritids is open: what both sides reckon with. The caller's schools came through a door."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from skolnav.core.schools.calendar import red_days
from skolnav.core.tenancy.statements import as_moment, dialect, keys_as_parameter, rows

from ..models.opening import DEFAULT_CLOSES, DEFAULT_OPENS, WEEKDAYS

Hours = tuple[time, time]

_DEFAULT_HOURS: Mapping[int, Hours] = dict.fromkeys(range(WEEKDAYS), (DEFAULT_OPENS, DEFAULT_CLOSES))

# Four tables of one school in one statement: every page of fritids needs them all. Five columns of text each.
_STATEMENT = """SELECT s.school_id, 'chosen', CAST(s.lock_days AS text), CAST(s.late_after_minutes AS text),
    CAST(s.holiday_reminder_days AS text), CAST(s.version AS text), '' FROM educare_educaresettings s
 WHERE s.organiser_id = %(organiser)s AND s.school_id = ANY(%(ids)s::bigint[])
UNION ALL SELECT h.school_id, 'hours', CAST(h.weekday AS text), CAST(h.opens AS text), CAST(h.closes AS text), '', ''
  FROM educare_openinghours h WHERE h.organiser_id = %(organiser)s AND h.school_id = ANY(%(ids)s::bigint[])
UNION ALL SELECT c.school_id, 'closed', CAST(c.day AS text), c.reason, '', '', '' FROM educare_closingday c
 WHERE c.organiser_id = %(organiser)s AND c.school_id = ANY(%(ids)s::bigint[])
   AND c.day >= %(first)s::date AND c.day <= %(last)s::date
UNION ALL SELECT r.school_id, 'round', CAST(r.first_day AS text), CAST(r.last_day AS text),
    CAST(r.deadline AS text), r.name, r.public_id FROM educare_holidayround r
 WHERE r.organiser_id = %(organiser)s AND r.school_id = ANY(%(ids)s::bigint[])
   AND r.last_day >= %(first)s::date AND r.first_day <= %(last)s::date"""


@dataclass(frozen=True, slots=True)
class Round:
    """A lov that families answer for by itself; `deadline` is aware."""

    public_id: str
    name: str
    first_day: date
    last_day: date
    deadline: datetime

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


@dataclass(slots=True)
class Opening:
    """How a school's fritids is open, and what it has chosen. Knows the closing days and rounds it was asked for."""

    school_id: int
    lock_days: int = 7
    late_after_minutes: int = 10
    holiday_reminder_days: int = 3
    version: int = 0
    entered_hours: dict[int, Hours] = field(default_factory=dict)
    closed: dict[date, str] = field(default_factory=dict)
    rounds: list[Round] = field(default_factory=list)

    def hours_on(self, day: date) -> Hours | None:
        """From when to when it is open; None on a weekday without care, a closing day or a red day."""
        if day in self.closed or day in red_days(day.year):
            return None
        return self.hours.get(day.weekday())

    @property
    def hours(self) -> Mapping[int, Hours]:
        """By weekday (0 is Monday), as entered or by default."""
        return self.entered_hours or _DEFAULT_HOURS

    def round_of(self, day: date) -> Round | None:
        """The lov that holds a day."""
        return next((one for one in self.rounds if day in one), None)


def opening_of(organiser_id: int, school_id: int, first: date, last: date) -> Opening:
    """One school's opening for the days from `first` to `last`. One statement."""
    return openings_of(organiser_id, [school_id], first, last)[school_id]


def openings_of(
    organiser_id: int, school_ids: Iterable[int], first: date, last: date
) -> Mapping[int, Opening]:
    """Each school's opening for the days from `first` to `last`; schools without any row too. One statement."""
    found = {school_id: Opening(school_id) for school_id in school_ids}
    asked = {
        "organiser": organiser_id,
        "first": first.isoformat(),
        "last": last.isoformat(),
        "ids": keys_as_parameter(found),
    }
    for row in rows(dialect(_STATEMENT), asked):
        _READERS[row[1]](found[row[0]], *row[2:])
    return found


def _chosen(opening: Opening, lock: str, late: str, reminder: str, version: str, _: str) -> None:
    opening.lock_days, opening.late_after_minutes = int(lock), int(late)
    opening.holiday_reminder_days, opening.version = int(reminder), int(version)


def _hours(opening: Opening, weekday: str, opens: str, closes: str, *_: str) -> None:
    opening.entered_hours[int(weekday)] = (time.fromisoformat(opens), time.fromisoformat(closes))


def _closed(opening: Opening, day: str, reason: str, *_: str) -> None:
    opening.closed[date.fromisoformat(day)] = reason


def _round(opening: Opening, first: str, last: str, deadline: str, name: str, public_id: str) -> None:
    days = (date.fromisoformat(first), date.fromisoformat(last))
    opening.rounds.append(Round(public_id, name, *days, as_moment(deadline)))


_READERS: Mapping[str, Any] = {"chosen": _chosen, "hours": _hours, "closed": _closed, "round": _round}
