"""What families do with leave: apply, answer, take back, and not go after all."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from skolnav.boxes.absence.models import LeaveApplication, LeaveConsent, LeaveState
from skolnav.boxes.absence.queries.leave_plans import LeavePlan, period_fault, plans_of
from skolnav.core.access.viewer import PupilInCare, Viewer
from skolnav.core.audit.log import record
from skolnav.core.people.actions.refusals import NotAllowed, Refused
from skolnav.core.people.models import Person
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.ids import new_public_id

from .leave_keeping import days_kept, keep_days, locked
from .leave_telling import ask_guardian, guardians_of, tell_family, tell_staff


@transaction.atomic
def apply_for_leave(
    *, actor: Viewer, pupils: Sequence[PupilInCare], first: date, last: date, reason: str
) -> list[LeaveApplication]:
    """Apply for the actor's children, an application each; the school, or first the other guardian, is told.

    Raises NotAllowed for somebody else's child and Refused, with words, for a period that cannot be applied for:
    then nothing is applied for.
    """
    if not pupils or any(pupil.id not in actor.child_ids for pupil in pupils):
        raise NotAllowed("A guardian applies for their own children.")
    people, plans = _sound_plans(actor, pupils, first, last)
    batch, now = new_public_id(), clock.now()
    leaves = [
        LeaveApplication.everything.create(
            organiser_id=actor.organiser_id,
            batch=batch,
            pupil=people[plan.pupil.id],
            school_id=plan.school_id,
            first_day=first,
            last_day=last,
            school_days=len(plan.days),
            reason=reason,
            applied_by_id=actor.person_id,
            applied_at=now,
        )
        for plan in plans
    ]
    for leave in leaves:
        record(actor, "apply_for_leave", leave)
    _ask_or_tell(actor, plans, leaves)
    return leaves


@transaction.atomic
def answer_leave(*, actor: Viewer, leave: LeaveApplication, agrees: bool) -> None:
    """The other guardian's yes or no; once. Raises NotAllowed for whom was not asked and Refused when it is over."""
    if leave.pupil_id not in actor.child_ids:
        raise NotAllowed("A guardian answers for their own child.")
    now = locked(leave)
    consent = LeaveConsent.objects.filter(application=now, guardian=actor.person_id).first()
    if consent is None:
        raise NotAllowed("The actor was not asked.")
    if not now.is_open or consent.answered_at:
        raise Refused(_("Ansökan väntar inte på ditt svar längre."))
    consent.agrees, consent.answered_at = agrees, clock.now()
    consent.save(update_fields=["agrees", "answered_at"])
    now = _raised(now)
    record(actor, "answer_leave", now, fields=["agrees"])
    _tell_answer(actor, now, agrees)


@transaction.atomic
def withdraw_leave(*, actor: Viewer, leave: LeaveApplication) -> None:
    """Take an application back before it is decided. Raises NotAllowed for others than its applicant, and Refused."""
    if leave.pupil_id not in actor.child_ids or leave.applied_by_id != actor.person_id:
        raise NotAllowed("The applicant takes an application back.")
    now = locked(leave)
    if not now.is_open:
        raise Refused(_("Ansökan går inte att ta tillbaka längre. Den är redan avgjord."))
    known_to_school = now.state == LeaveState.WAITING
    asked = [one.guardian_id for one in now.consents.all()]
    now.withdrawn_at, now.withdrawn_by_id = clock.now(), actor.person_id
    now = _raised(now, "withdrawn_at", "withdrawn_by")
    record(actor, "withdraw_leave", now)
    tell_family(now, asked, "withdrawn")
    if known_to_school:
        tell_staff([now], "withdrawn")


