"""Building a Viewer: one statement, which the accounts' middleware joins with session and account."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from skolnav.core.tenancy import clock
from skolnav.core.tenancy.statements import dialect, from_json, rows

from .viewer import GroupRef, PupilInCare, SchoolRef, Viewer

_VALID = (
    "({0}.valid_from <= %(today)s::date AND ({0}.valid_until IS NULL OR {0}.valid_until >= %(today)s::date))"
)

# Each step is worked out once: who it is, their children (custody ends with childhood too: at eighteen,
# Föräldrabalken 9 kap. 1 §), the pupils that both make, and what these are tied to. An OR over "me or my children"
# instead would read whole tables.
_VIEWER = f"""WITH me AS (
    SELECT p.organiser_id, p.id AS person_id, p.given_name, p.family_name, p.public_id, o.name{{more}}
      FROM {{source}} JOIN schools_organiser o ON o.id = p.organiser_id WHERE {{where}}
), child AS (
    SELECT c.id, c.public_id, c.given_name, c.family_name, c.is_protected, g.valid_from
      FROM me JOIN people_guardianship g ON g.guardian_id = me.person_id JOIN people_person c ON c.id = g.pupil_id
     WHERE g.ended_at IS NULL AND g.restricted_at IS NULL AND {_VALID.format("g")}
       AND (c.birth_date IS NULL OR c.birth_date > %(adult_born)s::date)
), pupil AS (
    SELECT person_id AS id FROM me UNION SELECT id FROM child
), enrolled AS (
    SELECT e.pupil_id, e.school_id, e.school_year, e.valid_from
      FROM pupil JOIN people_enrolment e ON e.pupil_id = pupil.id WHERE {_VALID.format("e")}
), duty AS (
    SELECT d.id, d.role, d.school_id, d.organiser_id
      FROM me JOIN people_duty d ON d.person_id = me.person_id WHERE {_VALID.format("d")}
), workplace AS (
    SELECT s.id AS school_id, d.role, s.public_id, s.name FROM duty d JOIN schools_schoolunit s
        ON s.id = d.school_id OR (d.school_id IS NULL AND s.organiser_id = d.organiser_id)
) SELECT
    (SELECT json_agg(json_build_array(id, public_id, given_name, family_name, is_protected, valid_from))
       FROM child)::text,
    (SELECT json_agg(json_build_array(e.pupil_id, e.school_id, e.school_year, e.valid_from, s.public_id, s.name))
       FROM enrolled e JOIN schools_schoolunit s ON s.id = e.school_id)::text,
    (SELECT json_agg(json_build_array(m.person_id, m.group_id, m.valid_from, r.public_id, r.name, r.kind, r.school_id))
       FROM pupil JOIN people_membership m ON m.person_id = pupil.id JOIN people_group r ON r.id = m.group_id
      WHERE {_VALID.format("m")} AND {_VALID.format("r")})::text,
    (SELECT json_agg(json_build_array(school_id, role, public_id, name)) FROM workplace)::text,
    (SELECT json_agg(json_build_array(r.id, r.public_id, r.name, r.kind, r.school_id, t.kind))
       FROM duty d JOIN people_assignmentrole t ON t.duty_id = d.id JOIN people_group r ON r.id = t.group_id
      WHERE {_VALID.format("t")} AND {_VALID.format("r")})::text,
    (SELECT json_agg(json_build_array(b.school_id, b.key, b.enabled, b."order"))
       FROM schools_schoolbox b
      WHERE b.school_id IN (SELECT school_id FROM enrolled UNION SELECT school_id FROM workplace))::text,
    me.* FROM me"""

_TIES, _PERSON = 6, 6
COLUMN_COUNT = _TIES + _PERSON


def viewer_statement(*, source: str, where: str, more: str = "") -> str:
    """The statement that reads a viewer from `source` (it joins people_person as p), in PostgreSQL's words.

    Its columns are COLUMN_COUNT for `read_viewer`, then those of `more`, which begins with a comma.
    """
    return _VIEWER.format(source=source, where=where, more=more)


_BY_PERSON = viewer_statement(source="people_person p", where="p.id = %(person)s")


def day_parameters(today: date) -> dict[str, Any]:
    """The parameters that a viewer's statement asks for."""
    adult_born = today.replace(
        year=today.year - 18, day=min(today.day, 28) if today.month == 2 else today.day
    )
    return {"today": today.isoformat(), "adult_born": adult_born.isoformat()}


