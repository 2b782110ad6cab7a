"""The checks of a day. One prepared statement, since every tap on the board asks it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from skolnav.core.tenancy.scope import organiser_in_scope
from skolnav.core.tenancy.statements import as_moment, dialect, is_one_of, keys_as_parameter, rows

from .states import Event

_STATEMENT = """SELECT e.public_id, e.pupil_id, e.kind, e.at, e.by_id, p.given_name, p.family_name,
    b.given_name, b.family_name
  FROM educare_checkevent e JOIN people_person p ON p.id = e.pupil_id LEFT JOIN people_person b ON b.id = e.by_id
 WHERE e.organiser_id = %(organiser)s AND {of_pupils} AND e.day = %(day)s::date AND e.undone_at IS NULL
 ORDER BY e.at, e.id"""


def events_of(pupil_ids: Iterable[int], day: date) -> Mapping[int, Sequence[Event]]:
    """The day's events of each pupil in order, without those that were undone. One statement.

    Needs the tenant's scope. The caller has made sure that its reader may know of these pupils.
    """
    asked = {
        "organiser": organiser_in_scope(),
        "ids": keys_as_parameter(pupil_ids),
        "day": day.isoformat(),
    }
    found: dict[int, list[Event]] = defaultdict(list)
    for row in rows(dialect(_STATEMENT.format(of_pupils=is_one_of("e.pupil_id"))), asked):
        public_id, pupil_id, kind, at, by_id, given, family, by_given, by_family = row
        by = f"{by_given} {by_family}" if by_id else ""
        found[pupil_id].append(
            Event(public_id, pupil_id, kind, as_moment(at), by_id, f"{given} {family}", by)
        )
    return found
