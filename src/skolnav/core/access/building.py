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

# The viewer's children today. Custody ends with childhood too: at eighteen (Föräldrabalken 9 kap. 1 §).
_CHILDREN = f"""
    SELECT g.pupil_id FROM people_guardianship g JOIN people_person k ON k.id = g.pupil_id
    WHERE g.guardian_id = p.id AND g.ended_at IS NULL AND g.restricted_at IS NULL AND {_VALID.format("g")}
      AND (k.birth_date IS NULL OR k.birth_date > %(adult_born)s::date)"""

# Columns over `people_person p JOIN schools_organiser o`; `read_viewer` reads them in this order.
VIEWER_COLUMNS = f"""
    p.organiser_id, p.id, p.given_name, p.family_name, p.public_id, o.name,
    (SELECT json_agg(json_build_array(c.id, c.public_id, c.given_name, c.family_name, c.is_protected, g.valid_from))
       FROM people_guardianship g JOIN people_person c ON c.id = g.pupil_id
      WHERE g.guardian_id = p.id AND g.ended_at IS NULL AND g.restricted_at IS NULL AND {_VALID.format("g")}
        AND (c.birth_date IS NULL OR c.birth_date > %(adult_born)s::date))::text,
    (SELECT json_agg(json_build_array(e.pupil_id, e.school_id, e.school_year, e.valid_from, s.public_id, s.name))
       FROM people_enrolment e JOIN schools_schoolunit s ON s.id = e.school_id
      WHERE {_VALID.format("e")} AND (e.pupil_id = p.id OR e.pupil_id IN ({_CHILDREN})))::text,
    (SELECT json_agg(json_build_array(m.person_id, m.group_id, m.valid_from, r.public_id, r.name, r.kind, r.school_id))
       FROM people_membership m JOIN people_group r ON r.id = m.group_id
      WHERE {_VALID.format("m")} AND {_VALID.format("r")}
        AND (m.person_id = p.id OR m.person_id IN ({_CHILDREN})))::text,
    (SELECT json_agg(json_build_array(s.id, d.role, s.public_id, s.name))
       FROM people_duty d JOIN schools_schoolunit s
         ON s.id = d.school_id OR (d.school_id IS NULL AND s.organiser_id = d.organiser_id)
      WHERE d.person_id = p.id AND {_VALID.format("d")})::text,
    (SELECT json_agg(json_build_array(r.id, r.public_id, r.name, r.kind, r.school_id, t.kind))
       FROM people_duty d JOIN people_assignmentrole t ON t.duty_id = d.id JOIN people_group r ON r.id = t.group_id
      WHERE d.person_id = p.id AND {_VALID.format("d")} AND {_VALID.format("t")} AND {_VALID.format("r")})::text,
    (SELECT json_agg(json_build_array(b.school_id, b.key, b.enabled, b."order"))
       FROM schools_schoolbox b
      WHERE b.school_id IN (SELECT e.school_id FROM people_enrolment e
                             WHERE e.pupil_id = p.id OR e.pupil_id IN ({_CHILDREN}))
         OR b.school_id IN (SELECT d.school_id FROM people_duty d WHERE d.person_id = p.id))::text"""

COLUMN_COUNT = 12
_BY_PERSON = f"""SELECT {VIEWER_COLUMNS}
    FROM people_person p JOIN schools_organiser o ON o.id = p.organiser_id WHERE p.id = %(person)s"""


def day_parameters(today: date) -> dict[str, Any]:
    """The parameters that VIEWER_COLUMNS asks for."""
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
    """A Viewer from the values of VIEWER_COLUMNS; `account` fills the fields that the account knows."""
    organiser_id, person_id, given_name, family_name, public_id, organiser_name = columns[:6]
    children, enrolments, memberships, duties, assignments, choices = (
        from_json(value) for value in columns[6:12]
    )
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
