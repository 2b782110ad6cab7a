"""Until when families change their days themselves, and why a day is closed."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from skolnav.core.schools.calendar import red_days
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.statements import as_moment

from .opening import Opening, Round
from .reading import Found


def lock_moment(lock_days: int, rounds: Iterable[Round], day: date) -> datetime:
    """When a day locks (aware): at midnight in Stockholm `lock_days` before it; a lov's days at its deadline.

    With seven days, today and the seven days to come are locked. Never later than the day itself begins.
    """
    for one in rounds:
        if day in one:
            return min(one.deadline, clock.start_of(day))
    return clock.start_of(day - timedelta(days=lock_days))


def locks_at(opening: Opening, day: date) -> datetime:
    """When a day of the school locks."""
    return lock_moment(opening.lock_days, opening.rounds, day)


def is_locked(opening: Opening, day: date) -> bool:
    """Whether only staff change the day now: it is locked, or over."""
    return clock.now() >= locks_at(opening, day)


def closed_because(opening: Opening, day: date) -> str | None:
    """Why it is closed: the staff's reason, a red day's name, or "" on a weekday without hours. None when open."""
    if day in opening.closed:
        return opening.closed[day]
    red = red_days(day.year).get(day)
    if red:
        return red
    return None if opening.hours_on(day) else ""


def openings(found: Found) -> dict[int, Opening]:
    """By school, for those where the pupils read have a place at fritids."""
    schools = {row[1]: Opening(row[1]) for row in found.places}
    for school, lock_days in found.settings:
        schools[school].lock_days = lock_days
    for school, weekday, opens, closes in found.hours:
        schools[school].entered_hours[weekday] = (time.fromisoformat(opens), time.fromisoformat(closes))
    for school, day, reason in found.closed:
        schools[school].closed[date.fromisoformat(day)] = reason
    for school, public_id, name, first, last, deadline in sorted(found.rounds, key=lambda row: str(row[3])):
        days = (date.fromisoformat(first), date.fromisoformat(last))
        schools[school].rounds.append(Round(public_id, name, *days, as_moment(deadline)))
    return schools
