"""A member of staff's own registers of a day: lessons, and the whole days of their youngest classes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from skolnav.boxes.absence.models import Register
from skolnav.core.access.viewer import GroupRef, Viewer
from skolnav.core.people.models import Group
from skolnav.core.schools.calendar import SchoolCalendar
from skolnav.core.timetable.computing import timetable, timetable_of_teacher
from skolnav.core.timetable.occurrences import Occurrence
from skolnav.core.timetable.rights import may_work_with

from .occasions import Occasion, of_class_day, of_lesson
from .youngest import GroupFacts, facts_of_groups, young_groups

Taken = set[tuple[int | None, int | None]]


@dataclass(frozen=True, slots=True)
class OwnRegister:
    """A register that is the viewer's to take, and whether it has been. `pupils` is how many are in its groups."""

    occasion: Occasion
    is_taken: bool
    pupils: int
    # A substitute's lesson before and after its time: its page is closed to them.
    is_closed: bool = False

    @property
    def takes_now(self) -> bool:
        return self.occasion.is_open() and not self.is_closed


def own_registers(viewer: Viewer, day: date) -> list[OwnRegister]:
    """The viewer's registers of a day by when they begin. Three statements for who has none, five for who has some, and
    two more for the mentor of a class that takes attendance once a day.

    Lessons that a substitute takes are the substitute's. Those of the youngest classes are not demanded, but their
    mentor's whole day is.
    """
    classes = [one for one in viewer.staff_groups if one.role == "mentor" and one.kind == Group.Kind.CLASS]
    found = timetable_of_teacher(viewer.organiser_id, viewer.person_id, day, day)
    lessons = [one for one in found.on(day) if _is_theirs(viewer, one)]
    groups = {group for one in lessons for group in one.group_ids} | {one.id for one in classes}
    facts = facts_of_groups(groups, day, day) if groups else {}
    young = young_groups(facts, groups)
    days = _class_days(viewer, [one for one in classes if one.id in young], day, found.calendar)
    of_lessons = [of_lesson(viewer.organiser_id, one) for one in lessons if not one.group_ids <= young]
    occasions = [one for one in [*days, *of_lessons] if one.group_ids & facts.keys()]
    taken = taken_of(occasions, day)
    return [
        OwnRegister(one, is_taken(one, taken), _pupils(one, facts), _is_closed(viewer, one))
        for one in sorted(occasions, key=lambda one: (one.starts, one.title))
    ]


def taken_of(occasions: Iterable[Occasion], day: date) -> Taken:
    """(occurrence, group) of the registers taken of a day's occasions. One statement, none where none can be."""
    schools = {one.school_id for one in occasions if one.group_id or _stored(one)}
    rows = Register.everything.filter(school__in=schools, day=day) if schools else Register.everything.none()
    return set(rows.values_list("occurrence_id", "group_id"))


def is_taken(occasion: Occasion, taken: Taken) -> bool:
    return (_stored(occasion), occasion.group_id) in taken


def first_to_take(registers: Sequence[OwnRegister], now: datetime) -> OwnRegister | None:
    """The lesson that is on, else the first of the day not yet reported, else the next one."""
    waiting = [one for one in registers if one.occasion.is_held and not one.is_taken]
    on_now = [one for one in waiting if one.takes_now and one.occasion.is_on(now)]
    begun = [one for one in waiting if one.takes_now]
    coming = [one for one in waiting if one.occasion.starts > now]
    return next(iter([*on_now[-1:], *begun[:1], *coming[:1]]), None)


def _class_days(
    viewer: Viewer, classes: Sequence[GroupRef], day: date, calendar: SchoolCalendar
) -> list[Occasion]:
    """The whole days of classes, as long as their lessons. Two statements, none without classes."""
    held = [one for one in classes if calendar.is_school_day(one.school_id, day)]
    if not held:
        return []
    ids = [one.id for one in held]
    lessons = timetable(viewer.organiser_id, "groups", ids, day, day, calendar=calendar).on(day)
    return [
        of_class_day(
            Group(
                pk=one.id,
                public_id=one.public_id,
                name=one.name,
                school_id=one.school_id,
                organiser_id=viewer.organiser_id,
            ),
            day,
            [lesson for lesson in lessons if one.id in lesson.group_ids],
            is_held=True,
        )
        for one in held
    ]


def _is_theirs(viewer: Viewer, lesson: Occurrence) -> bool:
    on_duty = lesson.school_id in viewer.staff_school_ids
    return on_duty and lesson.kind != "break" and any(one.id == viewer.person_id for one in lesson.led_by)


def _is_closed(viewer: Viewer, occasion: Occasion) -> bool:
    lesson = occasion.lesson
    return lesson is not None and not may_work_with(viewer, lesson)


def _stored(occasion: Occasion) -> int | None:
    return occasion.lesson.occurrence_id if occasion.lesson else None


def _pupils(occasion: Occasion, facts: Mapping[int, GroupFacts]) -> int:
    return sum(facts[group].pupils for group in occasion.group_ids if group in facts)
