"""A new person with what ties them to the school; groups chosen in a form become memberships."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from skolnav.core.access.viewer import Viewer
from skolnav.core.accounts.access_changes import take_out_of_group
from skolnav.core.people.actions.duties import add_duty, assign, end_assignment
from skolnav.core.people.actions.enrolments import change_school_year, enrol, put_in_group
from skolnav.core.people.actions.guardianships import add_guardianship
from skolnav.core.people.actions.persons import create_person
from skolnav.core.people.actions.refusals import NotAllowed
from skolnav.core.people.models import AssignmentRole, Duty, Enrolment, Group, Membership, Person
from skolnav.core.people.validity import valid_on
from skolnav.core.schools.models import SchoolUnit


@transaction.atomic
def add_pupil(
    *,
    actor: Viewer,
    school: SchoolUnit,
    school_year: int | None,
    school_class: Group | None,
    valid_from: date,
    **details: Any,
) -> Person:
    """A new pupil at a school, in a class. Raises NotAllowed and NumberTaken."""
    pupil = create_person(actor=actor, organiser_id=actor.organiser_id, **details)
    enrol(actor=actor, pupil=pupil, school=school, school_year=school_year, valid_from=valid_from)
    if school_class:
        put_in_group(actor=actor, pupil=pupil, group_id=school_class.pk, valid_from=valid_from)
    return pupil


@transaction.atomic
def add_staff(
    *,
    actor: Viewer,
    school: SchoolUnit,
    role: str,
    valid_from: date,
    valid_until: date | None,
    **details: Any,
) -> Person:
    """A new member of staff with a duty. Raises NotAllowed, Refused and NumberTaken."""
    person = create_person(actor=actor, organiser_id=actor.organiser_id, **details)
    add_duty(
        actor=actor, person=person, school=school, role=role, valid_from=valid_from, valid_until=valid_until
    )
    return person


@transaction.atomic
def add_guardian(*, actor: Viewer, pupil: Person, kind: str, **details: Any) -> Person:
    """A new person with custody of a pupil. Raises NotAllowed, Refused and NumberTaken."""
    guardian = create_person(actor=actor, organiser_id=actor.organiser_id, **details)
    add_guardianship(actor=actor, pupil_id=pupil.pk, guardian=guardian, kind=kind)
    return guardian


@transaction.atomic
def set_place(
    *, actor: Viewer, enrolment: Enrolment, school_year: int | None, groups: Iterable[Group]
) -> None:
    """Let a pupil be in this year and exactly these groups of the school. Raises NotAllowed."""
    change_school_year(actor=actor, enrolment_id=enrolment.pk, school_year=school_year)
    chosen = {group.pk for group in groups}
    memberships = Membership.objects.editable_by(actor).filter(
        valid_on(actor.today), person=enrolment.pupil_id, group__school=enrolment.school_id
    )
    for membership in memberships:
        if membership.group_id not in chosen:
            take_out_of_group(actor=actor, membership_id=membership.pk)
    for group_id in sorted(chosen - {membership.group_id for membership in memberships}):
        put_in_group(actor=actor, pupil=enrolment.pupil, group_id=group_id)


@transaction.atomic
def set_assignments(
    *, actor: Viewer, person: Person, school: SchoolUnit, groups: dict[str, Iterable[Group]]
) -> None:
    """Let somebody on duty do exactly this for the groups of a school. Raises NotAllowed without a duty there."""
    duty = (
        Duty.objects.editable_by(actor)
        .filter(valid_on(actor.today), person=person, school=school)
        .order_by("pk")
        .first()
    )
    if duty is None:
        raise NotAllowed
    chosen = {(kind, group.pk) for kind, rows in groups.items() for group in rows}
    now = AssignmentRole.objects.editable_by(actor).filter(
        valid_on(actor.today), duty__person=person, group__school=school, kind__in=list(groups)
    )
    for assignment in now:
        if (assignment.kind, assignment.group_id) not in chosen:
            end_assignment(actor=actor, assignment_id=assignment.pk)
    for kind, group_id in sorted(chosen - {(one.kind, one.group_id) for one in now}):
        assign(actor=actor, duty_id=duty.pk, group_id=group_id, kind=kind)
