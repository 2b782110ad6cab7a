"""Who is in fritids sections on a day. One prepared statement, since every tap on the board asks it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from skolnav.core.access.viewer import Viewer
from skolnav.core.tenancy.statements import dialect, keys_as_parameter, rows

from .sections import Section


@dataclass(frozen=True, slots=True)
class Pupil:
    """A child as the staff's lists need it: a board of sixty makes no sixty models."""

    pk: int
    public_id: str
    given_name: str
    family_name: str
    is_protected: bool

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}"


@dataclass(slots=True)
class Member:
    """A child of a section on a day, with its other groups, and what waits for the viewer."""

    person: Pupil
    section: Section
    class_name: str = ""
    group_ids: set[int] = field(default_factory=set)
    has_request: bool = False
    has_comment: bool = False
    has_unread: bool = False


_VALID = (
    """({0}.valid_from <= %(day)s::date AND ({0}.valid_until IS NULL OR {0}.valid_until >= %(day)s::date))"""
)
_THEIRS = (
    "SELECT 1 FROM people_guardianship o WHERE o.pupil_id = c.pupil_id AND o.guardian_id = c.asked_by_id"
)
# (queries/custody.py)
_COUNTS = f"""(NOT EXISTS ({_THEIRS}) OR EXISTS ({_THEIRS} AND o.ended_at IS NULL AND o.restricted_at IS NULL
    AND o.valid_from <= %(today)s::date AND (o.valid_until IS NULL OR o.valid_until >= %(today)s::date)))"""
_OF_DAY = "c.pupil_id = m.person_id AND c.day = %(day)s::date"
# Every group of each child who is in one of the sections: the class gives its name, all of them the lessons. Who has
# left a section stands in its old days, but not if they are protected.
_STATEMENT = """SELECT m.person_id, p.public_id, p.given_name, p.family_name, p.is_protected, g.id, g.kind, g.name,
    EXISTS (SELECT 1 FROM educare_changerequest c WHERE {of_day}
               AND c.decided_at IS NULL AND c.withdrawn_at IS NULL AND {counts}),
    EXISTS (SELECT 1 FROM educare_daycomment c WHERE {of_day}),
    EXISTS (SELECT 1 FROM educare_daycomment c WHERE {of_day} AND NOT c.is_from_staff AND NOT EXISTS (
        SELECT 1 FROM educare_commentseen s WHERE s.pupil_id = c.pupil_id AND s.day = c.day
           AND s.person_id = %(viewer)s AND s.seen_at >= c.written_at))
  FROM people_membership m JOIN people_person p ON p.id = m.person_id JOIN people_group g ON g.id = m.group_id
 WHERE m.organiser_id = %(organiser)s AND {valid_m} AND {valid_g}
   AND m.person_id IN (SELECT i.person_id FROM people_membership i JOIN people_person q ON q.id = i.person_id
                        WHERE i.group_id = ANY(%(ids)s::bigint[]) AND {valid_i}
                          AND (%(only)s = 0 OR i.person_id = %(only)s)
                          AND (NOT q.is_protected OR i.valid_until IS NULL OR i.valid_until >= %(today)s::date))
 ORDER BY m.id"""
_VALID_ROWS = {f"valid_{row}": _VALID.format(row) for row in "mgi"}


def members_of(viewer: Viewer, sections: Collection[Section], day: date, only: int = 0) -> list[Member]:
    """Who is in the sections (the viewer's own) on a day, by name; `only` one person. One statement."""
    by_id = {one.id: one for one in sections}
    asked = {
        "organiser": viewer.organiser_id,
        "viewer": viewer.person_id,
        "day": day.isoformat(),
        "today": viewer.today.isoformat(),
        "only": only,
        "ids": keys_as_parameter(by_id),
    }
    found: dict[int, Member] = {}
    groups = []
    statement = _STATEMENT.format(of_day=_OF_DAY, counts=_COUNTS, **_VALID_ROWS)
    for row in rows(dialect(statement), asked):
        pk, group = row[0], row[5]
        if group in by_id and pk not in found:
            person = Pupil(pk, row[1], row[2], row[3], bool(row[4]))
            found[pk] = Member(person, by_id[group], "", set(), *map(bool, row[8:]))
        groups.append((pk, group, row[7] if row[6] == "class" else ""))
    for pk, group, class_name in groups:
        # (a section that has itself ended names nobody)
        if pk in found:
            found[pk].group_ids.add(group)
            found[pk].class_name = class_name or found[pk].class_name
    return sorted(found.values(), key=lambda one: (one.person.given_name.casefold(), one.person.family_name))
