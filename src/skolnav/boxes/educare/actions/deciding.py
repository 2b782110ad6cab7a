"""Answering families: their requests for other times on locked days, and their comments."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from skolnav.core.access.viewer import Viewer
from skolnav.core.audit.log import record
from skolnav.core.notifications.outbox import notify
from skolnav.core.people.actions.refusals import NotAllowed, Refused
from skolnav.core.people.models import Group, Person
from skolnav.core.tenancy import clock

from ..models import CareTime, ChangeRequest, DayComment
from ..queries.families import guardians_of
from ..queries.opening import opening_of
from ..queries.requests import requests_of_staff
from ..queries.sections import staffed_memberships
from .comments import read_comments


@transaction.atomic
def decide_request(*, actor: Viewer, request: ChangeRequest, accept: bool, answer: str = "") -> ChangeRequest:
    """Say yes, which sets the day's times, or no to a request, and tell the family.

    Raises NotAllowed, and Refused for one that is answered or withdrawn already, and for a yes to a day that is over
    or to times when fritids is closed.
    """
    place = _place_of(actor, request.pupil_id)
    now = requests_of_staff(actor).select_for_update(of=("self",)).filter(pk=request.pk).first()
    if now is None:
        raise NotAllowed("Whoever asked has no custody of the child any more.")
    if now.withdrawn_at is not None:
        raise Refused(_("Familjen har tagit tillbaka sin önskan."))
    if now.decided_at is not None:
        raise Refused(_("Önskan är redan besvarad."))
    if accept:
        _require_open(actor, place.school_id, now)
        _set_times(actor, now)
    now.decided_at, now.decided_by_id = clock.now(), actor.person_id
    now.is_accepted, now.answer = accept, answer
    now.save()
    record(actor, "decide_educare_request", now, is_accepted=accept)
    params = {"day": now.day.isoformat(), "is_accepted": accept}
    _tell(now.pupil_id, "educare.request_answered", f"request:{now.pk}", params)
    return now


@transaction.atomic
def comment_as_staff(*, actor: Viewer, pupil_id: int, day: date, text: str) -> DayComment:
    """Write to a family about a day, and tell them. Raises NotAllowed."""
    _place_of(actor, pupil_id)
    comment = DayComment.everything.create(
        organiser_id=actor.organiser_id,
        pupil_id=pupil_id,
        day=day,
        author_id=actor.person_id,
        text=text,
        is_from_staff=True,
        written_at=clock.now(),
    )
    record(actor, "comment_educare_day", comment, pupil=pupil_id)
    read_comments(actor=actor, pupil_id=pupil_id, day=day)
    _tell(pupil_id, "educare.staff_comment", f"comment:{comment.pk}", {"day": day.isoformat()})
    return comment


def _place_of(actor: Viewer, pupil_id: int) -> Group:
    """The pupil's section that is the actor's."""
    place = staffed_memberships(actor).filter(person=pupil_id).select_related("group").first()
    if place is None:
        raise NotAllowed("The pupil is in none of the actor's sections.")
    return place.group


def _require_open(actor: Viewer, school_id: int, request: ChangeRequest) -> None:
    if request.day < clock.today():
        raise Refused(_("Dagen har redan varit. Svara nej, eller skriv till familjen."))
    if request.is_off:
        return
    hours = opening_of(actor.organiser_id, school_id, request.day, request.day).hours_on(request.day)
    times = [at for at in (request.comes_at, request.leaves_at) if at is not None]
    if hours is None:
        raise Refused(_("Fritids är stängt den dagen."))
    if any(not hours[0] <= at <= hours[1] for at in times):
        raise Refused(
            _("Fritids är öppet %(opens)s–%(closes)s den dagen.")
            % {"opens": f"{hours[0]:%H.%M}", "closes": f"{hours[1]:%H.%M}"}
        )


def _set_times(actor: Viewer, request: ChangeRequest) -> None:
    row = CareTime.everything.select_for_update().filter(pupil=request.pupil_id, day=request.day).first()
    if row is None:
        row = CareTime(
            organiser_id=request.organiser_id, pupil_id=request.pupil_id, day=request.day, version=0
        )
    row.comes_at, row.leaves_at, row.is_off = request.comes_at, request.leaves_at, request.is_off
    row.collector_id, row.collected_by = request.collector_id, request.collected_by
    row.goes_alone = request.goes_alone
    # The words are the asker's: when theirs no longer count, who collects by them does not either.
    row.set_by_id, row.set_at = request.asked_by_id or actor.person_id, clock.now()
    row.version += 1
    row.save()


def _tell(pupil_id: int, kind: str, fact: str, params: dict[str, object]) -> None:
    guardians = guardians_of([pupil_id]).get(pupil_id, [])
    pupil = Person.everything.only("organiser_id").get(pk=pupil_id)
    if guardians:
        notify(
            kind,
            revision=1,
            due_at=clock.now(),
            person_ids=guardians,
            pupil=pupil,
            fact=fact,
            params=params,
            link_name="educare:index",
        )
