"""Keeping the absences of a source. Only the absence box calls it, inside its own transaction."""

from collections.abc import Iterable
from datetime import datetime

from .models import Absence
from .stretches import Away

__all__ = ["Away", "add_absences", "drop_absences", "rows_of", "set_absences"]


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
    rows = rows_of(
        source,
        organiser_id=organiser_id,
        pupil_id=pupil_id,
        kind=kind,
        reason=reason,
        away=away,
        reported_by_id=reported_by_id,
        reported_at=reported_at,
    )
    add_absences(rows)


def add_absences(rows: Iterable[Absence]) -> None:
    """Write what `rows_of` has made for sources that had none, in one statement for all of them."""
    Absence.everything.bulk_create(rows)


def rows_of(
    source: str,
    *,
    organiser_id: int,
    pupil_id: int,
    kind: str,
    reason: str,
    away: Iterable[Away],
    reported_by_id: int | None,
    reported_at: datetime,
) -> list[Absence]:
    """The absences of a source, not yet written."""
    return [
        Absence(
            organiser_id=organiser_id,
            pupil_id=pupil_id,
            kind=kind,
            reason=reason,
            day=one.day,
            starts=one.begins,
            ends=one.until,
            is_whole_day=one.starts is None and one.ends is None,
            source=source,
            reported_by_id=reported_by_id,
            reported_at=reported_at,
        )
        for one in away
    ]


def drop_absences(source: str, *others: str) -> None:
    """Take away what a source, or several, have reported. One statement."""
    Absence.everything.filter(source__in=[source, *others]).delete()
