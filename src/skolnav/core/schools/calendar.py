"""Which days are school days: terms, less Saturdays, Sundays, red days, breaks and study days.

One statement for all of an organiser's schools; everything after it is reckoned in memory.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from skolnav.core.tenancy.statements import as_day, dialect, rows

_FRIDAY = 4
# Days: the summer is shorter; beyond it nobody asks for "the next school day".
FARTHEST = 120

_TERMS_AND_BREAKS = """SELECT CAST(NULL AS bigint), t.first_day, t.last_day, '', '' FROM schools_term t
    JOIN schools_schoolyear y ON y.id = t.school_year_id WHERE y.organiser_id = %(organiser)s
UNION ALL
SELECT b.school_id, b.first_day, b.last_day, b.kind, b.name FROM schools_schoolbreak b
 WHERE b.organiser_id = %(organiser)s AND b.last_day >= %(first)s::date AND b.first_day <= %(last)s::date"""


@dataclass(frozen=True, slots=True)
class Span:
    """Days, inclusive at both ends."""

    first_day: date
    last_day: date

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True, slots=True)
class Break:
    """Why there is no school: a lov or study day by its name, or a red day (kind "public_holiday")."""

    kind: str
    name: str
    span: Span


@dataclass(frozen=True)
class SchoolCalendar:
    """The school days of an organiser's schools between two days; outside these it knows no breaks."""

    terms: tuple[Span, ...]
    breaks: Mapping[int, tuple[Break, ...]]
    # A school's timetable asks for the same day a hundred times.
    _known: dict[tuple[int, date], bool] = field(default_factory=dict, init=False, repr=False, compare=False)

    def break_on(self, school_id: int, day: date) -> Break | None:
        """The break, study day or red day that holds a day; None on weekends and between terms as such."""
        for one in self.breaks.get(school_id, ()):
            if day in one.span:
                return one
        name = red_days(day.year).get(day)
        return Break("public_holiday", name, Span(day, day)) if name else None

    def is_in_term(self, day: date) -> bool:
        """Whether a term holds the day; an organiser that has entered no terms is always in one."""
        return not self.terms or any(day in term for term in self.terms)

    def is_school_day(self, school_id: int, day: date) -> bool:
        """Whether pupils of the school are taught on the day."""
        key = school_id, day
        if key not in self._known:
            is_open = day.weekday() <= _FRIDAY and self.is_in_term(day)
            self._known[key] = is_open and self.break_on(school_id, day) is None
        return self._known[key]

    def school_days(self, school_id: int, first: date, last: date) -> list[date]:
        """The school days between two days, inclusive."""
        days = (first + timedelta(days=number) for number in range((last - first).days + 1))
        return [day for day in days if self.is_school_day(school_id, day)]

    def next_school_day(self, school_id: int, after: date) -> date | None:
        """The first school day after a day; None when none comes in four months."""
        days = (after + timedelta(days=number) for number in range(1, FARTHEST))
        return next((day for day in days if self.is_school_day(school_id, day)), None)


def school_calendar(organiser_id: int, first: date, last: date) -> SchoolCalendar:
    """The calendar of an organiser's schools for the days from `first` to `last`. One statement."""
    terms: list[Span] = []
    breaks: dict[int, list[Break]] = {}
    asked = {"organiser": organiser_id, "first": first.isoformat(), "last": last.isoformat()}
    for school_id, begins, ends, kind, name in rows(dialect(_TERMS_AND_BREAKS), asked):
        span = Span(as_day(begins), as_day(ends))
        if school_id is None:
            terms.append(span)
        else:
            breaks.setdefault(school_id, []).append(Break(kind, name, span))
    return SchoolCalendar(tuple(terms), {school: tuple(found) for school, found in breaks.items()})


@cache
def red_days(year: int) -> Mapping[date, str]:
    """Sweden's public holidays of a year by their Swedish names; no Sundays as such."""
    import holidays  # (loaded when first asked for: it knows many countries)

    return dict(holidays.country_holidays("SE", years=year, language="sv").items())
