"""Keeping the absences of a source. Only the absence box calls it, inside its own transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from skolnav.core.tenancy import clock

from .models import Absence


@dataclass(frozen=True, slots=True)
class Away:
    """A stretch of one Stockholm day; None for both moments (aware) is the whole of it."""

    day: date
    starts: datetime | None = None
    ends: datetime | None = None


def set_absences(
    source: str,
    *,
    organiser_id: int,
    pupil_id: int,
    kind: str,
    reason: str,
    away: Iterable[Away],
    reported_by_id: int | None,
    reported_at: datetime,
) -> None:
    """Make the absences of a source these and no others; none at all takes them away."""
    drop_absences(source)
    Absence.everything.bulk_create(
        Absence(
            organiser_id=organiser_id,
            pupil_id=pupil_id,
            kind=kind,
            reason=reason,
            day=one.day,
            starts=one.starts or clock.start_of(one.day),
            ends=one.ends or clock.end_of(one.day),
            is_whole_day=one.starts is None and one.ends is None,
            source=source,
            reported_by_id=reported_by_id,
            reported_at=reported_at,
        )
        for one in away
    )


def drop_absences(source: str) -> None:
    """Take away what a source has reported."""
    Absence.everything.filter(source=source).delete()
