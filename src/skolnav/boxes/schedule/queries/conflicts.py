"""What a weekly time would collide with: a room, a teacher or a group that is taken. Warnings, never a bar."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet, Value

from skolnav.core.timetable.models import ActivityGroup, ActivityTeacher, Lesson

from .patterns import Pattern, first_meeting

GROUP, TEACHER = "group", "teacher"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A weekly time before it is saved, with what it takes: room, groups and teachers by key."""

    pattern: Pattern
    room_id: int | None
    group_ids: Collection[int]
    teacher_ids: Collection[int]
    replaces: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """A lesson that is there already; `day` is the first on which both would take place."""

    lesson: Lesson
    day: date
    room: str = ""
    groups: tuple[str, ...] = field(default=())
    teachers: tuple[str, ...] = field(default=())


def conflicts_of(organiser_id: int, wanted: Wanted) -> list[Conflict]:
    """The weekly times in the way, in order of their first common day. Two statements, whatever is found."""
    pattern = wanted.pattern
    busy = Q(room=wanted.room_id) if wanted.room_id else Q(pk__in=[])
    busy |= Q(activity__in=ActivityGroup.objects.filter(group__in=wanted.group_ids).values("activity"))
    busy |= Q(activity__in=_teaching(wanted).values("activity"))
    near = Lesson.everything.filter(
        busy,
        organiser_id=organiser_id,
        weekday=pattern.weekday,
        starts_at__lt=pattern.ends_at,
        ends_at__gt=pattern.starts_at,
        first_day__lte=pattern.last_day,
        last_day__gte=pattern.first_day,
    ).exclude(pk__in=wanted.replaces)
    lessons = list(near.select_related("activity", "room"))
    taken = _taken(wanted, {lesson.activity_id for lesson in lessons})
    found = [
        Conflict(
            lesson,
            day,
            lesson.room.name if lesson.room and lesson.room_id == wanted.room_id else "",
            tuple(taken[lesson.activity_id, GROUP]),
            tuple(taken[lesson.activity_id, TEACHER]),
        )
        for lesson in lessons
        if (day := first_meeting(pattern, Pattern.of(lesson)))
    ]
    return sorted(found, key=lambda one: (one.day, one.lesson.starts_at, one.lesson.pk))


def _teaching(wanted: Wanted) -> QuerySet[ActivityTeacher]:
    not_over = Q(valid_until=None) | Q(valid_until__gte=wanted.pattern.first_day)
    return ActivityTeacher.objects.filter(
        not_over, person__in=wanted.teacher_ids, valid_from__lte=wanted.pattern.last_day
    )


def _taken(wanted: Wanted, activity_ids: Collection[int]) -> Mapping[tuple[int, str], list[str]]:
    """The names of what is taken, by activity and kind."""
    groups = ActivityGroup.objects.filter(activity__in=activity_ids, group__in=wanted.group_ids)
    teachers = _teaching(wanted).filter(activity__in=activity_ids)
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    rows = groups.values_list("activity_id", Value(GROUP), "group__name", Value("")).union(
        teachers.values_list("activity_id", Value(TEACHER), "person__given_name", "person__family_name")
    )
    for activity_id, kind, first, second in rows:
        found[activity_id, kind].append(f"{first} {second}".strip())
    return defaultdict(list, {key: sorted(names) for key, names in found.items()})


def who_takes(activity_id: int, day: date) -> tuple[list[int], list[int]]:
    """The groups and the teachers of an activity from a day on, by key. One statement."""
    not_over = Q(valid_until=None) | Q(valid_until__gte=day)
    groups = ActivityGroup.objects.filter(activity=activity_id).values_list("group_id", Value(GROUP))
    teachers = ActivityTeacher.objects.filter(not_over, activity=activity_id)
    rows = list(groups.union(teachers.values_list("person_id", Value(TEACHER))))
    return [pk for pk, kind in rows if kind == GROUP], [pk for pk, kind in rows if kind == TEACHER]