def build_viewer(person_id: int) -> Viewer:
    """The viewer of a person as of today, for jobs, imports and tests; raises LookupError when there is none."""
    today = clock.today()
    found = rows(dialect(_BY_PERSON), {**day_parameters(today), "person": person_id})
    if not found:
        raise LookupError(f"There is no person {person_id}.")
    return read_viewer(found[0], today)


def read_viewer(columns: Sequence[Any], today: date, **account: Any) -> Viewer:
    """A Viewer from the first columns of its statement; `account` fills the fields that the account knows."""
    children, enrolments, memberships, duties, assignments, choices = map(from_json, columns[:_TIES])
    person = columns[_TIES:COLUMN_COUNT]
    organiser_id, person_id, given_name, family_name, public_id, organiser_name = person
    schools_of, groups_of, keys_of = _ties(enrolments, memberships)
    hues = _hues([row[1] for row in children] or [public_id])

    def pupil(row: Sequence[Any]) -> PupilInCare:
        pid = row[0]
        since = date.fromisoformat(row[5]) if len(row) > 5 else date.min
        keys = {key: max(since, start) for key, start in keys_of[pid].items()}
        keys[f"p:{pid}"] = since
        return PupilInCare(
            pid,
            row[1],
            row[2],
            row[3],
            bool(row[4]),
            hues[row[1]],
            tuple(schools_of[pid]),
            tuple(groups_of[pid]),
            keys,
        )

    unique_children = {row[0]: row for row in children}.values()
    return Viewer(
        organiser_id=organiser_id,
        person_id=person_id,
        today=today,
        given_name=given_name,
        family_name=family_name,
        person_public_id=public_id,
        organiser_name=organiser_name,
        children=tuple(
            sorted(
                (pupil(row) for row in unique_children if row[0] in schools_of),
                key=lambda one: one.given_name,
            )
        ),
        as_pupil=pupil([person_id, public_id, given_name, family_name, False])
        if person_id in schools_of
        else None,
        staff_schools=tuple(
            sorted({SchoolRef(row[0], row[2], row[3]) for row in duties}, key=lambda one: one.name)
        ),
        staff_groups=tuple(sorted((GroupRef(*row) for row in assignments), key=lambda one: one.name)),
        roles=frozenset((row[0], row[1]) for row in duties),
        box_choices=_choices(choices),
        **account,
    )


def _ties(enrolments: list[Any], memberships: list[Any]) -> tuple[Any, Any, Any]:
    """By pupil: schools, groups, and audience keys with the day each began."""
    schools, groups = defaultdict(list), defaultdict(list)
    keys: dict[int, dict[str, date]] = defaultdict(dict)
    for pupil_id, school_id, year, since, public_id, name in enrolments:
        schools[pupil_id].append(SchoolRef(school_id, public_id, name))
        keys[pupil_id][f"s:{school_id}"] = date.fromisoformat(since)
        if year is not None:
            keys[pupil_id][f"y:{school_id}:{year}"] = date.fromisoformat(since)
    for pupil_id, group_id, since, public_id, name, kind, school_id in memberships:
        groups[pupil_id].append(GroupRef(group_id, public_id, name, kind, school_id))
        keys[pupil_id][f"g:{group_id}"] = date.fromisoformat(since)
    return schools, groups, keys


def _choices(choices: list[Any]) -> dict[int, dict[str, tuple[bool, int]]]:
    of_school: dict[int, dict[str, tuple[bool, int]]] = defaultdict(dict)
    for school_id, key, enabled, order in choices:
        of_school[school_id][key] = (bool(enabled), order)
    return dict(of_school)


def _hues(public_ids: list[str]) -> dict[str, int]:
    """A colour (1 to 12) for each child: steady over time, and never the same for two siblings."""
    taken: dict[str, int] = {}
    for public_id in sorted(public_ids):
        hue = sum(map(ord, public_id)) % 12 + 1
        while hue in taken.values() and len(taken) < 12:
            hue = hue % 12 + 1
        taken[public_id] = hue
    return taken
