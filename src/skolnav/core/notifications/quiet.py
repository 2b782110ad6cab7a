"""Quiet hours: from 20 to 07 nothing leaves the house but what is urgent. The bell is silent by nature."""

from datetime import datetime, time, timedelta

from skolnav.core.tenancy import clock

# Everybody's hours. A choice of one's own would be read here, and nowhere else.
QUIET_FROM = time(20)
QUIET_UNTIL = time(7)


def is_quiet(moment: datetime) -> bool:
    """Whether a moment lies in the quiet hours, in Stockholm."""
    said = moment.astimezone(clock.STOCKHOLM).time()
    return said >= QUIET_FROM or said < QUIET_UNTIL


def morning_after(moment: datetime) -> datetime:
    """The moment itself by day; in the quiet hours the end of them."""
    if not is_quiet(moment):
        return moment
    here = moment.astimezone(clock.STOCKHOLM)
    day = here.date() + timedelta(days=1) if here.time() >= QUIET_FROM else here.date()
    return datetime.combine(day, QUIET_UNTIL, clock.STOCKHOLM)
