"""A school day of the child with protected identity, with everything in it that could tell of them."""

from datetime import datetime, time, timedelta
from typing import Any

from skolnav.boxes.absence.actions.deadlines import escalate_undelivered
from skolnav.boxes.absence.actions.explaining import explain_case
from skolnav.boxes.absence.actions.investigations import open_investigation, write_note
from skolnav.boxes.absence.actions.leave import apply_for_leave
from skolnav.boxes.absence.actions.reporting import Wanted, report_absence
from skolnav.boxes.absence.models import AbsenceReport, FollowUp, UnexcusedCase
from skolnav.boxes.absence.tests.registering import mark
from skolnav.boxes.educare.actions.checks import check
from skolnav.boxes.educare.actions.collectors import add_collector
from skolnav.boxes.educare.actions.comments import write_comment
from skolnav.boxes.educare.actions.deciding import comment_as_staff
from skolnav.boxes.educare.actions.requests import ask_change
from skolnav.boxes.educare.models import CareTime
from skolnav.boxes.educare.queries.wishes import Wish
from skolnav.boxes.schedule.actions.substitutes import set_substitute
from skolnav.core.access.building import build_viewer
from skolnav.core.notifications.worker import sweep
from skolnav.core.people.models import Membership
from skolnav.core.tenancy import clock
from skolnav.core.timetable.computing import timetable_of_groups

COLLECTOR, NUMBER = "Morfar Bo", "070-1740998"


def live_through(cast: Any, hand: Any) -> None:
    """From Monday's truancy to Tuesday's first lesson, in which everybody looks around. `hand` moves the clock."""
    maja, sara = build_viewer(cast.maja.pk), build_viewer(cast.sara.pk)
    today = clock.today()
    _monday(cast, hand, today - timedelta(days=1))
    hand.move_to(datetime.combine(today, time(7, 15), clock.STOCKHOLM))
    _absence(cast, maja, sara)
    _educare(cast, maja)
    _substitute(cast)
    sweep()
    hand.move_to(datetime.combine(today, time(8, 20), clock.STOCKHOLM))
    mark(cast.elis, "late", "08:10", "09:10", by=cast.sara, minutes=5, subject="Svenska")
    sweep()


def _monday(cast: Any, hand: Any, day: Any) -> None:
    """Away without a word; nobody at home is reached."""
    hand.move_to(datetime.combine(day, time(16), clock.STOCKHOLM))
    mark(cast.elis, "absent", "08:10", "09:00", by=cast.sara, day=day)
    escalate_undelivered()
    sweep()


def _absence(cast: Any, maja: Any, sara: Any) -> None:
    """An explanation, a task, an investigation, an application, and a report of tomorrow."""
    case = UnexcusedCase.everything.get(pupil=cast.elis)
    explain_case(actor=maja, case=case, reason="ill")
    FollowUp.everything.create(
        organiser=cast.ekdal,
        pupil=cast.elis,
        school=cast.ekdalsskolan,
        kind="occasions",
        month=clock.today().replace(day=1),
        figure=3,
        opened_at=clock.now(),
    )
    opened = open_investigation(
        actor=sara, pupil=cast.elis, school_id=cast.ekdalsskolan.pk, background="Många mattelektioner"
    )
    write_note(actor=sara, investigation=opened, text="Samtal hemma")
    later = clock.today() + timedelta(days=13)
    apply_for_leave(actor=maja, pupils=maja.children, first=later, last=later, reason="Släktträff")
    tomorrow = clock.today() + timedelta(days=1)
    wanted = Wanted(AbsenceReport.Extent.DAYS, tomorrow, tomorrow, "ill")
    report_absence(actor=maja, pupil_ids=[cast.elis.pk], wanted=wanted)


def _educare(cast: Any, maja: Any) -> None:
    """At Nour's fritids: who collects, a request, comments both ways, and here since this morning."""
    Membership.everything.create(
        organiser=cast.ekdal,
        person=cast.elis,
        group=cast.educare,
        source="office",
        valid_from=clock.today() - timedelta(days=30),
    )
    CareTime.everything.create(
        organiser=cast.ekdal,
        pupil=cast.elis,
        day=clock.today(),
        comes_at=time(6, 45),
        leaves_at=time(16),
        set_by=cast.maja,
        set_at=clock.now(),
    )
    elis, nour, today = cast.elis.pk, build_viewer(cast.nour.pk), clock.today()
    add_collector(actor=maja, pupil_id=elis, name=COLLECTOR, relation="morfar", phone=NUMBER, is_usual=True)
    ask_change(actor=maja, wish=Wish(elis, today, leaves_at=time(15)), note="Tandläkaren")
    write_comment(actor=maja, pupil_id=elis, day=today, text="Har med extra mössa")
    comment_as_staff(actor=nour, pupil_id=elis, day=today, text="Tack")
    check(actor=nour, kind="in", pupils=[cast.elis.public_id])


def _substitute(cast: Any) -> None:
    """Pelle takes the first lesson."""
    today = clock.today()
    found = timetable_of_groups(cast.ekdal.pk, [cast.class_5b.pk], today, today)
    lesson = next(one for one in found.occurrences if one.is_teaching)
    set_substitute(actor=build_viewer(cast.ingrid.pk), lesson=lesson, version=0, person=cast.pelle)
