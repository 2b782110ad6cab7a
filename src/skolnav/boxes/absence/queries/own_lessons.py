"""A member of staff's own registers of a day: lessons, and the whole days of their youngest classes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from skolnav.core.access.viewer import GroupRef, Viewer
from skolnav.core.people.models import Group
from skolnav.core.timetable.computing import timetable
from skolnav.core.timetable.occurrences import Occurrence, Timetable
from skolnav.core.timetable.rights import may_work_with

from .groups_today import Taken, groups_today
from .occasions import Occasion, of_class_day, of_lesson
from .youngest import young_groups


@dataclass(frozen=True, slots=True)
class OwnRegister:
    """A register that is the viewer's to take, and whether it has been. `pupils` is how many are in its
    groups."""

    occasion: Occasion
    is_taken: bool
    pupils: int
    # How many are reported away for all of it.
    away: int
    # A substitute's lesson before and after its time: its page is closed to them.
    is_closed: bool = False

    @property
    def takes_now(self) -> bool:
        return self.occasion.is_open() and not self.is_closed


def own_registers(viewer: Viewer, day: date) -> list[OwnRegister]:
    """The viewer's registers of a day by when they begin. Four statements, three for who has neither lesson nor class.

    Lessons that a substitute takes are the substitute's. Those of the youngest classes are not demanded, but their
    mentor's whole day is.
    """
    classes = [one for one in viewer.staff_groups if one.role == "mentor" and one.kind == Group.Kind.CLASS]
    also = [one.id for one in classes]
    found = timetable(viewer.organiser_id, "work", [viewer.person_id], day, day, also=also)
    lessons = [one for one in found.on(day) if _is_theirs(viewer, one)]
    groups = {group for one in lessons for group in one.group_ids} | set(also)
    if not groups:
        return []
    today = groups_today(viewer.organiser_id, groups, day)
    young = young_groups(today.facts, groups)
    held = [one for one in classes if one.id in young and found.calendar.is_school_day(one.school_id, day)]
    occasions = [_class_day(viewer, one, day, found) for one in held]
    occasions += [of_lesson(viewer.organiser_id, one) for one in lessons if not one.group_ids <= young]
    return [
        OwnRegister(
            occasion=one,
            is_taken=is_taken(one, today.taken),
            pupils=sum(today.facts[group].pupils for group in one.group_ids if group in today.facts),
            away=today.away(one.group_ids, one.starts, one.ends),
            is_closed=_is_closed(viewer, one),
        )
        for one in sorted(occasions, key=lambda one: (one.starts, one.title))
        if one.group_ids & today.facts.keys()
    ]


def is_taken(occasion: Occasion, taken: Taken) -> bool:
    return (_stored(occasion), occasion.group_id) in taken


def first_to_take(registers: Sequence[OwnRegister], now: datetime) -> OwnRegister | None:
    """The lesson that is on, else the first of the day not yet reported, else the next one."""
    waiting = [one for one in registers if one.occasion.is_held and not one.is_taken]
    on_now = [one for one in waiting if one.takes_now and one.occasion.is_on(now)]
    begun = [one for one in waiting if one.takes_now]
    coming = [one for one in waiting if one.occasion.starts > now]
    return next(iter([*on_now[-1:], *begun[:1], *coming[:1]]), None)


def _class_day(viewer: Viewer, group: GroupRef, day: date, found: Timetable) -> Occasion:
    """A class's whole day, as long as its lessons. No statement."""
    row = Group(
        pk=group.id,
        public_id=group.public_id,
        name=group.name,
        school_id=group.school_id,
        organiser_id=viewer.organiser_id,
    )
    lessons = [lesson for lesson in found.on(day) if group.id in lesson.group_ids]
    return of_class_day(row, day, lessons, is_held=True)


def _is_theirs(viewer: Viewer, lesson: Occurrence) -> bool:
    on_duty = lesson.school_id in viewer.staff_school_ids
    return on_duty and lesson.kind != "break" and any(one.id == viewer.person_id for one in lesson.led_by)


def _is_closed(viewer: Viewer, occasion: Occasion) -> bool:
    lesson = occasion.lesson
    return lesson is not None and not may_work_with(viewer, lesson)


def _stored(occasion: Occasion) -> int | None:
    return occasion.lesson.occurrence_id if occasion.lesson else None
