"""A guardian explains unexcused absence: as a report while its day lasts, else as an explanation to be accepted."""

from django.db import transaction

from skolnav.boxes.absence.models import AbsenceReport, Excuse, UnexcusedCase
from skolnav.boxes.absence.queries.missed import missed_lessons
from skolnav.core.access.viewer import Viewer
from skolnav.core.audit.log import record
from skolnav.core.people.actions.refusals import NotAllowed, Refused
from skolnav.core.people.models import Person
from skolnav.core.tenancy import clock

from .case_notices import tell_staff
from .reporting import Wanted, report_absence


@transaction.atomic
def explain_case(*, actor: Viewer, case: UnexcusedCase, reason: str, note: str = "") -> UnexcusedCase:
    """Report the missed lessons, or ask mentor and office to accept the explanation; gives the case as it then is.

    Twice, or by both guardians at once, is the same as once. Raises NotAllowed for all but those with custody.
    """
    if case.pupil_id not in actor.child_ids:
        raise NotAllowed("Only a guardian explains a child's absence.")
    Person.everything.select_for_update(of=("self",)).get(pk=case.pupil_id)
    now = UnexcusedCase.everything.select_related("pupil").get(pk=case.pk)
    if now.excused_at:
        return now
    if now.day == clock.today() and _report(actor, now, reason, note):
        now.refresh_from_db(fields=["excused_at", "revision", "version"])
    if now.excused_at is None:
        _ask(actor, now, reason, note)
    return now


def _report(actor: Viewer, case: UnexcusedCase, reason: str, note: str) -> bool:
    """Whether the lessons could still be reported."""
    lessons = missed_lessons(case.pupil_id, case.day)
    addresses = tuple((one.address, case.day) for one in lessons if one.address)
    extent = AbsenceReport.Extent
    wanted = Wanted(
        extent=extent.LESSONS if len(addresses) == len(lessons) else extent.DAYS,
        first_day=case.day,
        last_day=case.day,
        reason=reason,
        note=note,
        lessons=addresses,
    )
    try:
        with transaction.atomic():
            report_absence(actor=actor, pupil_ids=[case.pupil_id], wanted=wanted)
    except Refused:
        return False
    return True


def _ask(actor: Viewer, case: UnexcusedCase, reason: str, note: str) -> None:
    if Excuse.objects.filter(case=case, answered_at=None).exists():
        return
    Excuse.objects.create(case=case, by_id=actor.person_id, at=clock.now(), reason=reason, note=note)
    record(actor, "explain_case", case)
    tell_staff("absence.excuse_asked", [case], due_at=clock.now(), with_leaders=False)
