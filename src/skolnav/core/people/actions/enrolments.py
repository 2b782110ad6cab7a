"""Where a pupil goes to school, and in which groups."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from skolnav.core.audit.log import record
from skolnav.core.people.models import Enrolment, Group, Membership, Person
from skolnav.core.people.models.guardianship import Source
from skolnav.core.people.validity import valid_on
from skolnav.core.schools.models import SchoolUnit
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.viewer import Viewer

from .loading import close, may_run, to_change, yesterday
from .refusals import NotAllowed, Refused

YEARS = range(11)


@transaction.atomic
def enrol(
    *,
    actor: Viewer | None,
    pupil: Person,
    school: SchoolUnit,
    school_year: int | None,
    valid_from: date | None = None,
    school_type: str = "GR",
    source: str = Source.OFFICE,
) -> Enrolment:
    """Place a pupil at a school. Raises NotAllowed unless the actor runs it, Refused for a second place."""
    may_run(actor, school)
    first_day = valid_from or clock.today()
    if Enrolment.everything.filter(
        valid_on(first_day), pupil=pupil, school=school, school_type=school_type
    ).exists():
        raise Refused(_("Eleven går redan på skolan."))
    enrolment = Enrolment.everything.create(
        organiser_id=school.organiser_id,
        pupil=pupil,
        school=school,
        school_year=school_year,
        school_type=school_type,
        source=source,
        valid_from=first_day,
    )
    record(actor, "enrol", enrolment, pupil=pupil.pk, school=school.pk)
    return enrolment


@transaction.atomic
def end_enrolment(*, actor: Viewer | None, enrolment_id: int, last_day: date) -> int:
    """Let a pupil leave a school after `last_day`, and its groups with it; gives who. Raises NotAllowed.

    Callers use `core.accounts.access_changes.end_enrolment`, which cuts what followed from it.
    """
    enrolment = to_change(Enrolment, actor, enrolment_id)
    pupil, school = enrolment.pupil_id, enrolment.school_id
    record(actor, "end_enrolment", enrolment, pupil=pupil, school=school, last_day=last_day.isoformat())
    close(enrolment, last_day)
    for membership in Membership.everything.filter(person=pupil, group__school=school):
        if membership.valid_until is None or membership.valid_until > last_day:
            close(membership, last_day)
    return pupil


@transaction.atomic
def change_school_year(*, actor: Viewer | None, enrolment_id: int, school_year: int | None) -> None:
    """Correct or raise the year (0 to 10) that a pupil goes in. Raises NotAllowed."""
    enrolment = to_change(Enrolment, actor, enrolment_id)
    if enrolment.school_year != school_year:
        enrolment.school_year = school_year
        enrolment.save(update_fields=["school_year"])
        record(actor, "change_school_year", enrolment, pupil=enrolment.pupil_id, school=enrolment.school_id)


@transaction.atomic
def put_in_group(
    *, actor: Viewer | None, pupil: Person, group_id: int, valid_from: date | None = None
) -> None:
    """Put a pupil in a group of a school that they go to; nothing happens if they are in it. Raises NotAllowed."""
    group = to_change(Group, actor, group_id)
    first_day = valid_from or clock.today()
    if not Enrolment.everything.filter(pupil=pupil, school=group.school_id).exists():
        raise NotAllowed
    if Membership.everything.filter(valid_on(first_day), person=pupil, group=group).exists():
        return
    membership = Membership.everything.create(
        organiser_id=group.organiser_id, group=group, person=pupil, source=Source.OFFICE, valid_from=first_day
    )
    record(actor, "put_in_group", membership, person=pupil.pk, group=group.pk)


@transaction.atomic
def take_out_of_group(*, actor: Viewer | None, membership_id: int, last_day: date | None = None) -> int:
    """End a membership, at once unless a last day is given; gives whose. Raises NotAllowed.

    Callers use `core.accounts.access_changes.take_out_of_group`, which cuts what followed from it.
    """
    membership = to_change(Membership, actor, membership_id)
    record(actor, "take_out_of_group", membership, person=membership.person_id, group=membership.group_id)
    person_id = membership.person_id
    close(membership, last_day or yesterday())
    return person_id
