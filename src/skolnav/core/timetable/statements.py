"""The timetable's statements: weekly times, stored days, and who is in which group. Prepared: every start page asks."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from skolnav.core.tenancy.statements import Row, dialect, is_one_of, keys_as_parameter, rows

_ACTIVITY = """a.id, a.school_id, a.kind, a.name, a.subject_code, a.subject,
    (SELECT json_agg(json_build_array(g.id, g.public_id, g.name, g.kind)) FROM timetable_activitygroup ag
       JOIN people_group g ON g.id = ag.group_id WHERE ag.activity_id = a.id)::text,
    (SELECT json_agg(json_build_array(p.id, p.given_name, p.family_name, t.valid_from, t.valid_until))
       FROM timetable_activityteacher t JOIN people_person p ON p.id = t.person_id
      WHERE t.activity_id = a.id)::text"""
ACTIVITY_COLUMNS = 8

_WEEKLY = f"""SELECT {_ACTIVITY}, l.id, l.public_id, l.weekday, l.starts_at, l.ends_at, l.weeks, l.week, l.cycle_start,
    l.first_day, l.last_day, l.room_id, r.name,
    (SELECT json_agg(json_build_array(m.public_id, m.kind, m.text)) FROM timetable_lessonmark m
      WHERE m.lesson_id = l.id)::text
  FROM timetable_lesson l JOIN timetable_activity a ON a.id = l.activity_id
  LEFT JOIN timetable_room r ON r.id = l.room_id
 WHERE l.organiser_id = %(organiser)s AND l.first_day <= %(last)s::date AND l.last_day >= %(first)s::date
   AND (l.weekday + 7 - %(weekday)s) %% 7 <= %(days_more)s AND l.id IN ({{chosen}})"""

_STORED = f"""SELECT {_ACTIVITY}, o.id, o.public_id, o.lesson_id, o.day, o.starts, o.ends, o.room_id, r.name,
    o.is_cancelled, o.note, o.changed_at, o.version,
    (SELECT json_agg(json_build_array(p.id, p.given_name, p.family_name)) FROM timetable_lessonsubstitute s
       JOIN people_person p ON p.id = s.person_id WHERE s.occurrence_id = o.id)::text,
    (SELECT json_agg(json_build_array(m.public_id, m.kind, m.text)) FROM timetable_lessonmark m
      WHERE m.occurrence_id = o.id)::text,
    l.public_id, l.starts_at, l.ends_at, l.room_id, lr.name,
    (SELECT json_agg(json_build_array(m.public_id, m.kind, m.text)) FROM timetable_lessonmark m
      WHERE m.lesson_id = l.id)::text,
    l.first_day, l.last_day
  FROM timetable_lessonoccurrence o JOIN timetable_activity a ON a.id = o.activity_id
  LEFT JOIN timetable_room r ON r.id = o.room_id
  LEFT JOIN timetable_lesson l ON l.id = o.lesson_id LEFT JOIN timetable_room lr ON lr.id = l.room_id
 WHERE o.organiser_id = %(organiser)s AND o.id IN ({{chosen}})"""

# Each way to be chosen is a SELECT of its own, joined by UNION: an OR between them would read whole tables, as one
# between the day of the week and the day it was moved to would read an activity's whole year.
_BY_DAY = "o.day >= %(first)s::date AND o.day <= %(last)s::date"
_BY_START = "o.starts >= %(begins)s::timestamptz AND o.starts < %(ends)s::timestamptz"

_IDS, _OTHERS = "= ANY(%(ids)s::bigint[])", "= ANY(%(also)s::bigint[])"
_OF_GROUPS = "activity_id IN (SELECT activity_id FROM timetable_activitygroup WHERE group_id {ids})"
_TAUGHT = "activity_id IN (SELECT activity_id FROM timetable_activityteacher WHERE person_id {ids})"
_OF_SCHOOL = "activity_id IN (SELECT id FROM timetable_activity WHERE school_id {ids})"
_TAKEN = "id IN (SELECT occurrence_id FROM timetable_lessonsubstitute WHERE person_id {ids})"
_TAKEN_WEEKLY = """id IN (SELECT so.lesson_id FROM timetable_lessonsubstitute s
    JOIN timetable_lessonoccurrence so ON so.id = s.occurrence_id WHERE s.person_id {ids})"""
_ALSO = _OF_GROUPS.replace("{ids}", "{also}")
_AT_ADDRESS = "(SELECT id FROM timetable_lesson WHERE public_id = %(address)s)"

# By what is asked: by what weekly times are chosen, and by what the stored days are; any of several will do.
_CHOSEN: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "groups": ((_OF_GROUPS,), (_OF_GROUPS,)),
    "school": ((_OF_SCHOOL,), (_OF_SCHOOL,)),
    "activity": (("activity_id {ids}",), ("activity_id {ids}",)),
    # The public id of a weekly time or, where there is none, of a lesson that stands alone.
    "address": (
        ("public_id = %(address)s",),
        (f"lesson_id = {_AT_ADDRESS}", "lesson_id IS NULL AND o.public_id = %(address)s"),
    ),
    "teacher": ((_TAUGHT, _TAKEN_WEEKLY), (_TAUGHT, _TAKEN)),
    # A member of staff's day: what they teach, and the lessons of the groups that they are mentor of.
    "work": ((_TAUGHT, _TAKEN_WEEKLY, _ALSO), (_TAUGHT, _TAKEN, _ALSO)),
    "room": (
        ("room_id {ids}",),
        ("room_id {ids}", "lesson_id IN (SELECT id FROM timetable_lesson WHERE room_id {ids})"),
    ),
}

_MEMBERSHIPS = """SELECT m.person_id, m.group_id, m.valid_from, m.valid_until FROM people_membership m
 WHERE m.organiser_id = %(organiser)s AND {of_pupils}
   AND m.valid_from <= %(last)s::date AND (m.valid_until IS NULL OR m.valid_until >= %(first)s::date)"""


def weekly_rows(by: str, ids: Iterable[int], asked: Mapping[str, Any]) -> list[Row]:
    """The weekly times chosen `by` groups, teacher, room, school, activity or address that reach into the days."""
    chosen = [f"SELECT l.id FROM timetable_lesson l WHERE l.{how}" for how in _CHOSEN[by][0]]
    return _rows(_WEEKLY, chosen, ids, asked)


def stored_rows(by: str, ids: Iterable[int], asked: Mapping[str, Any]) -> list[Row]:
    """The stored days that lie, or whose weekly time lies, between the days."""
    chosen = [
        f"SELECT o.id FROM timetable_lessonoccurrence o WHERE o.{how} AND {when}"
        for how in _CHOSEN[by][1]
        for when in (_BY_DAY, _BY_START)
    ]
    return _rows(_STORED, chosen, ids, asked)


def membership_rows(organiser_id: int, pupil_ids: Iterable[int], first: date, last: date) -> list[Row]:
    """(pupil, group, from, until) of the memberships that hold on any of the days."""
    asked = {"organiser": organiser_id, "first": first.isoformat(), "last": last.isoformat()}
    sql = _MEMBERSHIPS.format(of_pupils=is_one_of("m.person_id"))
    return rows(dialect(sql), {**asked, "ids": keys_as_parameter(pupil_ids)})


def _rows(sql: str, chosen: Iterable[str], ids: Iterable[int], asked: Mapping[str, Any]) -> list[Row]:
    either = " UNION ".join(chosen).format(ids=_IDS, also=_OTHERS)
    found = dialect(sql.format(chosen=either))
    return rows(found, {**asked, "ids": keys_as_parameter(ids), "also": keys_as_parameter(asked["also"])})
