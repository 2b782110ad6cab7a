"""One statement for everything that decides a child's days at fritids. Prepared: every start page asks it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from skolnav.core.tenancy import clock
from skolnav.core.tenancy.statements import dialect, from_json, keys_as_parameter, rows

_VALID = "({0}.valid_from <= {1}::date AND ({0}.valid_until IS NULL OR {0}.valid_until >= {2}::date))"
_IDS = "= ANY(%(ids)s::bigint[])"
_OF_PUPILS = f"pupil_id {_IDS}"
_IN_DAYS = "day >= %(first)s::date AND day <= %(last)s::date"
_REACHES = "first_day <= %(last)s::date AND (last_day IS NULL OR last_day >= %(first)s::date)"
_OF_SCHOOLS = "school_id IN (SELECT school_id FROM place)"
# Whoever collects by the word of a guardian who has lost custody, or may not have contact, collects no longer
# (queries/custody.py): then the rest of the day holds, and the usual collector comes. A child goes home alone by no
# such word either.
_LOST = "EXISTS (SELECT 1 FROM lost WHERE lost.pupil_id = {0}.pupil_id AND lost.guardian_id = {0}.{1})"
_DAY_LOST, _PATTERN_LOST = _LOST.format("d", "set_by_id"), _LOST.format("pattern", "owner_id")

_STATEMENT = f"""WITH place AS (
    SELECT DISTINCT m.person_id AS pupil_id, g.school_id FROM people_membership m
      JOIN people_group g ON g.id = m.group_id
     WHERE m.person_id {_IDS} AND g.kind = 'educare' AND {_VALID.format("m", "%(last)s", "%(today)s")}
), pattern AS (
    SELECT * FROM educare_carepattern WHERE {_OF_PUPILS} AND {_REACHES}
), lost AS (
    SELECT g.pupil_id, g.guardian_id FROM people_guardianship g WHERE {_OF_PUPILS} GROUP BY g.pupil_id, g.guardian_id
    HAVING SUM(CASE WHEN g.ended_at IS NULL AND g.restricted_at IS NULL
               AND {_VALID.format("g", "%(today)s", "%(today)s")} THEN 1 ELSE 0 END) = 0
) SELECT
    (SELECT json_agg(json_build_array(pupil_id, school_id)) FROM place)::text,
    (SELECT json_agg(json_build_array(pupil_id, day, comes_at, leaves_at, is_off,
            CASE WHEN {_DAY_LOST} THEN NULL ELSE collector_id END, CASE WHEN {_DAY_LOST} THEN '' ELSE collected_by END,
            goes_alone AND NOT {_DAY_LOST}, version)) FROM educare_caretime d WHERE {_OF_PUPILS} AND {_IN_DAYS})::text,
    (SELECT json_agg(json_build_array(id, pupil_id, owner_id, weeks, cycle_start, first_day, last_day, begun_at))
       FROM pattern)::text,
    (SELECT json_agg(json_build_array(t.pattern_id, t.week, t.weekday, t.comes_at, t.leaves_at,
            CASE WHEN {_PATTERN_LOST} THEN NULL ELSE t.collector_id END, t.goes_alone AND NOT {_PATTERN_LOST}))
       FROM pattern JOIN educare_patterntime t ON t.pattern_id = pattern.id)::text,
    (SELECT json_agg(json_build_array(a.pupil_id, a.weeks, a.cycle_start, w.week, w.guardian_id))
       FROM educare_homeagreement a JOIN educare_homeweek w ON w.agreement_id = a.id
      WHERE a.pupil_id {_IDS} AND a.agreed_at IS NOT NULL AND a.ended_at IS NULL AND EXISTS (
            SELECT 1 FROM people_guardianship g WHERE g.pupil_id = a.pupil_id AND g.guardian_id = w.guardian_id
               AND g.ended_at IS NULL AND g.restricted_at IS NULL
               AND {_VALID.format("g", "%(today)s", "%(today)s")}))::text,
    (SELECT json_agg(json_build_array(id, public_id, pupil_id, name, is_usual)) FROM educare_collector c
      WHERE {_OF_PUPILS} AND removed_at IS NULL AND NOT {_LOST.format("c", "added_by_id")})::text,
    (SELECT json_agg(json_build_array(school_id, lock_days)) FROM educare_educaresettings WHERE {_OF_SCHOOLS})::text,
    (SELECT json_agg(json_build_array(school_id, weekday, opens, closes)) FROM educare_openinghours
      WHERE {_OF_SCHOOLS})::text,
    (SELECT json_agg(json_build_array(school_id, day, reason)) FROM educare_closingday
      WHERE {_OF_SCHOOLS} AND {_IN_DAYS})::text,
    (SELECT json_agg(json_build_array(school_id, public_id, name, first_day, last_day, deadline))
       FROM educare_holidayround WHERE {_OF_SCHOOLS} AND {_REACHES})::text,
    (SELECT json_agg(json_build_array(c.pupil_id, c.day)) FROM educare_daycomment c
      WHERE c.pupil_id {_IDS} AND %(person)s <> 0 AND c.is_from_staff AND c.day >= %(unread_since)s::date
        AND NOT EXISTS (SELECT 1 FROM educare_commentseen s WHERE s.pupil_id = c.pupil_id AND s.day = c.day
               AND s.person_id = %(person)s AND s.seen_at >= c.written_at))::text,
    (SELECT json_agg(json_build_array(pupil_id, public_id, proposed_by_id)) FROM educare_homeagreement
      WHERE {_OF_PUPILS} AND agreed_at IS NULL AND ended_at IS NULL)::text"""

UNREAD_DAYS = 30


@dataclass(frozen=True, slots=True)
class Found:
    """The statement's lists, as the database gave them; `plans` and `locks` make sense of them."""

    places: list[Any]
    times: list[Any]
    patterns: list[Any]
    pattern_times: list[Any]
    home_weeks: list[Any]
    collectors: list[Any]
    settings: list[Any]
    hours: list[Any]
    closed: list[Any]
    rounds: list[Any]
    unread: list[Any]
    proposals: list[Any]


def read(pupil_ids: Iterable[int], first: date, last: date, person_id: int = 0) -> Found:
    """Everything about the pupils' days from `first` to `last`; unread comments for `person_id`. One statement."""
    today = clock.today()
    asked = {
        "ids": keys_as_parameter(pupil_ids),
        "first": first.isoformat(),
        "last": max(last, today).isoformat(),
        "today": today.isoformat(),
        "person": person_id,
        "unread_since": date.fromordinal(today.toordinal() - UNREAD_DAYS).isoformat(),
    }
    return Found(*map(from_json, rows(dialect(_STATEMENT), asked)[0]))
