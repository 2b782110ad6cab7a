"""Mentor and office excuse a case afterwards, or answer a guardian's explanation of it; each leaves its trail.

What is excused becomes valid absence from exactly the lessons that were missed, so that registers and figures follow.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from skolnav.boxes.absence.models import Excusal, Excuse, UnexcusedCase
from skolnav.boxes.absence.queries.missed import missed_lessons
from skolnav.core.access.viewer import Viewer
from skolnav.core.audit.log import record
from skolnav.core.notifications.outbox import notify
from skolnav.core.people.actions.refusals import Refused
from skolnav.core.people.models import Person
from skolnav.core.presence.models import Absence, Reason
from skolnav.core.presence.writing import Away, drop_absences, set_absences
from skolnav.core.publishing.permits import require_editable
from skolnav.core.tenancy import clock

from .afterwards import presence_changed
from .case_notices import params_of
from .settling import excuse


@transaction.atomic
def excuse_case(*, actor: Viewer, case: UnexcusedCase, reason: str) -> None:
    """Make the case's absence valid. Raises NotAllowed, and Refused without a reason or when it is excused already."""
    now = _open_case(actor, case)
    if not reason.strip():
        raise Refused(_("Skriv varför frånvaron är giltig."))
    line = Excusal(case=now, by_id=actor.person_id, how=Excusal.How.STAFF, reason=reason.strip())
    _make_valid(actor, now, line, Reason.OTHER)
    record(actor, "excuse_case", now)


@transaction.atomic
def undo_excusal(*, actor: Viewer, case: UnexcusedCase) -> None:
    """Take back the school's own decision: the absence is unexcused again, and the guardians are told.

    Raises NotAllowed; Refused where a report, a leave or a correction has explained it, which are changed themselves.
    """
    require_editable(actor, case)
    now = _locked(case)
    line = Excusal.objects.filter(case=now, undone_at=None).last()
    if now.excused_at is None or line is None or line.how not in Excusal.DECIDED:
        raise Refused(_("Det finns inget beslut av skolan att ångra."))
    line.undone_at, line.undone_by_id = clock.now(), actor.person_id
    line.save(update_fields=["undone_at", "undone_by"])
    drop_absences(now.source)
    presence_changed(now.pupil_id, now.day, now.day)
    now.refresh_from_db()
    if now.excused_at:  # nothing unexcused is left in the registers: there is nothing to take up again
        Excusal.objects.create(case=now, at=clock.now(), by_id=actor.person_id, how=Excusal.How.CORRECTION)
    record(actor, "undo_excusal", now)


@transaction.atomic
def answer_excuse(*, actor: Viewer, explanation: Excuse, accepts: bool, answer: str = "") -> None:
    """Accept a guardian's explanation, or decline it with words; the guardian is told.

    Raises NotAllowed; Refused when it has been answered already, or is declined without a word.
    """
    require_editable(actor, explanation.case)
    case = _locked(explanation.case)
    now = Excuse.objects.select_for_update().get(pk=explanation.pk)
    if now.answered_at:
        raise Refused(_("Någon har redan svarat på förklaringen."))
    if not accepts and not answer.strip():
        raise Refused(_("Skriv varför förklaringen inte godtas."))
    _answer(actor, now, accepts=accepts, answer=answer)
    if accepts and case.excused_at is None:
        said = now.note or now.get_reason_display()
        line = Excusal(case=case, by_id=actor.person_id, how=Excusal.How.ACCEPTED, reason=said)
        _make_valid(actor, case, line, Reason(now.reason))
    _tell_asker(now, case)
    record(actor, "answer_excuse", case, accepts=accepts)


def _open_case(actor: Viewer, case: UnexcusedCase) -> UnexcusedCase:
    require_editable(actor, case)
    now = _locked(case)
    if now.excused_at:
        raise Refused(_("Frånvaron är redan förklarad."))
    return now


def _locked(case: UnexcusedCase) -> UnexcusedCase:
    """The case as it stands, its pupil locked first as everybody does who changes a pupil's absence."""
    Person.everything.select_for_update(of=("self",)).get(pk=case.pupil_id)
    return UnexcusedCase.everything.select_related("pupil").get(pk=case.pk)


def _make_valid(actor: Viewer, case: UnexcusedCase, line: Excusal, reason: Reason) -> None:
    set_absences(
        case.source,
        organiser_id=case.organiser_id,
        pupil_id=case.pupil_id,
        kind=Absence.Kind.REPORTED,
        reason=reason,
        away=[Away(case.day, one.since, one.ends) for one in missed_lessons(case.pupil_id, case.day)],
        reported_by_id=actor.person_id,
        reported_at=clock.now(),
    )
    excuse([case], [line])
    asked = Excuse.objects.filter(case=case, answered_at=None)
    asked.update(answered_at=clock.now(), answered_by=actor.person_id, is_accepted=True)
    presence_changed(case.pupil_id, case.day, case.day)


def _answer(actor: Viewer, explanation: Excuse, *, accepts: bool, answer: str) -> None:
    explanation.answered_at, explanation.answered_by_id = clock.now(), actor.person_id
    explanation.is_accepted, explanation.answer = accepts, answer.strip()
    explanation.save()


def _tell_asker(explanation: Excuse, case: UnexcusedCase) -> None:
    if explanation.by_id is None:
        return
    notify(
        "absence.excuse_answered",
        revision=1,
        due_at=clock.now(),
        person_ids=[explanation.by_id],
        pupil=case.pupil,
        fact=f"excuse:{explanation.pk}",
        link_name="absence:case",
        link_args={"case": case.public_id},
        params=params_of(case, is_accepted=bool(explanation.is_accepted)),
    )
