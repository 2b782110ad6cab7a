"""Days and moments as Swedish schools count them. Nothing else asks the machine for the date."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

__all__ = ["STOCKHOLM", "UTC", "end_of", "monday_of", "now", "start_of", "today"]

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def now() -> datetime:
    """This moment, aware, in UTC."""
    return timezone.now()


def today() -> date:
    """The date in Stockholm: what is "valid today" turns over at midnight there."""
    return now().astimezone(STOCKHOLM).date()


def start_of(day: date) -> datetime:
    """The first moment of a Stockholm day, aware."""
    return datetime.combine(day, time.min, STOCKHOLM)


def monday_of(day: date) -> date:
    """The Monday of a day's ISO week."""
    return day - timedelta(days=day.weekday())


def end_of(day: date) -> datetime:
    """The first moment after a Stockholm day: days of 23 and 25 hours included."""
    return start_of(day + timedelta(days=1))
