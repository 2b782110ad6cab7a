"""Counting days of leave: what a period holds, what has been granted, and who may decide about it.

Skollagen (2010:800) 7 kap. 18 §: the principal decides; a decision that takes a pupil beyond ten days in a school
year may not be delegated. A school year begins in August and ends in June (Skolförordningen 2011:185, 3 kap. 2 §), so
the first of August parts one from the next, whatever the terms of the organiser are.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from skolnav.boxes.absence.models.settings import MOST_DELEGATED_DAYS
from skolnav.core.presence.models import Absence
from skolnav.core.schools.calendar import Span

# A longer period touches the duty to attend school (skolplikt): the principal's alone, whatever it holds.
LONG_DAYS = 60
AUGUST = 8


@dataclass(frozen=True, slots=True)
class YearCount:
    """The days of one school year: granted already, and with the period that is asked for."""

    used: int
    total: int


def school_year_of(day: date) -> Span:
    """From the first of August to the last of July."""
    start = day.year if day.month >= AUGUST else day.year - 1
    return Span(date(start, AUGUST, 1), date(start + 1, AUGUST - 1, 31))


def last_day_to_apply_for(today: date) -> date:
    """Leave is applied for within this school year and the next."""
    this = school_year_of(today).last_day
    return this.replace(year=this.year + 1)


def count_of(days: Collection[date], granted: Iterable[date], first: date) -> YearCount:
    """The school year that `days` (school days asked for) fill the most; without days, that of `first`.

    `granted` are the pupil's days of granted leave; a day that stands in both is counted once.
    """
    before = defaultdict(set)
    for day in granted:
        before[school_year_of(day).first_day].add(day)
    counts = [_in_year(year, days, before[year]) for year in _years(days, first)]
    return max(counts, key=lambda count: count.total)


def is_principals_alone(total: int, mentor_days: int, first: date, last: date) -> bool:
    """Whether only the principal may decide: beyond what the mentor may, beyond the law's ten, or very long."""
    return total > min(mentor_days, MOST_DELEGATED_DAYS) or is_long(first, last)


def is_long(first: date, last: date) -> bool:
    """Whether a period is so long that the duty to attend school is at stake."""
    return (last - first).days + 1 > LONG_DAYS


def granted_days(
    pupil_ids: Iterable[int], first: date, last: date, *, but_of: str = ""
) -> Mapping[int, set[date]]:
    """Pupil id -> the days of granted leave in the school years that the period touches. One statement.

    `but_of` is the source of an application whose own days are left out. Needs the tenant's scope.
    """
    years = Span(school_year_of(first).first_day, school_year_of(last).last_day)
    rows = Absence.everything.filter(
        pupil__in=list(pupil_ids),
        kind=Absence.Kind.LEAVE,
        day__gte=years.first_day,
        day__lte=years.last_day,
    )
    found: dict[int, set[date]] = defaultdict(set)
    for pupil_id, day in rows.exclude(source=but_of).values_list("pupil_id", "day"):
        found[pupil_id].add(day)
    return found


def _years(days: Collection[date], first: date) -> set[date]:
    return {school_year_of(day).first_day for day in days} or {school_year_of(first).first_day}


def _in_year(year: date, days: Iterable[date], before: set[date]) -> YearCount:
    asked = {day for day in days if school_year_of(day).first_day == year}
    return YearCount(len(before), len(before | asked))
