"""Asking who is away. The caller has made sure that its reader may know of these pupils.

One prepared statement: start pages, registers, fritids and the office ask it every time.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from skolnav.core.tenancy.scope import organiser_in_scope
from skolnav.core.tenancy.statements import (
    Row,
    as_day,
    as_moment,
    dialect,
    is_one_of,
    keys_as_parameter,
    rows,
)

from .models import Absence

AbsencesByPupil = Mapping[int, Sequence[Absence]]

_AWAY = """SELECT id, organiser_id, pupil_id, kind, reason, day, starts, ends, is_whole_day, source, reported_by_id,
    reported_at
  FROM presence_absence WHERE organiser_id = %(organiser)s AND {of_pupils}
   AND day >= %(first)s::date AND day <= %(last)s::date ORDER BY starts"""


def absences_of(pupil_ids: Iterable[int], first: date, last: date | None = None) -> AbsencesByPupil:
    """The absences of pupils on Stockholm days from `first` to `last` (or that one day), in order. One statement.

    Needs the tenant's scope. Pupils who are not away do not stand in the answer.
    """
    found: dict[int, list[Absence]] = defaultdict(list)
    asked = {
        "organiser": organiser_in_scope(),
        "ids": keys_as_parameter(pupil_ids),
        "first": first.isoformat(),
        "last": (last or first).isoformat(),
    }
    for row in rows(dialect(_AWAY.format(of_pupils=is_one_of("pupil_id"))), asked):
        found[row[2]].append(_absence(row))
    return found


def _absence(row: Row) -> Absence:
    pk, organiser, pupil, kind, reason, day, starts, ends, is_whole, source, by, at = row
    return Absence(
        pk=pk,
        organiser_id=organiser,
        pupil_id=pupil,
        kind=kind,
        reason=reason,
        day=as_day(day),
        starts=as_moment(starts),
        ends=as_moment(ends),
        is_whole_day=bool(is_whole),
        source=source,
        reported_by_id=by,
        reported_at=as_moment(at),
    )


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
