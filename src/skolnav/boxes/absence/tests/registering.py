"""Registers as they lie in the tables, for tests of what follows from them."""

from datetime import datetime, time, timedelta

from skolnav.boxes.absence.actions.cases import follow_day
from skolnav.boxes.absence.actions.reckoning import reckon
from skolnav.boxes.absence.models import LessonAttendance, Register
from skolnav.core.presence.reading import absences_of
from skolnav.core.tenancy import clock
from skolnav.core.timetable.models import Activity, ActivityGroup, Lesson, LessonOccurrence


def mark(pupil, state, starts, ends, *, by, day=None, minutes=0, register=None, subject="Matematik"):
    """The pupil's line in a register of a lesson of their own, and what follows of it."""
    return mark_many(
        [pupil], state, starts, ends, by=by, day=day, minutes=minutes, register=register, subject=subject
    )


def mark_many(
    pupils, state, starts, ends, *, by, day=None, minutes=0, register=None, subject="Matematik", follow=True
):
    """The same line for several, in one register."""
    day = day or clock.today()
    register = register or _register(pupils[0], day, starts, ends, by, subject)
    absences = absences_of([pupil.pk for pupil in pupils], day)
    for pupil in pupils:
        counted = reckon(register.starts, register.ends, state, minutes, absences.get(pupil.pk, ()))
        LessonAttendance.everything.update_or_create(
            register=register,
            pupil=pupil,
            defaults={
                "organiser_id": pupil.organiser_id,
                "day": day,
                "state": state,
                "minutes": minutes,
                "attended_minutes": counted.attended,
                "valid_minutes": counted.valid,
                "invalid_minutes": counted.invalid,
            },
        )
    if follow:
        follow_day([pupil.pk for pupil in pupils], day)
    return register


def _register(pupil, day, starts, ends, by, subject):
    from skolnav.core.people.models import Membership

    membership = (
        Membership.everything.select_related("group__school")
        .filter(person=pupil, group__kind="class")
        .first()
    )
    school = membership.group.school
    begins, until = (
        datetime.combine(day, time.fromisoformat(one), clock.STOCKHOLM) for one in (starts, ends)
    )
    lesson = _lesson(membership.group, day, begins, until, subject)
    of = {"organiser_id": school.organiser_id}
    times = {"starts": begins, "ends": until}
    occurrence, _ = LessonOccurrence.everything.get_or_create(
        lesson=lesson, day=day, defaults=of | times | {"activity": lesson.activity}
    )
    said = {"school": school, "day": day, "subject": subject, "taken_by": by, "taken_at": clock.now()}
    register, _ = Register.everything.get_or_create(occurrence=occurrence, defaults=of | times | said)
    return register


def _lesson(group, day, begins, until, subject):
    """The lesson of the week that lies there, or one made for the test."""
    known = Lesson.everything.filter(
        activity__in=ActivityGroup.objects.filter(group=group).values("activity"),
        weekday=day.weekday(),
        starts_at=begins.time(),
        ends_at=until.time(),
    ).first()
    if known:
        return known
    activity = Activity.everything.create(
        organiser_id=group.organiser_id, school=group.school, name=subject, subject=subject, valid_from=day
    )
    ActivityGroup.objects.create(activity=activity, group=group)
    return Lesson.everything.create(
        organiser_id=group.organiser_id,
        activity=activity,
        weekday=day.weekday(),
        starts_at=begins.time(),
        ends_at=until.time(),
        cycle_start=day - timedelta(days=day.weekday()),
        first_day=day,
        last_day=day,
    )
