"""Whatever cuts or gives access: custody and employment. The office and the imports come this way, both.

What a person may see follows from what is valid today and is asked anew with every request, so nothing here opens
or closes a page. It takes away what lies outside the pages: queued mail, sessions and the links that were sent.
"""

from datetime import date

from django.db import transaction
from django.db.models import Q

from skolnav.core.access.building import build_viewer
from skolnav.core.accounts.actions import cut_sessions
from skolnav.core.notifications.cutting import cut_person
from skolnav.core.people.actions import enrolments
from skolnav.core.people.actions.duties import end_duty_row
from skolnav.core.people.actions.guardianships import (
    end_guardianship_row,
    lift_restriction_row,
    restore_guardianship_row,
    restrict_guardianship_row,
)
from skolnav.core.people.models import Guardianship, Person
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.viewer import Viewer


@transaction.atomic
def end_guardianship(
    *, actor: Viewer | None, guardianship_id: int, last_day: date, reason: str, version: int | None = None
) -> Guardianship:
    """End a custody. Up to today everything that followed from it is cut at once; a later day takes effect by itself,
    since the worker asks about custody again when it sends.

    Raises NotAllowed, EditedMeanwhile and Refused.
    """
    relation = end_guardianship_row(
        actor=actor, guardianship_id=guardianship_id, last_day=last_day, reason=reason, version=version
    )
    if relation.ended_at:
        cut_what_lost_its_ground(relation.guardian, actor=actor)
    return relation


def restore_guardianship(*, actor: Viewer | None, guardianship_id: int) -> Guardianship:
    """Undo an end. What was cut stays cut: mails are not sent after all, and the person logs in again.

    Raises NotAllowed and Refused.
    """
    return restore_guardianship_row(actor=actor, guardianship_id=guardianship_id)


@transaction.atomic
def restrict_guardianship(
    *, actor: Viewer | None, guardianship_id: int, reason: str, version: int | None = None
) -> Guardianship:
    """Let the custody remain and take away its access, at once. Raises NotAllowed, EditedMeanwhile and Refused."""
    relation = restrict_guardianship_row(
        actor=actor, guardianship_id=guardianship_id, reason=reason, version=version
    )
    cut_what_lost_its_ground(relation.guardian, actor=actor)
    return relation


def lift_restriction(
    *, actor: Viewer | None, guardianship_id: int, version: int | None = None
) -> Guardianship:
    """Give back the access that a restriction took. Raises NotAllowed, EditedMeanwhile and Refused."""
    return lift_restriction_row(actor=actor, guardianship_id=guardianship_id, version=version)


@transaction.atomic
def end_duty(*, actor: Viewer | None, duty_id: int, last_day: date) -> None:
    """End somebody's duty after a day; one that is over already is cut at once. Raises NotAllowed and Refused."""
    person_id = end_duty_row(actor=actor, duty_id=duty_id, last_day=last_day)
    if last_day < clock.today():
        cut_what_lost_its_ground(Person.everything.get(pk=person_id), actor=actor)


@transaction.atomic
def end_enrolment(*, actor: Viewer | None, enrolment_id: int, last_day: date) -> None:
    """Let a pupil leave a school after a day; when it is past, cut the family's mail of it. Raises NotAllowed."""
    pupil_id = enrolments.end_enrolment(actor=actor, enrolment_id=enrolment_id, last_day=last_day)
    if last_day < clock.today():
        _cut_family(pupil_id, actor)


@transaction.atomic
def take_out_of_group(*, actor: Viewer | None, membership_id: int) -> None:
    """Take a pupil out of a group at once, and cut the family's mail of it. Raises NotAllowed."""
    _cut_family(enrolments.take_out_of_group(actor=actor, membership_id=membership_id), actor)


def _cut_family(pupil_id: int, actor: Viewer | None) -> None:
    """The pupil, and everybody with custody of them today."""
    custody = Guardianship.everything.filter(Guardianship.gives_access_on(clock.today()), pupil=pupil_id)
    guardians = custody.values("guardian_id")
    for person in Person.everything.filter(Q(pk=pupil_id) | Q(pk__in=guardians)):
        cut_what_lost_its_ground(person, actor=actor)


def cut_what_lost_its_ground(person: Person, *, actor: Viewer | None = None) -> None:
    """Cut a person's queued mail that no longer concerns them and, when no role is left today, sessions and links.

    Somebody who keeps a role stays logged in: what they lost is gone from their very next page all the same.
    """
    cut_person(person.pk)
    if not build_viewer(person.pk).has_a_role:
        cut_sessions(person, actor=actor)
