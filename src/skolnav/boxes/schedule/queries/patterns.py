"""Weekly times as patterns: which days they fall on, and whether two of them ever share one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from skolnav.core.timetable.computing import lesson_days
from skolnav.core.timetable.models import Lesson


@dataclass(frozen=True, slots=True)
class Pattern:
    """A weekly time: a weekday (Monday is 0) in one of `weeks` weeks, counted from the Monday `cycle_start`."""

    weekday: int
    starts_at: time
    ends_at: time
    first_day: date
    last_day: date
    cycle_start: date
    weeks: int = 1
    week: int = 0

    @classmethod
    def of(cls, lesson: Lesson) -> "Pattern":
        return cls(**{name: getattr(lesson, name) for name in cls.__slots__})

    @property
    def rhythm(self) -> tuple[int, int, int]:
        """What decides the days, apart from first and last: counted in the same cycle, equal rhythms fall together."""
        return self.weekday, self.weeks, _offset(self)

    def days(self, first: date, last: date) -> Iterator[date]:
        """The days it falls on between two days; the calendar of lov is not asked."""
        return lesson_days(
            weekday=self.weekday,
            weeks=self.weeks,
            week=self.week,
            cycle_start=self.cycle_start,
            first=max(first, self.first_day),
            last=min(last, self.last_day),
        )

    def takes_place_on(self, day: date) -> bool:
        return next(self.days(day, day), None) == day


def _offset(one: Pattern) -> int:
    """Which week of its cycle it falls in, counted from a Monday that all patterns share."""
    return (one.week + (one.cycle_start - _A_MONDAY).days // 7) % one.weeks


_A_MONDAY = date(2001, 1, 1)


def first_meeting(one: Pattern, other: Pattern) -> date | None:
    """The first day on which both take place at overlapping times; None where there is none. One that ends when the
    other starts does not overlap it."""
    if one.starts_at >= other.ends_at or other.starts_at >= one.ends_at:
        return None
    days = one.days(other.first_day, other.last_day)
    return next((day for day in days if other.takes_place_on(day)), None)


def week_in_cycle(lesson: Lesson, cycle_start: date) -> int:
    """Which week of its cycle (the first is 0) a weekly time is in, counted from another Monday than its own."""
    return (lesson.week + (lesson.cycle_start - cycle_start).days // 7) % lesson.weeks
