"""What staff do, where, and for which groups. Ending a duty cuts more: core.accounts.access_changes."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from skolnav.core.audit.log import record
from skolnav.core.people.models import AssignmentRole, Duty, Group, Person
from skolnav.core.people.models.guardianship import Source
from skolnav.core.people.validity import valid_on
from skolnav.core.schools.models import SchoolUnit
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.viewer import Viewer

from .loading import close, may_run, to_change, yesterday
from .refusals import NotAllowed, Refused


@transaction.atomic
def add_duty(
    *,
    actor: Viewer | None,
    person: Person,
    school: SchoolUnit,
    role: str,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> Duty:
    """Give somebody a role at a school. Raises NotAllowed unless the actor runs it, Refused for one they have."""
    may_run(actor, school)
    first_day = valid_from or clock.today()
    if valid_until and valid_until < first_day:
        raise Refused(_("Uppdraget kan inte sluta innan det börjar."))
    if Duty.everything.filter(valid_on(first_day), person=person, school=school, role=role).exists():
        raise Refused(_("Personen har redan det uppdraget."))
    duty = Duty.everything.create(
        organiser_id=school.organiser_id,
        person=person,
        school=school,
        role=role,
        source=Source.OFFICE,
        valid_from=first_day,
        valid_until=valid_until,
    )
    record(actor, "add_duty", duty, person=person.pk, school=school.pk, role=role)
    return duty


@transaction.atomic
def end_duty_row(*, actor: Viewer | None, duty_id: int, last_day: date) -> int:
    """Write that a duty ends after `last_day`, with its groups; gives whose it was.

    The row alone: callers use `core.accounts.access_changes.end_duty`. Raises NotAllowed, and Refused for one's own
    duty as administrator, so that nobody locks themself out.
    """
    duty = to_change(Duty, actor, duty_id)
    if actor and duty.person_id == actor.person_id and duty.role == Duty.Role.ADMINISTRATOR:
        raise Refused(_("Du kan inte avsluta ditt eget uppdrag som administratör. Be en kollega göra det."))
    person_id = duty.person_id
    record(actor, "end_duty", duty, person=person_id, last_day=last_day.isoformat())
    for assignment in AssignmentRole.everything.filter(duty=duty):
        if assignment.valid_until is None or assignment.valid_until > last_day:
            close(assignment, last_day)
    close(duty, last_day)
    return person_id


@transaction.atomic
def assign(*, actor: Viewer | None, duty_id: int, group_id: int, kind: str) -> None:
    """Let somebody on duty be mentor, teacher or educare staff of a group of the duty's school. Raises NotAllowed."""
    duty, group = to_change(Duty, actor, duty_id), to_change(Group, actor, group_id)
    if duty.school_id not in (None, group.school_id):
        raise NotAllowed
    today = clock.today()
    if AssignmentRole.everything.filter(valid_on(today), duty=duty, group=group, kind=kind).exists():
        return
    first_day = max(today, duty.valid_from)
    assignment = AssignmentRole.everything.create(
        organiser_id=duty.organiser_id,
        duty=duty,
        group=group,
        kind=kind,
        source=Source.OFFICE,
        valid_from=first_day,
    )
    record(actor, "assign", assignment, person=duty.person_id, group=group.pk, kind=kind)


@transaction.atomic
def end_assignment(*, actor: Viewer | None, assignment_id: int) -> None:
    """Take a group from somebody, at once. Raises NotAllowed."""
    assignment = to_change(AssignmentRole, actor, assignment_id)
    record(actor, "end_assignment", assignment, person=assignment.duty.person_id, group=assignment.group_id)
    close(assignment, yesterday())
