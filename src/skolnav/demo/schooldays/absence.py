"""What guardians have reported, and two who wish for leave."""

import random
from collections.abc import Iterator
from datetime import date, datetime

from skolnav.boxes.absence.actions.leave import apply_for_leave
from skolnav.boxes.absence.actions.leave_decisions import decide_leave
from skolnav.boxes.absence.actions.reporting import Wanted, report_absence
from skolnav.boxes.absence.models import AbsenceReport
from skolnav.core.access.building import build_viewer
from skolnav.core.people.models import Enrolment, Guardianship, Membership, Person
from skolnav.core.presence.models import Reason
from skolnav.core.tenancy import clock
from skolnav.core.timetable.computing import timetable_of_groups
from skolnav.demo.autumn.days import at, school_day
from skolnav.demo.autumn.travel import acting_at
from skolnav.demo.cast import Cast

DAYS = 10
Extent = AbsenceReport.Extent


def past_days() -> list[date]:
    """The last school days, the oldest first; today among them when it is one."""
    days = [school_day(-step) for step in range(DAYS, 0, -1)]
    return [*days, clock.today()] if school_day(0) == clock.today() else days


def report_some(cast: Cast) -> None:
    """Of each hundred pupils three or four are ill on a day; and Kim, twice."""
    chance = random.Random(26)
    guardians = dict(Guardianship.everything.order_by("-pk").values_list("pupil_id", "guardian_id"))
    known = [cast.kim.pk, cast.alva.pk, cast.elis.pk, cast.tuva.pk]
    pupils = [pk for pk in _pupils_of(cast) if pk in guardians and pk not in known]
    for day in past_days():
        for pupil in sorted(chance.sample(pupils, len(pupils) // 28)):
            reason = chance.choices((Reason.ILL, Reason.CARE), (8, 1))[0]
            _report(
                guardians[pupil],
                pupil,
                at(day, 6, chance.randrange(20, 59)),
                Wanted(Extent.DAYS, day, day, reason),
            )
    _report_kim(cast)


def _pupils_of(cast: Cast) -> Iterator[int]:
    enrolments = Enrolment.everything.filter(school__in=[cast.ekdalsskolan, cast.lillaskolan])
    yield from enrolments.order_by("pupil").values_list("pupil_id", flat=True)


def _report_kim(cast: Cast) -> None:
    """Anna reported a day in bed; Omar the dentist, from the lesson before lunch on."""
    ill, dentist = school_day(-8), school_day(-4)
    _report(cast.anna.pk, cast.kim.pk, at(ill, 7, 2), Wanted(Extent.DAYS, ill, ill, Reason.ILL))
    lessons = [
        one
        for one in timetable_of_groups(cast.ekdal.pk, [cast.class_5b.pk], dentist, dentist).occurrences
        if one.is_teaching
    ][-2:]
    ticked = tuple((one.public_id, one.day) for one in lessons)
    if ticked:
        wanted = Wanted(Extent.LESSONS, dentist, dentist, Reason.CARE, lessons=ticked)
        _report(cast.omar.pk, cast.kim.pk, at(dentist, 7, 15), wanted)


def _report(guardian: int, pupil: int, moment: datetime, wanted: Wanted) -> None:
    if moment > clock.now():
        return
    with acting_at(moment):
        report_absence(actor=build_viewer(guardian), pupil_ids=[pupil], wanted=wanted)


def apply_for_leave_twice(cast: Cast) -> None:
    """Anna's application for both children waits; another home of 5B has had its yes."""
    anna, sara = build_viewer(cast.anna.pk), build_viewer(cast.sara.pk)
    # (Reckoned before the clock is turned: they are counted from today.)
    day, wedding = school_day(13), (school_day(2), school_day(3))
    asked, answered = at(school_day(-6), 19, 40), at(school_day(-5), 9, 5)
    with acting_at(min(at(school_day(-1), 20, 10), clock.now())):
        apply_for_leave(
            actor=anna,
            pupils=anna.children,
            first=day,
            last=day,
            reason="Mormor fyller 80 år, och tåget dit går på morgonen.",
        )
    classmate = _classmate(cast)
    other = build_viewer(_guardian_of(classmate))
    pupil = next(one for one in other.children if one.id == classmate.pk)
    with acting_at(asked):
        [leave] = apply_for_leave(
            actor=other,
            pupils=[pupil],
            first=wedding[0],
            last=wedding[1],
            reason="Min bror gifter sig.",
        )
    with acting_at(answered):
        decide_leave(
            actor=sara, leave=leave, version=leave.version, is_granted=True, reasons="Beviljas. Trevlig resa!"
        )


def _classmate(cast: Cast) -> Person:
    """Somebody of 5B who is not of the cast."""
    members = Membership.everything.filter(group=cast.class_5b).exclude(
        person__in=[cast.kim.pk, cast.elis.pk]
    )
    found: Person = members.select_related("person").order_by("pk")[3].person
    return found


def _guardian_of(pupil: Person) -> int:
    found: int = Guardianship.everything.filter(pupil=pupil).values_list("guardian_id", flat=True)[0]
    return found
