"""School days: what the demo's "three days ago" and "on Thursday" mean, whichever day it is built."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from skolnav.core.tenancy import clock
from skolnav.demo.people import school_year_start

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Break:
    """Days without school, first and last included. `name` is empty for single holidays."""

    name: str
    first: date
    last: date


def breaks(begins: date | None = None) -> list[Break]:
    """The breaks and holidays of the school year that begins then (this one)."""
    autumn = (begins or school_year_start()).year
    spring = autumn + 1
    easter = easter_of(spring)
    return [
        Break("Höstlov", date.fromisocalendar(autumn, 44, 1), date.fromisocalendar(autumn, 44, 5)),
        Break("Jullov", date(autumn, 12, 19), date(spring, 1, 10)),
        Break("Sportlov", date.fromisocalendar(spring, 9, 1), date.fromisocalendar(spring, 9, 5)),
        Break("Påsklov", easter - timedelta(days=6), easter + ONE_DAY),
        Break("", date(spring, 5, 1), date(spring, 5, 1)),
        Break("", easter + timedelta(days=39), easter + timedelta(days=40)),
    ]


def easter_of(year: int) -> date:
    """Easter Sunday (Meeus, Jones and Butcher's reckoning)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * i) // 451
    month, day = divmod(h + i - 7 * m + 114, 31)
    return date(year, month, day + 1)


def is_school_day(day: date) -> bool:
    """Whether the schools of the demo are open."""
    begins = school_year_start(day)
    at_school = begins <= day <= date(begins.year + 1, 6, 11)
    return day.weekday() < 5 and at_school and not any(one.first <= day <= one.last for one in breaks(begins))


def school_day(step: int) -> date:
    """The school day so many after the one that is today or comes next; backwards from today for a negative step."""
    if step < 0:
        return _nth(_days_from(clock.today() - ONE_DAY, -ONE_DAY), -step - 1)
    return _nth(_days_from(clock.today(), ONE_DAY), step)


def lately(steps_ago: int, hour: int, minute: int) -> datetime:
    """A time on a school day that has passed; 0 is the last one, which may be earlier today."""
    today = clock.today()
    first = today if at(today, hour, minute) < clock.now() else today - ONE_DAY
    return at(_nth(_days_from(first, -ONE_DAY), steps_ago), hour, minute)


def on_or_before(day: date) -> date:
    """The day itself, or the last school day before it."""
    return _nth(_days_from(day, -ONE_DAY), 0)


def weekly(weekday: int, weeks: range) -> list[date]:
    """The same weekday (0 is Monday) of the weeks around this one, where it is a school day."""
    monday = clock.today() - timedelta(days=clock.today().weekday())
    days = (monday + timedelta(weeks=week, days=weekday) for week in weeks)
    return [day for day in days if is_school_day(day)]


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """The moment by the Stockholm clock."""
    return datetime.combine(day, time(hour, minute), clock.STOCKHOLM)


def _days_from(day: date, towards: timedelta) -> Iterator[date]:
    while True:
        if is_school_day(day):
            yield day
        day += towards


def _nth(days: Iterator[date], number: int) -> date:
    for _ in range(number):
        next(days)
    return next(days)
