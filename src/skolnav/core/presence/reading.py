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
# Those who belong on the first of the days to a group that exists on it.
_IN_GROUPS = """pupil_id IN (SELECT m.person_id FROM people_membership m JOIN people_group g ON g.id = m.group_id
     WHERE {of_groups}
       AND m.valid_from <= %(first)s::date AND (m.valid_until IS NULL OR m.valid_until >= %(first)s::date)
       AND g.valid_from <= %(first)s::date AND (g.valid_until IS NULL OR g.valid_until >= %(first)s::date))"""


def absences_of(pupil_ids: Iterable[int], first: date, last: date | None = None) -> AbsencesByPupil:
    """The absences of pupils on Stockholm days from `first` to `last` (or that one day), in order. One statement.

    Needs the tenant's scope. Pupils who are not away do not stand in the answer.
    """
    return _read(is_one_of("pupil_id"), pupil_ids, first, last or first)


def absences_in_groups(group_ids: Iterable[int], day: date) -> AbsencesByPupil:
    """The same of everybody who is in the groups on a Stockholm day. One statement."""
    return _read(_IN_GROUPS.format(of_groups=is_one_of("m.group_id")), group_ids, day, day)


def _read(of_pupils: str, ids: Iterable[int], first: date, last: date) -> AbsencesByPupil:
    asked = {
        "organiser": organiser_in_scope(),
        "ids": keys_as_parameter(ids),
        "first": first.isoformat(),
        "last": last.isoformat(),
    }
    found: dict[int, list[Absence]] = defaultdict(list)
    for row in rows(dialect(_AWAY.format(of_pupils=of_pupils)), asked):
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
