"""Asking staff for other times on a day that is locked."""

from django.db import transaction
from django.utils.translation import gettext as _

from skolnav.core.access.viewer import Viewer
from skolnav.core.audit.log import record
from skolnav.core.notifications.outbox import Telling, notify_many
from skolnav.core.people.actions.refusals import Refused
from skolnav.core.schools.calendar import school_calendar
from skolnav.core.tenancy import clock

from ..models import ChangeRequest
from ..queries.locks import is_locked
from ..queries.people import staff_of
from ..queries.wishes import Wish, changes_something, why_not
from .permits import require_custody
from .times import hold


@transaction.atomic
def ask_change(*, actor: Viewer, wish: Wish, note: str) -> ChangeRequest:
    """Ask for other times; an earlier request of the day that waits is withdrawn.

    Raises NotAllowed for somebody else's child, and Refused for what can not be, or needs no asking.
    """
    require_custody(actor, wish.pupil_id)
    known = hold([wish.pupil_id], wish.day, wish.day)
    calendar = school_calendar(actor.organiser_id, wish.day, wish.day)
    reason = why_not(known, calendar, wish, actor.person_id, asks=True)
    opening = known.of_school(wish.pupil_id)
    if reason or opening is None:
        raise Refused(reason)
    if not is_locked(opening, wish.day):
        raise Refused(_("Dagen är inte låst: ändra tiderna själv."))
    if not changes_something(known, wish):
        raise Refused(_("Det är samma tider som redan gäller."))
    waiting = ChangeRequest.everything.filter(
        pupil=wish.pupil_id, day=wish.day, decided_at=None, withdrawn_at=None
    )
    waiting.update(withdrawn_at=clock.now())
    asked = ChangeRequest.everything.create(
        organiser_id=actor.organiser_id,
        pupil_id=wish.pupil_id,
        day=wish.day,
        comes_at=None if wish.is_free else wish.comes_at,
        leaves_at=None if wish.is_free else wish.leaves_at,
        is_off=wish.is_free,
        collector_id=wish.collector_id,
        collected_by=wish.collected_by,
        goes_alone=wish.goes_alone,
        note=note,
        asked_by_id=actor.person_id,
        asked_at=clock.now(),
    )
    record(actor, "ask_care_change", asked)
    _tell_staff(asked)
    return asked


@transaction.atomic
def withdraw_request(*, actor: Viewer, asked: ChangeRequest) -> None:
    """Take back a request that waits; twice is the same as once. Raises NotAllowed, and Refused once it is answered."""
    require_custody(actor, asked.pupil_id)
    now = ChangeRequest.everything.select_for_update(of=("self",)).get(pk=asked.pk)
    if now.decided_at is not None:
        raise Refused(_("Personalen har redan svarat."))
    if now.withdrawn_at is None:
        now.withdrawn_at = clock.now()
        now.save(update_fields=["withdrawn_at"])
        record(actor, "withdraw_care_change", now)


def _tell_staff(asked: ChangeRequest) -> None:
    telling = Telling(
        fact=f"request:{asked.pk}",
        revision=1,
        person_ids=staff_of(asked.pupil_id),
        link_name="educare_staff:decide",
        link_args={"change": asked.public_id},
        params={"day": asked.day.isoformat()},
    )
    notify_many("educare.request", [telling], organiser_id=asked.organiser_id, due_at=clock.now())
