"""Who may work with one lesson: its teachers, a substitute around its time, and those who lead its school."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from skolnav.core.tenancy import clock
from skolnav.core.tenancy.viewer import Viewer

from .models import ActivityGroup, LessonSubstitute
from .occurrences import Occurrence

# A substitute comes a little before, and writes up a little after. Then the lesson is closed to them.
OPENS_BEFORE = timedelta(minutes=30)
CLOSES_AFTER = timedelta(minutes=60)


def teaches(viewer: Viewer, lesson: Occurrence) -> bool:
    """Whether the lesson is the viewer's own: one of the activity's teachers on that day, still on duty there."""
    on_duty = lesson.school_id in viewer.staff_school_ids
    return on_duty and any(teacher.id == viewer.person_id for teacher in lesson.teachers)


def is_substitute(viewer: Viewer, lesson: Occurrence) -> bool:
    """Whether the viewer was set to take this lesson, whatever the time is; their duty must still hold."""
    on_duty = lesson.school_id in viewer.staff_school_ids
    return on_duty and any(one.id == viewer.person_id for one in lesson.substitutes)


def is_open_to_substitutes(lesson: Occurrence, now: datetime | None = None) -> bool:
    """From half an hour before the lesson until an hour after it."""
    moment = now or clock.now()
    return lesson.starts - OPENS_BEFORE <= moment <= lesson.ends + CLOSES_AFTER


def mentors(viewer: Viewer, lesson: Occurrence) -> bool:
    """Whether the viewer is the mentor or class teacher of one of the lesson's groups."""
    return bool(lesson.group_ids & viewer.mentor_group_ids)


def leads(viewer: Viewer, lesson: Occurrence) -> bool:
    """Whether the viewer is principal or administrator of the lesson's school."""
    return lesson.school_id in viewer.led_school_ids


def may_work_with(viewer: Viewer, lesson: Occurrence, now: datetime | None = None) -> bool:
    """Take attendance in it, mark it with a test or homework: teachers, mentors, leaders, and a substitute in time."""
    mine = teaches(viewer, lesson) or mentors(viewer, lesson) or leads(viewer, lesson)
    return mine or (is_substitute(viewer, lesson) and is_open_to_substitutes(lesson, now))


def groups_taken_now(viewer: Viewer) -> QuerySet[ActivityGroup, int]:
    """The groups (ids, as a subquery) of lessons that are open at this moment to the viewer as a substitute."""
    now = clock.now()
    open_now = LessonSubstitute.objects.filter(
        person=viewer.person_id,
        occurrence__is_cancelled=False,
        occurrence__starts__lte=now + OPENS_BEFORE,
        occurrence__ends__gte=now - CLOSES_AFTER,
        occurrence__activity__school__in=viewer.staff_school_ids,
    )
    activities = open_now.values("occurrence__activity")
    return ActivityGroup.objects.filter(activity__in=activities).values_list("group_id", flat=True)
