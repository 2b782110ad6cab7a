"""Registers that nobody has taken, without false alarms: what was held, had pupils, and is over."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from skolnav.boxes.absence.models import Register
from skolnav.core.access.viewer import Viewer
from skolnav.core.people.models import Group
from skolnav.core.people.validity import valid_on
from skolnav.core.schools.calendar import SchoolCalendar, school_calendar
from skolnav.core.tenancy import clock
from skolnav.core.timetable.computing import timetable
from skolnav.core.timetable.models import Activity
from skolnav.core.timetable.occurrences import Occurrence
from skolnav.core.timetable.rights import may_work_with

from .occasions import Occasion, of_class_day, of_lesson
from .youngest import GroupFacts, facts_of_groups, young_groups

SCHOOL_DAYS = 10
# A summer and more: farther back there are no ten school days either.
_FARTHEST = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Missing:
    """A register that waits, and who led the lesson."""

    occasion: Occasion
    teachers: str


def missing_registers(viewer: Viewer) -> list[Missing]:
    """The last ten school days' registers that were not taken, the latest first: one's own lessons, those of the
    groups whose mentor one is, and all of a school that one leads. Eleven statements at most, for any number."""
    today = viewer.today
    calendar = school_calendar(viewer.organiser_id, today - _FARTHEST, today)
    first = min((_first_day(calendar, school, today) for school in viewer.staff_school_ids), default=today)
    lessons = _lessons(viewer, first, calendar)
    classes = _classes(viewer)
    groups = {group for one in lessons for group in one.group_ids} | {one.pk for one in classes}
    facts = facts_of_groups(groups, first, today) if groups else {}
    young = young_groups(facts, groups)
    found = [of_lesson(viewer.organiser_id, one) for one in lessons if not one.group_ids <= young]
    found += _class_days([one for one in classes if one.pk in young], lessons, calendar, first, today)
    taken = _taken(viewer, first)
    now = clock.now()
    waiting = [one for one in found if _is_due(one, facts, now) and not _keys(one) & taken]
    return [
        Missing(one, ", ".join(teacher.name for teacher in one.lesson.led_by) if one.lesson else "")
        for one in sorted(waiting, key=lambda one: (one.starts, one.title), reverse=True)
    ]


def _first_day(calendar: SchoolCalendar, school_id: int, today: date) -> date:
    days = calendar.school_days(school_id, today - _FARTHEST, today)
    return days[-SCHOOL_DAYS:][0] if days else today


def _lessons(viewer: Viewer, first: date, calendar: SchoolCalendar) -> list[Occurrence]:
    """What the viewer may be asked for. Two statements for each of the ways: own, as a mentor, as a leader; one for the
    activities, since what has not begun, or is over, has no lessons whatever its times say."""
    ways: list[tuple[str, Iterable[int]]] = [
        ("teacher", [viewer.person_id]),
        ("groups", viewer.mentor_group_ids),
        ("school", viewer.led_school_ids),
    ]
    found: dict[tuple[str, date], Occurrence] = {}
    for by, ids in ways:
        if ids:
            lessons = timetable(viewer.organiser_id, by, ids, first, viewer.today, calendar=calendar)
            found |= {(one.public_id, one.day): one for one in lessons.occurrences if one.is_teaching}
    theirs = [one for one in found.values() if _is_theirs(viewer, one)]
    activities = Activity.everything.filter(pk__in={one.activity_id for one in theirs})
    valid = {row[0]: row[1:] for row in activities.values_list("pk", "valid_from", "valid_until")}
    return [one for one in theirs if _holds(one.day, *valid[one.activity_id])]


def _is_theirs(viewer: Viewer, lesson: Occurrence) -> bool:
    """A lesson that a substitute took is the substitute's, as long as it is open to them, and the mentor's."""
    leads_it = any(one.id == viewer.person_id for one in lesson.led_by)
    others = lesson.group_ids & viewer.mentor_group_ids or lesson.school_id in viewer.led_school_ids
    return may_work_with(viewer, lesson) and bool(leads_it or others)


def _holds(day: date, since: date, until: date | None) -> bool:
    return since <= day and (until is None or day <= until)


def _classes(viewer: Viewer) -> list[Group]:
    theirs = Q(pk__in=viewer.mentor_group_ids) | Q(school__in=viewer.led_school_ids)
    classes = Group.objects.visible_to(viewer).filter(theirs, valid_on(viewer.today), kind=Group.Kind.CLASS)
    return list(classes)


def _class_days(
    classes: Sequence[Group], lessons: Sequence[Occurrence], calendar: SchoolCalendar, first: date, last: date
) -> list[Occasion]:
    """The whole days of the youngest classes. No statement."""
    of_day: dict[tuple[int, date], list[Occurrence]] = {}
    for lesson in lessons:
        for group_id in lesson.group_ids:
            of_day.setdefault((group_id, lesson.starts.date()), []).append(lesson)
    return [
        of_class_day(group, day, of_day.get((group.pk, day), []), is_held=True)
        for group in classes
        for day in calendar.school_days(group.school_id, first, last)
    ]


def _taken(viewer: Viewer, first: date) -> set[tuple[object, ...]]:
    registers = Register.everything.filter(school__in=viewer.staff_school_ids, day__gte=first)
    rows = registers.values_list("occurrence_id", "group_id", "day")
    return {("lesson", row[0]) if row[0] else ("day", row[1], row[2]) for row in rows}


def _keys(occasion: Occasion) -> set[tuple[object, ...]]:
    if occasion.lesson:
        return {("lesson", occasion.lesson.occurrence_id)}
    return {("day", occasion.group_id, occasion.day)}


def _is_due(occasion: Occasion, facts: Mapping[int, GroupFacts], now: datetime) -> bool:
    pupils = any(
        group in facts and facts[group].has_pupils_on(occasion.held_on) for group in occasion.group_ids
    )
    return occasion.is_held and occasion.ends <= now and pupils
