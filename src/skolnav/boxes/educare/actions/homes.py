"""Two homes: whose week it is. One guardian proposes, another agrees; from then on each changes their own weeks."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from skolnav.core.access.viewer import Viewer
from skolnav.core.audit.log import record
from skolnav.core.notifications.outbox import notify
from skolnav.core.people.actions.refusals import NotAllowed, Refused
from skolnav.core.people.models import Person
from skolnav.core.tenancy import clock

from ..models import HomeAgreement, HomeWeek
from ..queries.people import guardians_of_one
from .permits import require_custody


@transaction.atomic
def propose_homes(
    *, actor: Viewer, pupil_id: int, cycle_start: date, guardians: Sequence[int]
) -> HomeAgreement:
    """Propose who has the child in each week of a cycle (`guardians` by week). Replaces a proposal that waits.

    Raises NotAllowed, and Refused where there is nobody to agree with, or a week's guardian is none of the child's.
    """
    require_custody(actor, pupil_id)
    _hold(pupil_id)
    known = {one.id for one in guardians_of_one(pupil_id)}
    if len(known) < 2:
        raise Refused(_("Barnet har ingen annan vårdnadshavare här att komma överens med."))
    if not set(guardians) <= known or len(set(guardians)) < 2:
        raise Refused(_("Välj båda hemmen: minst en vecka hos var och en."))
    _end(actor, HomeAgreement.everything.filter(pupil=pupil_id, agreed_at=None, ended_at=None))
    proposal = HomeAgreement.everything.create(
        organiser_id=actor.organiser_id,
        pupil_id=pupil_id,
        weeks=len(guardians),
        cycle_start=cycle_start,
        proposed_by_id=actor.person_id,
        proposed_at=clock.now(),
    )
    HomeWeek.objects.bulk_create(
        HomeWeek(agreement=proposal, week=week, guardian_id=guardian)
        for week, guardian in enumerate(guardians)
    )
    record(actor, "propose_homes", proposal)
    _tell(proposal, "educare.homes_proposed", set(guardians) - {actor.person_id})
    return proposal


@transaction.atomic
def agree_to_homes(*, actor: Viewer, proposal: HomeAgreement) -> None:
    """Put a proposal in force, in place of what held. Raises NotAllowed (its own proposer too), and Refused."""
    require_custody(actor, proposal.pupil_id)
    _hold(proposal.pupil_id)
    now = HomeAgreement.everything.get(pk=proposal.pk)
    if now.proposed_by_id == actor.person_id:
        raise NotAllowed("Another guardian agrees to a proposal.")
    if now.ended_at is not None:
        raise Refused(_("Förslaget gäller inte längre."))
    if now.agreed_at is not None:
        return
    _end(actor, HomeAgreement.everything.filter(pupil=now.pupil_id, ended_at=None).exclude(pk=now.pk))
    now.agreed_at, now.agreed_by_id = clock.now(), actor.person_id
    now.save(update_fields=["agreed_at", "agreed_by"])
    record(actor, "agree_to_homes", now)
    _tell(now, "educare.homes_agreed", {now.proposed_by_id or 0})


@transaction.atomic
def end_homes(*, actor: Viewer, agreement: HomeAgreement) -> None:
    """Decline or withdraw a proposal, or end what holds: then both change all weeks again. Raises NotAllowed."""
    require_custody(actor, agreement.pupil_id)
    _hold(agreement.pupil_id)
    if _end(actor, HomeAgreement.everything.filter(pk=agreement.pk, ended_at=None)):
        others = {one.id for one in guardians_of_one(agreement.pupil_id)} - {actor.person_id}
        _tell(agreement, "educare.homes_ended", others)


def _end(actor: Viewer, rows: QuerySet[HomeAgreement]) -> int:
    ended = list(rows)
    rows.update(ended_at=clock.now(), ended_by_id=actor.person_id)
    for row in ended:
        record(actor, "end_homes", row)
    return len(ended)


def _tell(agreement: HomeAgreement, kind: str, person_ids: set[int]) -> None:
    people = person_ids - {0}
    if people:
        notify(
            kind,
            revision=1,
            due_at=clock.now(),
            person_ids=people,
            pupil=Person.everything.get(pk=agreement.pupil_id),
            fact=f"homes:{agreement.pk}",
            link_name="educare:homes",
        )


def _hold(pupil_id: int) -> None:
    """Two guardians' answers come one after the other."""
    list(Person.everything.select_for_update(no_key=True).filter(pk=pupil_id).values_list("pk"))
