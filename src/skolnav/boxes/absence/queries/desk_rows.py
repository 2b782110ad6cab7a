"""What the desk's day is made of, beside reports and lessons: as prepared statements, since it is a whole school's."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from skolnav.boxes.absence.models import LessonAttendance
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.scope import organiser_in_scope
from skolnav.core.tenancy.statements import as_day, as_moment, dialect, is_one_of, keys_as_parameter, rows
from skolnav.core.web.addresses import url

from .groups_today import Taken
from .registers import RollPupil

_TAKEN = """SELECT r.occurrence_id, r.group_id FROM absence_register r
 WHERE r.organiser_id = %(organiser)s AND {of_schools} AND r.day = %(day)s::date"""
# A lesson's address is its weekly time's, or its own where it stands alone.
_LINES = """SELECT l.pupil_id, l.state, l.minutes, l.invalid_minutes, r.starts, r.subject, g.public_id,
    COALESCE(w.public_id, o.public_id), COALESCE(o.day, r.day)
  FROM absence_register r JOIN absence_lessonattendance l ON l.register_id = r.id
  LEFT JOIN people_group g ON g.id = r.group_id LEFT JOIN timetable_lessonoccurrence o ON o.id = r.occurrence_id
  LEFT JOIN timetable_lesson w ON w.id = o.lesson_id
 WHERE r.organiser_id = %(organiser)s AND {of_schools} AND l.day = %(day)s::date AND l.state <> %(present)s
 ORDER BY r.starts, l.id"""
# Who has left the school is named there as long as they are not protected (`known`).
_NAMES = """SELECT m.group_id, p.id, p.public_id, p.given_name, p.family_name, p.is_protected
  FROM people_membership m JOIN people_group g ON g.id = m.group_id JOIN people_person p ON p.id = m.person_id
 WHERE m.organiser_id = %(organiser)s AND {of_groups} AND {of_pupils} AND p.is_active
   AND m.valid_from <= %(day)s::date AND (m.valid_until IS NULL OR m.valid_until >= %(day)s::date)
   AND g.valid_from <= %(day)s::date AND (g.valid_until IS NULL OR g.valid_until >= %(day)s::date)
   AND (NOT p.is_protected OR EXISTS (SELECT 1 FROM people_enrolment e
        WHERE e.pupil_id = p.id AND e.school_id = g.school_id
          AND (e.valid_until IS NULL OR e.valid_until >= %(today)s::date)))"""


@dataclass(frozen=True, slots=True)
class Written:
    """A line of a register that says something else than that the pupil was there; `starts` is the register's."""

    state: str
    minutes: int
    invalid_minutes: int
    starts: datetime
    subject: str
    address: str


def taken_on(school_ids: Iterable[int], day: date) -> Taken:
    """The registers that the schools have taken on a day. One statement."""
    asked = {**_asked(day), "ids": keys_as_parameter(school_ids)}
    found = rows(dialect(_TAKEN.format(of_schools=is_one_of("r.school_id"))), asked)
    return frozenset((occurrence, group) for occurrence, group in found)


def written_on(school_ids: Iterable[int], day: date) -> Mapping[int, list[Written]]:
    """Pupil -> who was late, left or away by the schools' registers of a day, in order. One statement."""
    present = LessonAttendance.State.PRESENT.value
    asked = {**_asked(day), "ids": keys_as_parameter(school_ids), "present": present}
    written: dict[int, list[Written]] = defaultdict(list)
    for row in rows(dialect(_LINES.format(of_schools=is_one_of("r.school_id"))), asked):
        pupil, state, minutes, invalid, starts, subject, group, lesson, held = row
        address = (
            url("absence_staff:class_day", group=group, day=as_day(held))
            if group
            else url("absence_staff:lesson", lesson=lesson, day=as_day(held))
        )
        written[pupil].append(Written(state, minutes, invalid, as_moment(starts), subject, address))
    return written


def names_in(group_ids: Iterable[int], pupil_ids: Iterable[int], day: date) -> Mapping[int, list[RollPupil]]:
    """Group -> those of the pupils who are in it on a day, and whose names the school may still tell. One statement."""
    asked = {
        **_asked(day),
        "ids": keys_as_parameter(group_ids),
        "pupils": keys_as_parameter(pupil_ids),
        "today": clock.today().isoformat(),
    }
    sql = _NAMES.format(of_groups=is_one_of("m.group_id"), of_pupils=is_one_of("m.person_id", "pupils"))
    found: dict[int, list[RollPupil]] = defaultdict(list)
    for group, pk, public_id, given, family, is_protected in rows(dialect(sql), asked):
        found[group].append(RollPupil(pk, public_id, given, family, bool(is_protected)))
    return found


def _asked(day: date) -> dict[str, int | str]:
    return {"organiser": organiser_in_scope(), "day": day.isoformat()}
