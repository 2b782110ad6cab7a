"""Asking who is away. The caller has made sure that its reader may know of these pupils."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from .models import Absence

AbsencesByPupil = Mapping[int, Sequence[Absence]]


def absences_of(pupil_ids: Iterable[int], first: date, last: date | None = None) -> AbsencesByPupil:
    """The absences of pupils on Stockholm days from `first` to `last` (or that one day), in order. One statement.

    Needs the tenant's scope. Pupils who are not away do not stand in the answer.
    """
    found: dict[int, list[Absence]] = defaultdict(list)
    rows = Absence.everything.filter(pupil__in=list(pupil_ids), day__gte=first, day__lte=last or first)
    for absence in rows.order_by("starts"):
        found[absence.pupil_id].append(absence)
    return found


def covering(absences: Sequence[Absence], starts: datetime, ends: datetime) -> Absence | None:
    """The absence that touches a stretch of time (aware, the end not included); the longest where several do."""
    touching = [one for one in absences if one.starts < ends and one.ends > starts]
    return max(touching, key=lambda one: min(one.ends, ends) - max(one.starts, starts), default=None)


def minutes_away(absences: Sequence[Absence], starts: datetime, ends: datetime) -> int:
    """How many minutes of a stretch (aware) the absences cover; what two of them cover counts once."""
    covered, reached = 0.0, starts
    for one in sorted(absences, key=lambda absence: absence.starts):
        begins, until = max(one.starts, reached), min(one.ends, ends)
        if until > begins:
            covered += (until - begins).total_seconds()
            reached = until
    return round(covered / 60)
