"""Stretches of days, cut and put together: what of an absence has passed stays when the rest of it changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from skolnav.core.tenancy import clock


@dataclass(frozen=True, slots=True)
class Away:
    """A stretch of one Stockholm day; None for both moments (aware) is the whole of it."""

    day: date
    starts: datetime | None = None
    ends: datetime | None = None

    @property
    def begins(self) -> datetime:
        """Its first moment, aware."""
        return self.starts or clock.start_of(self.day)

    @property
    def until(self) -> datetime:
        """The first moment after it, aware."""
        return self.ends or clock.end_of(self.day)


def before(moment: datetime, away: Iterable[Away]) -> list[Away]:
    """What of the stretches lies before a moment."""
    return [_stretch(one.day, one.begins, min(one.until, moment)) for one in away if one.begins < moment]


def after(moment: datetime, away: Iterable[Away]) -> list[Away]:
    """What of the stretches lies after a moment."""
    return [_stretch(one.day, max(one.begins, moment), one.until) for one in away if one.until > moment]


def joined(away: Iterable[Away]) -> list[Away]:
    """The stretches in order, those of a day that touch or overlap as one: what covers a day is the whole of it."""
    found: list[Away] = []
    for one in sorted(away, key=lambda stretch: stretch.begins):
        last = found[-1] if found else None
        if last and last.day == one.day and one.begins <= last.until:
            found[-1] = _stretch(one.day, last.begins, max(last.until, one.until))
        else:
            found.append(_stretch(one.day, one.begins, one.until))
    return found


def _stretch(day: date, starts: datetime, ends: datetime) -> Away:
    whole = starts <= clock.start_of(day) and ends >= clock.end_of(day)
    return Away(day) if whole else Away(day, starts, ends)
