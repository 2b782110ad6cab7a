"""What somebody of the school has done to reach a guardian. Append only."""

from django.db import transaction
from django.utils.translation import gettext as _

from skolnav.boxes.absence.models import CaseContact, UnexcusedCase
from skolnav.core.access.viewer import Viewer
from skolnav.core.audit.log import record
from skolnav.core.notifications.outbox import call_off
from skolnav.core.people.actions.refusals import Refused
from skolnav.core.publishing.permits import require_editable
from skolnav.core.tenancy import clock


@transaction.atomic
def note_contact(
    *, actor: Viewer, case: UnexcusedCase, outcome: str, guardian_id: int | None = None, note: str = ""
) -> CaseContact:
    """Note a call, a message, or the special reasons for which nobody is told (Skollagen 7 kap. 17 §).

    `guardian_id` is one of the pupil's, as the form offers them. Raises NotAllowed; Refused for special reasons
    without words.
    """
    require_editable(actor, case)
    if outcome == CaseContact.Outcome.SPECIAL_REASONS and not note.strip():
        raise Refused(_("Skriv vilka de särskilda skälen är."))
    contact = CaseContact.objects.create(
        case=case,
        by_id=actor.person_id,
        at=clock.now(),
        guardian_id=guardian_id,
        outcome=outcome,
        note=note.strip(),
    )
    record(actor, "note_case_contact", case, outcome=outcome)
    if outcome in CaseContact.TOLD:
        call_off("absence.to_telephone", [case.fact])
    return contact
