"""What the stories of attendance share: the Tuesday's lessons, and who is marked how."""

from datetime import datetime, time, timedelta

from skolnav.boxes.absence.actions.registers import take_register
from skolnav.boxes.absence.models import LessonAttendance
from skolnav.boxes.absence.queries.occasions import of_lesson
from skolnav.boxes.absence.queries.registers import Mark, pupils_of
from skolnav.core.people.models import Enrolment, Membership, Person
from skolnav.core.presence.writing import Away, set_absences
from skolnav.core.tenancy import clock
from skolnav.core.timetable.computing import timetable_of_groups

FORM = "formular-nummer-1"


def at(hours, minutes=0, days=0):
    """A moment of the story's day, for `tuesday.move_to`."""
    return datetime.combine(clock.today() + timedelta(days=days), time(hours, minutes), clock.STOCKHOLM)


def lesson_of(cast, number=0, days=0, group=None):
    """5B's lesson of the day: 0 is Svenska 08.10, 1 Matematik 09.10."""
    day = clock.today() + timedelta(days=days)
    found = timetable_of_groups(cast.ekdal.pk, [(group or cast.class_5b).pk], day, day)
    return [one for one in found.occurrences if one.is_teaching][number]


def address_of(lesson):
    return f"/personal/franvaro/lektion/{lesson.public_id}/{lesson.day}/"


def reported(pupil, day=None, starts=None, ends=None, kind="reported", reason="ill", source="report:1"):
    set_absences(
        source,
        organiser_id=pupil.organiser_id,
        pupil_id=pupil.pk,
        kind=kind,
        reason=reason,
        away=[Away(day or clock.today(), starts, ends)],
        reported_by_id=None,
        reported_at=clock.now(),
    )


def take(viewer, cast, lesson, version=0, reason="", **states):
    """Take a register by the action: everybody not named is left as suggested."""
    occasion = of_lesson(cast.ekdal.pk, lesson)
    by_id = {cast.people[name].pk: mark for name, mark in states.items()}
    pupils = {pupil: by_id.get(pupil.id) for pupil in pupils_of(occasion)}
    return take_register(actor=viewer, occasion=occasion, marks=pupils, version=version, reason=reason)


def line_of(person, day=None):
    return LessonAttendance.everything.filter(pupil=person, day=day or clock.today()).latest(
        "register__starts"
    )


def minutes_of(person):
    line = line_of(person)
    return line.attended_minutes, line.valid_minutes, line.invalid_minutes


def more_pupils(cast, number, group=None):
    """Further pupils of a class."""
    group = group or cast.class_5b
    since = clock.today() - timedelta(days=40)
    made = []
    for each in range(number):
        pupil = Person.everything.create(
            organiser_id=cast.ekdal.pk, given_name=f"Elev{each:03}", family_name="Ek"
        )
        Enrolment.everything.create(
            organiser_id=cast.ekdal.pk, pupil=pupil, school_id=group.school_id, school_year=5, source="office",
            valid_from=since,
        )  # fmt: skip
        Membership.everything.create(
            organiser_id=cast.ekdal.pk, group=group, person=pupil, source="office", valid_from=since
        )
        made.append(pupil)
    return made


def posted(state_of, version=0, shown="present", **more):
    """A register's form as the browser sends it: person -> state, or (state, minutes)."""
    fields = {"version": version, "form_id": FORM, **more}
    for person, state in state_of.items():
        value, minutes = state if isinstance(state, tuple) else (state, None)
        fields |= {f"s-{person.public_id}": value, f"d-{person.public_id}": shown}
        if minutes is not None:
            fields[f"{value}-{person.public_id}"] = minutes
    return fields


__all__ = ["FORM", "Mark", "address_of", "at", "lesson_of", "line_of", "minutes_of", "more_pupils", "posted",
           "reported", "take"]  # fmt: skip
