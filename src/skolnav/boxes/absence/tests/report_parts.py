"""What the tests of reporting share: days from today's, and what stands afterwards."""

from datetime import datetime, time, timedelta

from skolnav.boxes.absence.actions.reporting import Wanted, report_absence
from skolnav.boxes.absence.models import AbsenceReport, LessonAttendance, Register
from skolnav.core.access.building import build_viewer
from skolnav.core.notifications.kinds import find_kind
from skolnav.core.notifications.reading import bell_of
from skolnav.core.notifications.worker import sweep
from skolnav.core.people.models import Guardianship, Membership
from skolnav.core.presence.models import Absence
from skolnav.core.tenancy import clock
from skolnav.core.timetable.computing import timetable_of_groups
from skolnav.core.timetable.storing import stored

Extent = AbsenceReport.Extent
FORM = "formular-nummer-1"


def in_days(number):
    return clock.today() + timedelta(days=number)


def at(hour, minute=0, days=0):
    return datetime.combine(in_days(days), time(hour, minute), clock.STOCKHOLM)


def whole(first=0, last=None, reason="ill", note=""):
    return Wanted(Extent.DAYS, in_days(first), in_days(first if last is None else last), reason, note)


def rest(**more):
    return Wanted(Extent.REST, clock.today(), clock.today(), "ill", **more)


def lessons_of(group, day=0):
    found = timetable_of_groups(group.organiser_id, [group.pk], in_days(day), in_days(day))
    return {one.subject_code: one for one in found.occurrences if one.is_teaching}


def ticked(group, *codes, day=0):
    of_day = lessons_of(group, day)
    addresses = tuple((of_day[code].public_id, of_day[code].day) for code in codes)
    return Wanted(Extent.LESSONS, in_days(day), in_days(day), "care", lessons=addresses)


def reported(person, *pupils, wanted=None, **more):
    """Somebody of the cast reports pupils ill today, if nothing else is said; gives the reports."""
    ids = [pupil.pk for pupil in pupils]
    return report_absence(actor=build_viewer(person.pk), pupil_ids=ids, wanted=wanted or whole(), **more)


def stretches(pupil):
    """What core.presence says: ("2026-10-06", "08.10-09.00"), with no times for a whole day."""
    rows = Absence.everything.filter(pupil=pupil).order_by("starts")
    return [(one.day, "" if one.is_whole_day else f"{_hour(one.starts)}-{_hour(one.ends)}") for one in rows]


def _hour(moment):
    return f"{moment.astimezone(clock.STOCKHOLM):%H.%M}"


def bell(person):
    """The lines of somebody's bell, the latest first."""
    sweep()
    notices = [delivery.notice for delivery in bell_of(build_viewer(person.pk))]
    return [find_kind(notice.kind).text(notice.params) for notice in notices]


def registered(group, code, day=0, **states):
    """A register of one lesson, everybody present but those named: kim=("absent", 0), elis=("late", 10)."""
    lesson = lessons_of(group, day)[code]
    register = Register.everything.create(
        organiser_id=group.organiser_id,
        school_id=group.school_id,
        occurrence=stored(lesson, group.organiser_id),
        day=lesson.day,
        starts=lesson.starts,
        ends=lesson.ends,
        subject_code=code,
        subject=lesson.subject,
        taken_at=clock.now(),
    )
    for membership in Membership.everything.filter(group=group).select_related("person"):
        name = membership.person.given_name.lower()
        _line(register, membership.person, lesson.minutes, *states.get(name, ("present", 0)))
    return register


def _line(register, pupil, length, state, minutes, is_valid=False):
    missed = length if state == "absent" else minutes
    LessonAttendance.everything.create(
        organiser_id=register.organiser_id,
        register=register,
        pupil=pupil,
        day=register.day,
        state=state,
        minutes=minutes,
        attended_minutes=length - missed,
        valid_minutes=missed if is_valid else 0,
        invalid_minutes=0 if is_valid else missed,
    )


def fields(*children, when=None, **more):
    return {
        "children": [child.public_id for child in children],
        "when": when or clock.today().isoformat(),
        "reason": "ill",
        "note": "",
        "form_id": FORM,
    } | more


def address(pupil, rest=""):
    return f"/barn/{pupil.public_id}/franvaro/{rest}"


def custody(anna, children, number):
    """Anna's children are the first of these."""
    Guardianship.everything.filter(guardian=anna).delete()
    for child in children[:number]:
        Guardianship.everything.create(
            organiser_id=child.organiser_id,
            guardian=anna,
            pupil=child,
            source="office",
            valid_from=in_days(-90),
        )
