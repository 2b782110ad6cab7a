"""What the worker does while a guardian has not answered: a reminder, and an end. Twice does no harm."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from skolnav.boxes.absence.models import LeaveApplication, LeaveConsent, LeaveState
from skolnav.boxes.absence.queries.leave_staff import is_for_the_principal
from skolnav.core.audit.log import record
from skolnav.core.people.models import Guardianship
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.scope import of_organiser, over_all_organisers

from .leave_keeping import locked
from .leave_telling import ask_guardian, guardians_of, tell_family, tell_staff

REMIND_AFTER = timedelta(days=3)


def follow_consents() -> None:
    """Ask whoever has lost custody no longer; remind whoever has not answered for three days; end the applications
    whose last day to answer has been."""
    today = clock.today()
    _each(_is_no_guardian(today), _ask_no_longer)
    _each(Q(answer_by__lt=today), _expire)
    old = clock.start_of(today - REMIND_AFTER + timedelta(days=1))
    _each(Q(answer_by__gte=today, reminded_at=None, asked_at__lt=old), _remind)


def _each(which: Q, act: Callable[[LeaveApplication], None]) -> None:
    """Do something with each application that still waits for such an answer, in its organiser's scope."""
    awaited = LeaveConsent.objects.filter(
        which, answered_at=None, application__withdrawn_at=None, application__expired_at=None
    )
    with over_all_organisers():
        leaves = list(
            LeaveApplication.everything.filter(
                LeaveApplication.open_q(), pk__in=awaited.values("application_id")
            )
        )
    for leave in leaves:
        with of_organiser(leave.organiser_id), transaction.atomic():
            now = locked(leave)
            if now.state == LeaveState.CONSENT:
                act(now)


def _is_no_guardian(today: date) -> Q:
    with over_all_organisers():
        guardians = Guardianship.everything.filter(
            Guardianship.gives_access_on(today),
            pupil=OuterRef("application__pupil"),
            guardian=OuterRef("guardian"),
        )
    return ~Q(Exists(guardians))


def _ask_no_longer(leave: LeaveApplication) -> None:
    """The answer of somebody whose custody is over, or who may not have contact, holds nothing up; when nobody else is
    waited for, the school is told."""
    theirs = guardians_of([leave]).get(leave.pupil_id, ())
    waiting = LeaveConsent.objects.filter(application=leave, answered_at=None)
    waiting.exclude(guardian__in=theirs).delete()
    leave.version += 1
    leave.save(update_fields=["version"])
    record(None, "ask_for_leave_no_longer", leave)
    now = locked(leave)
    if now.state == LeaveState.WAITING:
        tell_staff([now], "applied", to_principal=[now.pk] if is_for_the_principal(now) else [])


def _remind(leave: LeaveApplication) -> None:
    for consent in leave.consents.all():
        if consent.answered_at is None and consent.reminded_at is None:
            consent.reminded_at = clock.now()
            consent.save(update_fields=["reminded_at"])
            ask_guardian(leave, consent.guardian_id, revision=2)
            record(None, "remind_of_leave", leave)


def _expire(leave: LeaveApplication) -> None:
    leave.expired_at = clock.now()
    leave.version += 1
    leave.save(update_fields=["expired_at", "version"])
    record(None, "expire_leave", leave)
    tell_family(leave, [leave.applied_by_id] if leave.applied_by_id else [], "expired")