@transaction.atomic
def give_up_leave(*, actor: Viewer, leave: LeaveApplication) -> None:
    """ "Vi tar inte ledigt": the granted days that are left are school days again, from tomorrow if it has begun.

    Raises NotAllowed for others than the child's guardians, and Refused when no days are left.
    """
    if leave.pupil_id not in actor.child_ids:
        raise NotAllowed("A guardian gives up leave of their own child.")
    now = locked(leave)
    start = (
        max(now.first_day, actor.today + timedelta(days=1)) if now.first_day <= actor.today else now.first_day
    )
    if now.state != LeaveState.GRANTED or now.given_up_from or start > now.last_day:
        raise Refused(_("Det finns inga dagar kvar att ta tillbaka."))
    now.given_up_from, now.given_up_at, now.given_up_by_id = start, clock.now(), actor.person_id
    now = _raised(now, "given_up_from", "given_up_at", "given_up_by")
    keep_days(now, [day for day in days_kept(now) if day < start], by_id=actor.person_id)
    record(actor, "give_up_leave", now, fields=["given_up_from"])
    others = guardians_of([now]).get(now.pupil_id, set()) - {actor.person_id}
    tell_family(now, others, "given_up")
    tell_staff([now], "given_up")


def _sound_plans(
    actor: Viewer, pupils: Sequence[PupilInCare], first: date, last: date
) -> tuple[dict[int, Person], list[LeavePlan]]:
    """The pupils, locked so that a period is applied for once, and the plans of one that may be applied for."""
    if fault := period_fault(first, last, actor.today):
        raise Refused(fault)
    ids = [pupil.id for pupil in pupils]
    locked_pupils = Person.everything.select_for_update().filter(pk__in=ids).order_by("pk")
    people = {person.pk: person for person in locked_pupils}
    plans = plans_of(actor, pupils, first, last)
    if refusals := [plan.refusal for plan in plans if plan.refusal]:
        raise Refused(" ".join(refusals))
    return people, plans


def _ask_or_tell(actor: Viewer, plans: Sequence[LeavePlan], leaves: Sequence[LeaveApplication]) -> None:
    """Ask the other guardians where the school wants it; tell the school what is for it to decide."""
    asking = [leave for plan, leave in zip(plans, leaves, strict=True) if plan.needs_both]
    guardians = guardians_of(asking) if asking else {}
    asked = set()
    for leave in asking:
        for guardian_id in sorted(guardians.get(leave.pupil_id, set()) - {actor.person_id}):
            _ask(leave, guardian_id, actor.today)
            asked.add(leave.pk)
    pairs = zip(plans, leaves, strict=True)
    alone = [leave.pk for plan, leave in pairs if plan.is_principals]
    ready = [leave for leave in leaves if leave.pk not in asked]
    if ready:
        tell_staff(ready, "applied", to_principal=alone)


def _ask(leave: LeaveApplication, guardian_id: int, today: date) -> None:
    LeaveConsent.objects.create(
        application=leave,
        guardian_id=guardian_id,
        asked_at=leave.applied_at,
        answer_by=LeaveConsent.last_day_to_answer(today, leave.first_day),
    )
    ask_guardian(leave, guardian_id, revision=1)


def _tell_answer(actor: Viewer, leave: LeaveApplication, agrees: bool) -> None:
    applicant = [leave.applied_by_id] if leave.applied_by_id else []
    if not agrees:
        tell_family(leave, applicant, "no")
    elif leave.state == LeaveState.WAITING:
        tell_family(leave, applicant, "yes")
        tell_staff([leave], "applied", to_principal=_principals_alone(actor, leave))


def _principals_alone(actor: Viewer, leave: LeaveApplication) -> list[int]:
    pupils = [pupil for pupil in actor.children if pupil.id == leave.pupil_id]
    plans = plans_of(actor, pupils, leave.first_day, leave.last_day)
    return [leave.pk] if any(plan.is_principals for plan in plans) else []


def _raised(leave: LeaveApplication, *fields: str) -> LeaveApplication:
    """Saved with its version raised, so that whoever decides meanwhile sees it; read anew with its parts."""
    leave.version += 1
    leave.save(update_fields=["version", *fields])
    return locked(leave)
