"""Which groups take attendance once a day: those whose pupils all are in the youngest years (AbsenceSettings).

One prepared statement: the desk asks it of all a school's pupils.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from skolnav.boxes.absence.models import AbsenceSettings
from skolnav.core.tenancy.scope import organiser_in_scope
from skolnav.core.tenancy.statements import as_day, dialect, is_one_of, keys_as_parameter, rows

# Pupils whose year nobody has entered are not taken for young; a school without whole days has a limit below all years.
NO_YEAR, NEVER = 99, -1
_ALWAYS = date(9999, 12, 31)
DEFAULT_LIMIT: int = AbsenceSettings._meta.get_field("whole_day_until_year").default

# (Not those of one day: the memberships that touch the stretch.)
_FACTS = """WITH member AS (
    SELECT m.group_id, m.person_id, m.valid_from, m.valid_until, g.school_id
      FROM people_membership m JOIN people_group g ON g.id = m.group_id
     WHERE m.organiser_id = %(organiser)s AND {of_groups}
       AND m.valid_from <= %(last)s::date AND (m.valid_until IS NULL OR m.valid_until >= %(first)s::date)
       AND g.valid_from <= %(last)s::date AND (g.valid_until IS NULL OR g.valid_until >= %(first)s::date)
) SELECT o.group_id, COUNT(DISTINCT o.person_id),
    MAX(COALESCE((SELECT MAX(e.school_year) FROM people_enrolment e WHERE e.pupil_id = o.person_id
        AND e.valid_from <= %(last)s::date AND (e.valid_until IS NULL OR e.valid_until >= %(last)s::date)),
        %(no_year)s)),
    COALESCE((SELECT COALESCE(s.whole_day_until_year, %(never)s) FROM absence_absencesettings s
               WHERE s.school_id = o.school_id), %(default)s),
    MIN(o.valid_from), MAX(o.valid_until), COUNT(*) > COUNT(o.valid_until)
  FROM member o GROUP BY o.group_id, o.school_id"""


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """Of a group: its number of pupils, the highest year among them, its school's limit for whole days, and from when
    until when it has pupils."""

    pupils: int
    year: int
    limit: int
    first_day: date
    last_day: date

    @property
    def takes_whole_days(self) -> bool:
        return self.year <= self.limit

    def has_pupils_on(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


def facts_of_groups(group_ids: Iterable[int], first: date, last: date) -> dict[int, GroupFacts]:
    """Group id -> its facts over the days; groups that nobody belongs to do not stand in it. One statement.

    Needs the tenant's scope.
    """
    asked = {
        "organiser": organiser_in_scope(),
        "ids": keys_as_parameter(set(group_ids)),
        "first": first.isoformat(),
        "last": last.isoformat(),
        "no_year": NO_YEAR,
        "never": NEVER,
        "default": DEFAULT_LIMIT,
    }
    found = rows(dialect(_FACTS.format(of_groups=is_one_of("m.group_id"))), asked)
    return {
        group: GroupFacts(pupils, year, limit, as_day(since), _ALWAYS if is_open else as_day(until))
        for group, pupils, year, limit, since, until, is_open in found
    }


def young_groups(facts: Mapping[int, GroupFacts], group_ids: Iterable[int]) -> frozenset[int]:
    """Those of the groups that take attendance once a day. No statement."""
    return frozenset(group for group in group_ids if group in facts and facts[group].takes_whole_days)
