"""Groups as they stand on one day, in one prepared statement: every teacher's start page asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from skolnav.core.tenancy.statements import as_moment, dialect, from_json, keys_as_parameter, rows

from .youngest import DEFAULT_LIMIT, NEVER, NO_YEAR, GroupFacts

# Which registers have been taken: (occurrence, group), one of them None.
Taken = frozenset[tuple[int | None, int | None]]
Stretch = tuple[int, datetime, datetime]

_GROUPS = """WITH member AS (
    SELECT m.group_id, m.person_id, g.school_id FROM people_membership m
      JOIN people_group g ON g.id = m.group_id JOIN people_person p ON p.id = m.person_id
     WHERE m.organiser_id = %(organiser)s AND m.group_id = ANY(%(ids)s::bigint[]) AND p.is_active
       AND m.valid_from <= %(day)s::date AND (m.valid_until IS NULL OR m.valid_until >= %(day)s::date)
       AND g.valid_from <= %(day)s::date AND (g.valid_until IS NULL OR g.valid_until >= %(day)s::date)
) SELECT o.group_id, COUNT(DISTINCT o.person_id),
    MAX(COALESCE((SELECT MAX(e.school_year) FROM people_enrolment e WHERE e.pupil_id = o.person_id
        AND e.valid_from <= %(day)s::date AND (e.valid_until IS NULL OR e.valid_until >= %(day)s::date)), %(no_year)s)),
    (SELECT COALESCE(s.whole_day_until_year, %(never)s) FROM absence_absencesettings s WHERE s.school_id = o.school_id),
    (SELECT json_agg(json_build_array(a.pupil_id, a.starts, a.ends)) FROM presence_absence a
       JOIN member w ON w.person_id = a.pupil_id WHERE w.group_id = o.group_id AND a.day = %(day)s::date)::text,
    (SELECT json_agg(json_build_array(r.occurrence_id, r.group_id)) FROM absence_register r
      WHERE r.school_id = o.school_id AND r.day = %(day)s::date)::text
  FROM member o GROUP BY o.group_id, o.school_id"""


@dataclass(frozen=True)
class GroupsToday:
    """What is known of some groups on a day. Groups without pupils do not stand in `facts`."""

    facts: dict[int, GroupFacts]
    absences: dict[int, list[Stretch]]
    taken: Taken

    def away(self, group_ids: Iterable[int], starts: datetime, ends: datetime) -> int:
        """How many of the groups' pupils are reported away for all of a stretch (aware)."""
        return len(
            {
                pupil
                for group in group_ids
                for pupil, begins, until in self.absences.get(group, ())
                if begins <= starts and until >= ends
            }
        )


def groups_today(organiser_id: int, group_ids: Iterable[int], day: date) -> GroupsToday:
    """The groups on a Stockholm day: pupils, years, absences, and their schools' registers. One statement."""
    asked = {
        "organiser": organiser_id,
        "day": day.isoformat(),
        "ids": keys_as_parameter(sorted(group_ids)),
        "no_year": NO_YEAR,
        "never": NEVER,
    }
    facts: dict[int, GroupFacts] = {}
    absences: dict[int, list[Stretch]] = {}
    taken: set[tuple[int | None, int | None]] = set()
    for group, pupils, year, limit, away, registers in rows(dialect(_GROUPS), asked):
        facts[group] = GroupFacts(pupils, year, DEFAULT_LIMIT if limit is None else limit, day, day)
        absences[group] = [(one[0], as_moment(one[1]), as_moment(one[2])) for one in from_json(away)]
        taken |= {(one[0], one[1]) for one in from_json(registers)}
    return GroupsToday(facts, absences, frozenset(taken))
