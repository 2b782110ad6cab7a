"""What attendance is taken of: a lesson, or in the youngest years a class's whole day; and by whom."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.http import Http404
from django.urls import reverse

from skolnav.core.access.viewer import Viewer
from skolnav.core.people.models import Group, Membership
from skolnav.core.tenancy import clock
from skolnav.core.timetable import rights
from skolnav.core.timetable.computing import lesson_on, timetable_of_groups
from skolnav.core.timetable.occurrences import Occurrence

# How long before it begins a register may be saved: the first pupils are in the room.
OPENS_BEFORE = timedelta(minutes=15)
# A class's day where the school has no timetable.
DAY_BEGINS, DAY_ENDS = time(8, 0), time(13, 30)


class OutOfTime(Exception):
    """A substitute's lesson, before or after the time it is open to them."""

    def __init__(self, lesson: Occurrence) -> None:
        super().__init__("The lesson is not open to its substitute now.")
        self.lesson = lesson


@dataclass(frozen=True, slots=True)
class Occasion:
    """A lesson (`lesson`), or a class's whole day (`group_id` and `group_public_id`). Moments are aware.

    `is_held` is False for a cancelled lesson and a day without school: there is nothing to take. `only_of` are a
    mentor's groups, where the lesson is another group's: of those who sit in it, the mentor corrects their own.
    """

    organiser_id: int
    school_id: int
    day: date
    starts: datetime
    ends: datetime
    title: str
    room: str
    group_ids: frozenset[int]
    lesson: Occurrence | None = None
    group_id: int | None = None
    group_public_id: str = ""
    is_held: bool = True
    only_of: frozenset[int] = frozenset()

    @property
    def minutes(self) -> int:
        """As they pass, also where summer time begins or ends within it."""
        return round((self.ends.timestamp() - self.starts.timestamp()) / 60)

    @property
    def address(self) -> str:
        return self._at("lesson", "class_day")

    @property
    def history_address(self) -> str:
        return self._at("lesson_history", "class_day_history")

    @property
    def held_on(self) -> date:
        """The Stockholm day it takes place: another than `day`, its address, when a lesson was moved."""
        return self.starts.astimezone(clock.STOCKHOLM).date()

    def is_open(self, now: datetime | None = None) -> bool:
        """Whether its register may be saved: it is held, and begins in a quarter of an hour at the latest."""
        return self.is_held and (now or clock.now()) >= self.starts - OPENS_BEFORE

    def is_on(self, now: datetime) -> bool:
        return self.starts - OPENS_BEFORE <= now < self.ends

    def _at(self, of_lesson: str, of_day: str) -> str:
        if self.lesson:
            kwargs = {"lesson": self.lesson.public_id, "day": self.day}
            return reverse(f"absence_staff:{of_lesson}", kwargs=kwargs)
        return reverse(f"absence_staff:{of_day}", kwargs={"group": self.group_public_id, "day": self.day})


def of_lesson(organiser_id: int, lesson: Occurrence) -> Occasion:
    """The occasion that a lesson is. No statement."""
    return Occasion(
        organiser_id=organiser_id,
        school_id=lesson.school_id,
        day=lesson.day,
        starts=lesson.starts,
        ends=lesson.ends,
        title=lesson_title(lesson),
        room=lesson.room,
        group_ids=lesson.group_ids,
        lesson=lesson,
        is_held=lesson.is_teaching,
    )


def lesson_title(lesson: Occurrence) -> str:
    """ "Matematik 5B"."""
    return " ".join(
        [lesson.title, *(group.name for group in lesson.groups if group.name not in lesson.title)]
    )


def of_class_day(group: Group, day: date, lessons: Sequence[Occurrence], *, is_held: bool) -> Occasion:
    """A class's day from its first lesson to the end of its last. `lessons` are that day's. No statement."""
    taught = [one for one in lessons if one.is_teaching]
    starts = min((one.starts for one in taught), default=_at_clock(day, DAY_BEGINS))
    ends = max((one.ends for one in taught), default=_at_clock(day, DAY_ENDS))
    return Occasion(
        organiser_id=group.organiser_id,
        school_id=group.school_id,
        day=day,
        starts=starts,
        ends=ends,
        title=group.name,
        room="",
        group_ids=frozenset([group.pk]),
        group_id=group.pk,
        group_public_id=group.public_id,
        is_held=is_held,
    )


def opened_lesson(viewer: Viewer, public_id: str, day: date) -> Occasion:
    """The lesson at an address, for whoever works with it, and for the mentor of somebody in it. Four statements, five
    for such a mentor.

    Raises Http404 for everybody else, and OutOfTime for its substitute before and after.
    """
    lesson = lesson_on(viewer.organiser_id, public_id, day)
    if lesson is None or lesson.kind == "break":
        raise Http404
    if not rights.may_work_with(viewer, lesson):
        if rights.is_substitute(viewer, lesson):
            raise OutOfTime(lesson)
        if not _sit_in(viewer.mentor_group_ids, lesson):
            raise Http404
        return replace(of_lesson(viewer.organiser_id, lesson), only_of=viewer.mentor_group_ids)
    return of_lesson(viewer.organiser_id, lesson)


def opened_class_day(viewer: Viewer, public_id: str, day: date) -> Occasion:
    """A class's day, for its staff and those who lead its school; four statements. Raises Http404 for others."""
    group = class_of(viewer, public_id)
    found = timetable_of_groups(viewer.organiser_id, [group.pk], day, day)
    is_held = found.calendar.is_school_day(group.school_id, day)
    return of_class_day(group, day, found.on(day), is_held=is_held)


def class_of(viewer: Viewer, public_id: str) -> Group:
    """A class that the viewer works with, takes a lesson of just now, or whose school they lead. One statement."""
    theirs = Q(pk__in=viewer.staff_group_ids) | Q(school__in=viewer.led_school_ids)
    theirs |= Q(pk__in=rights.groups_taken_now(viewer))
    classes = Group.objects.visible_to(viewer).filter(theirs, kind=Group.Kind.CLASS)
    return classes.get_or_404(public_id=public_id)


def may_take(viewer: Viewer, occasion: Occasion) -> bool:
    """Whether the viewer takes this register. For actions; pages come through opened_…. No statement."""
    if occasion.only_of:
        return occasion.only_of <= viewer.mentor_group_ids
    if occasion.lesson:
        return rights.may_work_with(viewer, occasion.lesson)
    return occasion.group_id in viewer.staff_group_ids or occasion.school_id in viewer.led_school_ids


def may_correct(viewer: Viewer, occasion: Occasion) -> bool:
    """Whether the viewer corrects it on a later day: a mentor of its groups, or who leads the school."""
    mentors = (occasion.group_ids | occasion.only_of) & viewer.mentor_group_ids
    return bool(mentors) or occasion.school_id in viewer.led_school_ids


def _sit_in(group_ids: frozenset[int], lesson: Occurrence) -> bool:
    """Whether somebody of the groups is in the lesson. One statement, none without groups."""
    if not group_ids:
        return False
    members = Membership.everything.filter(Membership.valid_on(lesson.starts.date()))
    theirs = members.filter(group__in=group_ids).values("person_id")
    return members.filter(group__in=lesson.group_ids, person__in=theirs).exists()


def _at_clock(day: date, at: time) -> datetime:
    return datetime.combine(day, at, clock.STOCKHOLM)
