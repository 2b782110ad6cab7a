"""What one day's lesson would collide with if it were moved: a closed day, a taken room, teacher or group. Warnings."""

from dataclasses import dataclass
from datetime import datetime

from skolnav.core.people.models import Membership
from skolnav.core.schools.calendar import Break
from skolnav.core.timetable.computing import timetable_of_school
from skolnav.core.timetable.models import Room
from skolnav.core.timetable.occurrences import Occurrence


@dataclass(frozen=True, slots=True)
class Clash:
    """A lesson that is there at that time, and what both would need."""

    lesson: Occurrence
    room: str = ""
    teachers: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clashes:
    """`closed` says why there is no school on the day, `is_no_school_day` also without a reason (a Saturday)."""

    lessons: tuple[Clash, ...]
    closed: Break | None
    is_no_school_day: bool

    def __bool__(self) -> bool:
        return bool(self.lessons) or self.is_no_school_day


def clashes_of(
    organiser_id: int, lesson: Occurrence, starts: datetime, ends: datetime, room: Room | None
) -> Clashes:
    """What stands in the way of a lesson at another time, on its new Stockholm day. Four statements."""
    day = starts.date()
    found = timetable_of_school(organiser_id, lesson.school_id, day, day)
    groups = _groups_with_the_same_pupils(lesson)
    others = [
        one
        for one in found.occurrences
        if (one.public_id, one.day) != (lesson.public_id, lesson.day)
        and not one.is_cancelled
        and one.starts.timestamp() < ends.timestamp()
        and one.ends.timestamp() > starts.timestamp()
    ]
    clashes = (_clash(one, lesson, room, groups) for one in others)
    return Clashes(
        tuple(one for one in clashes if one.room or one.teachers or one.groups),
        found.calendar.break_on(lesson.school_id, day),
        not found.calendar.is_school_day(lesson.school_id, day),
    )


def _clash(other: Occurrence, lesson: Occurrence, room: Room | None, groups: set[int]) -> Clash:
    mine = {one.id for one in lesson.led_by}
    return Clash(
        other,
        other.room if room is not None and other.room_id == room.pk else "",
        tuple(one.name for one in other.led_by if one.id in mine),
        tuple(one.name for one in other.groups if one.id in groups),
    )


def _groups_with_the_same_pupils(lesson: Occurrence) -> set[int]:
    """The lesson's groups, and every group that one of its pupils is in: half a class is busy with the whole."""
    theirs = Membership.everything.filter(Membership.valid_on(lesson.day), group__in=lesson.group_ids)
    shared = Membership.everything.filter(Membership.valid_on(lesson.day), person__in=theirs.values("person"))
    return {*lesson.group_ids, *shared.order_by().values_list("group_id", flat=True).distinct()}
