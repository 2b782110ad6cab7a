"""The week grid as the office works with it: a class's weekly times, and what a form may choose among."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from skolnav.core.access.viewer import Viewer
from skolnav.core.people.models import Duty, Group, Person
from skolnav.core.people.validity import valid_on
from skolnav.core.schools.calendar import Break, school_calendar
from skolnav.core.schools.models import SchoolUnit, SchoolYear
from skolnav.core.tenancy import clock
from skolnav.core.timetable.models import (
    Activity,
    ActivityGroup,
    ActivityTeacher,
    Lesson,
    LessonMark,
    Room,
)

from .patterns import week_in_cycle

FRIDAY, JULY = 4, 7
# Kinds of groups that have lessons, classes first.
TAUGHT = (Group.Kind.CLASS, Group.Kind.TEACHING, Group.Kind.MENTOR, Group.Kind.OTHER)
NEXT_BREAKS, LOOK_AHEAD = 3, timedelta(days=180)


@dataclass(frozen=True, slots=True)
class GroupLine:
    group: Group
    lessons: int


@dataclass(frozen=True, slots=True)
class SchoolLine:
    school: SchoolUnit
    groups: list[GroupLine]


@dataclass(frozen=True, slots=True)
class WeeklyLine:
    """One weekly time in the grid. `is_to_come`: it has not begun yet. `week` of its cycle: 0 is an A week."""

    lesson: Lesson
    groups: tuple[str, ...]
    teachers: tuple[str, ...]
    bring: str
    is_to_come: bool
    week: int


@dataclass(frozen=True)
class ClassWeek:
    """The weekly times of a group that are not over, by weekday; `breaks` are the next days without school;
    `this_week` is 0 in an A week, 1 in a B week."""

    group: Group
    days: Sequence[tuple[int, Sequence[WeeklyLine]]]
    breaks: Sequence[Break]
    activities: Sequence[Activity]
    this_week: int

    @property
    def is_empty(self) -> bool:
        return not any(lines for _, lines in self.days)


def schools_led(viewer: Viewer) -> list[SchoolLine]:
    """The viewer's schools with their groups and how many weekly times each has. Four statements."""
    schools = list(SchoolUnit.objects.filter(pk__in=viewer.led_school_ids, ended_on=None))
    groups = Group.objects.visible_to(viewer).filter(
        valid_on(viewer.today), school__in=viewer.led_school_ids, kind__in=TAUGHT
    )
    counts = dict(
        Lesson.everything.filter(
            organiser_id=viewer.organiser_id,
            activity__school__in=viewer.led_school_ids,
            last_day__gte=viewer.today,
        )
        .order_by()
        .values_list("activity")
        .annotate(Count("pk"))
    )
    of_group: dict[int, int] = defaultdict(int)
    for group_id, activity_id in ActivityGroup.objects.filter(activity__in=list(counts)).values_list(
        "group_id", "activity_id"
    ):
        of_group[group_id] += counts[activity_id]
    by_school: dict[int, list[GroupLine]] = defaultdict(list)
    for group in sorted(groups, key=lambda one: (one.kind != Group.Kind.CLASS, one.name)):
        by_school[group.school_id].append(GroupLine(group, of_group[group.pk]))
    return [SchoolLine(school, by_school[school.pk]) for school in schools]


def class_week(viewer: Viewer, group: Group) -> ClassWeek:
    """A group's weekly times that are not over. Seven statements."""
    activities = list(
        Activity.objects.editable_by(viewer).filter(
            pk__in=ActivityGroup.objects.filter(group=group).values("activity")
        )
    )
    lessons = list(
        Lesson.objects.editable_by(viewer)
        .filter(activity__in=[one.pk for one in activities], last_day__gte=viewer.today)
        .select_related("activity", "room")
        .order_by("weekday", "starts_at", "ends_at", "weeks", "week", "first_day", "pk")
    )
    cycle_start = clock.monday_of(school_year(viewer.organiser_id, viewer.today)[0])
    lines = _lines(lessons, viewer.today, cycle_start)
    last = max([FRIDAY, *(lesson.weekday for lesson in lessons)])
    days = [(day, [one for one in lines if one.lesson.weekday == day]) for day in range(last + 1)]
    in_use = {lesson.activity_id for lesson in lessons}
    calendar = school_calendar(viewer.organiser_id, viewer.today, viewer.today + LOOK_AHEAD)
    coming = [one for one in calendar.breaks.get(group.school_id, ()) if one.span.last_day >= viewer.today]
    return ClassWeek(
        group,
        days,
        sorted(coming, key=lambda one: one.span.first_day)[:NEXT_BREAKS],
        [one for one in activities if one.pk in in_use],
        (clock.monday_of(viewer.today) - cycle_start).days // 7 % 2,
    )


