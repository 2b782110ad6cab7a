"""Signs of life: the health page and `skolnav doctor` read them, and two workers share out the jobs by them."""

from datetime import datetime, timedelta

from .models import Heartbeat

SWEEP = "sweep"
BEATS_EVERY = timedelta(seconds=10)


def last_seen() -> datetime | None:
    """When the worker last swept; None if it never has."""
    return Heartbeat.objects.filter(name=SWEEP).values_list("at", flat=True).first()


def beat(now: datetime) -> None:
    """Leave a sign of life, at most every ten seconds."""
    claim(SWEEP, now, now - BEATS_EVERY)


def claim(name: str, now: datetime, not_since: datetime) -> bool:
    """Take a turn that nobody has taken since `not_since`; of two workers that ask at once, one gets it."""
    turn, is_first = Heartbeat.objects.get_or_create(name=name, defaults={"at": now})
    if is_first or turn.at > not_since:
        return is_first
    return Heartbeat.objects.filter(name=name, at__lte=not_since).update(at=now) == 1


def all_turns() -> dict[str, datetime]:
    """When each turn was last taken."""
    return dict(Heartbeat.objects.values_list("name", "at"))
