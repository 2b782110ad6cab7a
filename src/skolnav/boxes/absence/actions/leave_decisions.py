"""Deciding about leave. Skollagen (2010:800) 7 kap. 18 §: the principal; a mentor up to what the school delegates."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from skolnav.boxes.absence.models import LeaveApplication, LeaveDecision, LeaveState
from skolnav.boxes.absence.queries.leave_days import count_of, granted_days, is_principals_alone
from skolnav.boxes.absence.queries.leave_staff import (
    is_mentor_of,
    leads_as_principal,
    leaves_for_staff,
    may_decide,
    mentor_days_of,
)
from skolnav.core.access.viewer import Viewer
from skolnav.core.audit.log import record
from skolnav.core.people.actions.refusals import NotAllowed, Refused
from skolnav.core.schools.calendar import school_calendar
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.versions import EditedMeanwhile

from .leave_keeping import days_kept, keep_days
from .leave_telling import tell_decision


@transaction.atomic
def decide_leave(
    *, actor: Viewer, leave: LeaveApplication, version: int, is_granted: bool, reasons: str
) -> LeaveDecision:
    """Grant or refuse an application that waits; granted school days are valid absence at once.

    Raises EditedMeanwhile when it is no longer at `version` (another decided, a guardian answered or took it back),
    NotAllowed for whom it does not wait for, and Refused when it waits no longer.
    """
    now = _at_version(actor, leave, version)
    if not now.is_open:
        raise Refused(_("Ansökan väntar inte på beslut längre."))
    days = _school_days(now)
    total = _year_total(now, days)
    alone = is_principals_alone(total, mentor_days_of(now), now.first_day, now.last_day)
    if not may_decide(actor, now, is_mentor=is_mentor_of(now), is_principals=alone):
        raise NotAllowed("The application waits for somebody else.")
    decision = _write(actor, now, is_granted=is_granted, reasons=reasons, total=total)
    if is_granted:
        keep_days(now, days, by_id=actor.person_id, is_new=True)
    record(actor, "decide_leave", now, fields=["is_granted", "reasons"])
    return decision


@transaction.atomic
def change_decision(
    *, actor: Viewer, leave: LeaveApplication, version: int, is_granted: bool, reasons: str
) -> LeaveDecision:
    """The principal's new decision in place of an earlier one, which stays to be read. Days that have been stay as
    they were.

    Raises EditedMeanwhile, NotAllowed for others than the principal, and Refused where there is nothing to change.
    """
    now = _at_version(actor, leave, version)
    if not leads_as_principal(actor, now) or now.pupil_id in actor.child_ids:
        raise NotAllowed("The principal changes a decision.")
    if now.state not in (LeaveState.GRANTED, LeaveState.REFUSED) or now.given_up_from:
        raise Refused(_("Det finns inget beslut att ändra."))
    past = [day for day in days_kept(now) if day < actor.today]
    ahead = [day for day in _school_days(now) if day >= actor.today]
    LeaveDecision.objects.filter(application=now, replaced_at=None).update(replaced_at=clock.now())
    total = _year_total(now, [*past, *ahead])
    decision = _write(actor, now, is_granted=is_granted, reasons=reasons, total=total)
    keep_days(now, [*past, *ahead] if is_granted else past, by_id=actor.person_id)
    record(actor, "change_leave_decision", now, fields=["is_granted", "reasons"])
    return decision


def _at_version(actor: Viewer, leave: LeaveApplication, version: int) -> LeaveApplication:
    """The application as the actor reaches it, locked, with its parts and its version raised. Four statements."""
    rows = leaves_for_staff(actor).select_for_update(of=("self",)).select_related("pupil")
    now = rows.prefetch_related("decisions", "consents").filter(pk=leave.pk).first()
    if now is None:
        raise NotAllowed("The application is not the actor's to see.")
    if now.version != version:
        raise EditedMeanwhile(now)
    now.version += 1
    now.save(update_fields=["version"])
    return now


def _write(
    actor: Viewer, leave: LeaveApplication, *, is_granted: bool, reasons: str, total: int
) -> LeaveDecision:
    decision = LeaveDecision.objects.create(
        application=leave,
        is_granted=is_granted,
        reasons=reasons,
        decided_by_id=actor.person_id,
        decided_at=clock.now(),
        days_of_the_year=total,
        by_principal=leads_as_principal(actor, leave),
        without_consent=any(not one.agrees for one in leave.consents.all()),
    )
    tell_decision(leave, is_granted=is_granted, revision=leave.version)
    return decision


def _school_days(leave: LeaveApplication) -> list[date]:
    calendar = school_calendar(leave.organiser_id, leave.first_day, leave.last_day)
    return calendar.school_days(leave.school_id, leave.first_day, leave.last_day)


def _year_total(leave: LeaveApplication, days: Iterable[date]) -> int:
    """Days of the school year with these, the figure of 7 kap. 18 §."""
    granted = granted_days([leave.pupil_id], leave.first_day, leave.last_day, but_of=leave.source)
    return count_of(set(days), granted.get(leave.pupil_id, ()), leave.first_day).total