def _lines(lessons: Sequence[Lesson], today: date, cycle_start: date) -> list[WeeklyLine]:
    activity_ids = {lesson.activity_id for lesson in lessons}
    groups: dict[int, list[str]] = defaultdict(list)
    for activity_id, name in ActivityGroup.objects.filter(activity__in=activity_ids).values_list(
        "activity_id", "group__name"
    ):
        groups[activity_id].append(name)
    teachers: dict[int, list[str]] = defaultdict(list)
    not_over = Q(valid_until=None) | Q(valid_until__gte=today)
    for activity_id, given, family in (
        ActivityTeacher.objects.filter(not_over, activity__in=activity_ids)
        .order_by("person__family_name", "person__given_name")
        .values_list("activity_id", "person__given_name", "person__family_name")
    ):
        teachers[activity_id].append(f"{given} {family}")
    bring: dict[int | None, list[str]] = defaultdict(list)
    for lesson_id, text in LessonMark.everything.filter(
        lesson__in=[lesson.pk for lesson in lessons], kind=LessonMark.Kind.BRING
    ).values_list("lesson_id", "text"):
        bring[lesson_id].append(text)
    return [
        WeeklyLine(
            lesson,
            tuple(sorted(groups[lesson.activity_id])),
            tuple(teachers[lesson.activity_id]),
            ", ".join(bring[lesson.pk]),
            lesson.first_day > today,
            week_in_cycle(lesson, cycle_start),
        )
        for lesson in lessons
    ]


def bring_of(lesson: Lesson) -> str:
    """What to bring each week, as one line. One statement."""
    marks = LessonMark.everything.filter(lesson=lesson, kind=LessonMark.Kind.BRING)
    return ", ".join(marks.values_list("text", flat=True))


@dataclass(frozen=True)
class Choices:
    """What a form for one school's weekly times offers. `cycle_start` is the Monday that A weeks are counted from."""

    school_id: int
    first_day: date
    last_day: date
    activities: Sequence[Activity] = ()
    rooms: Sequence[Room] = ()

    @property
    def cycle_start(self) -> date:
        return clock.monday_of(self.first_day)


@dataclass(frozen=True)
class People:
    """Whom an activity may be for, and who may teach it."""

    groups: Sequence[Group]
    staff: Sequence[Person]


def choices_for(viewer: Viewer, group: Group) -> Choices:
    """Rooms of the group's school, the group's own activities, and the school year. Three statements."""
    year = school_year(viewer.organiser_id, viewer.today)
    of_group = ActivityGroup.objects.filter(group=group).values("activity")
    activities = Activity.objects.editable_by(viewer).filter(
        Q(valid_until=None) | Q(valid_until__gte=viewer.today), school=group.school_id, pk__in=of_group
    )
    return Choices(
        group.school_id,
        *year,
        activities=list(activities),
        rooms=list(Room.everything.filter(school=group.school_id)),
    )


def people_for(viewer: Viewer, school_id: int) -> People:
    """Groups and staff of a school today. Two statements."""
    groups = Group.objects.visible_to(viewer).filter(
        valid_on(viewer.today), school=school_id, kind__in=TAUGHT
    )
    return People(list(groups), staff_of(school_id, viewer.today))


def staff_of(school_id: int, day: date) -> list[Person]:
    """Whoever is on duty at a school on a day, or for all of the organiser's schools, by name. One statement."""
    on_duty = Duty.everything.filter(valid_on(day), Q(school=school_id) | Q(school=None)).values("person")
    people = Person.everything.filter(pk__in=on_duty, is_active=True)
    return list(people.order_by("family_name", "given_name", "pk"))


def school_year(organiser_id: int, day: date) -> tuple[date, date]:
    """The first and last day of the school year that holds a day; else of the next, else of the last there was, else
    August to June. One statement."""
    years = list(SchoolYear.objects.filter(organiser_id=organiser_id).order_by("first_day"))
    not_over = [year for year in years if year.last_day >= day]
    year = not_over[0] if not_over else (years[-1] if years else None)
    if year is not None:
        return year.first_day, year.last_day
    autumn = day.year if day.month >= JULY else day.year - 1
    return date(autumn, 8, 15), date(autumn + 1, 6, 15)
