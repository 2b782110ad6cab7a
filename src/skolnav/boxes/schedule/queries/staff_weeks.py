"""Weeks as staff look at them: their own, a class's, a room's, a colleague's."""

from collections.abc import Sequence
from dataclasses import dataclass

from skolnav.core.access.viewer import Viewer
from skolnav.core.people.models import Group
from skolnav.core.people.validity import valid_on
from skolnav.core.timetable.computing import (
    timetable_of_groups,
    timetable_of_room,
    timetable_of_teacher,
)
from skolnav.core.timetable.models import Room
from skolnav.core.timetable.occurrences import Occurrence, Timetable
from skolnav.core.web.addresses import url

from ..rules import knows_of
from .asked import Asked
from .colleagues import colleagues
from .weeks import Day, days_of, shown_dates

MOST_CHOICES = 500


@dataclass(frozen=True, slots=True)
class Choices:
    """Whose weeks one may pick: (public id, name) of each kind."""

    groups: Sequence[tuple[str, str]]
    rooms: Sequence[tuple[str, str]]
    people: Sequence[tuple[str, str]]


def week_of_teacher(viewer: Viewer, person_id: int, asked: Asked) -> list[Day]:
    """Somebody's lessons at the viewer's schools (or all of their own), as teacher and substitute. Three statements."""
    found = timetable_of_teacher(viewer.organiser_id, person_id, asked.monday, asked.sunday)
    is_own = person_id == viewer.person_id
    lessons = [one for one in found.occurrences if is_own or one.school_id in viewer.staff_school_ids]
    school_id = lessons[0].school_id if lessons else viewer.staff_schools[0].id
    return _days(viewer, found, lessons, school_id, asked)


def week_of_group(viewer: Viewer, group: Group, asked: Asked) -> list[Day]:
    """A class's or group's lessons. Three statements."""
    found = timetable_of_groups(viewer.organiser_id, [group.pk], asked.monday, asked.sunday, clip=False)
    return _days(viewer, found, found.occurrences, group.school_id, asked)


def week_of_room(viewer: Viewer, room: Room, asked: Asked) -> list[Day]:
    """What takes place in a room. Three statements."""
    found = timetable_of_room(viewer.organiser_id, room.pk, asked.monday, asked.sunday)
    return _days(viewer, found, found.occurrences, room.school_id, asked)


def choices_of(viewer: Viewer) -> Choices:
    """The groups, rooms and colleagues of the viewer's schools. Three statements."""
    groups = Group.objects.visible_to(viewer).filter(valid_on(viewer.today))
    people = colleagues(viewer).exclude(pk=viewer.person_id)[:MOST_CHOICES]
    return Choices(
        groups=list(groups.values_list("public_id", "name")[:MOST_CHOICES]),
        rooms=list(Room.objects.visible_to(viewer).values_list("public_id", "name")[:MOST_CHOICES]),
        people=[(one.public_id, one.full_name) for one in people],
    )


def address_of(lesson: Occurrence) -> str:
    """The lesson's own page."""
    return url("schedule_staff:lesson", lesson=lesson.public_id, day=lesson.day.isoformat())


def _days(
    viewer: Viewer, found: Timetable, lessons: Sequence[Occurrence], school_id: int, asked: Asked
) -> list[Day]:
    dates = shown_dates(asked, lessons)
    return days_of(
        dates,
        lessons,
        found.calendar,
        school_id,
        asked,
        lambda lesson: address_of(lesson) if knows_of(viewer, lesson) else "",
    )
