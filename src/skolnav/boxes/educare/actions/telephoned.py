"""A child's times as a guardian says them on the telephone, written in by whoever has the child at fritids."""

from django.db import transaction
from django.utils.translation import gettext as _

from skolnav.core.access.viewer import Viewer
from skolnav.core.notifications.outbox import notify
from skolnav.core.people.actions.refusals import NotAllowed, Refused
from skolnav.core.people.models import Person
from skolnav.core.schools.calendar import school_calendar
from skolnav.core.tenancy import clock

from ..queries.families import guardians_of
from ..queries.sections import staffed_memberships
from ..queries.wishes import Wish, changes_something, why_not
from .times import DaysEditedMeanwhile, hold, put_days


@transaction.atomic
def set_telephoned_times(*, actor: Viewer, wish: Wish, guardian_id: int) -> bool:
    """Set a day by a guardian's word and tell the family; gives whether anything changed.

    The families' rules hold, but for the lock: whoever has the child knows what can be managed. Raises NotAllowed for
    a child of another section or a guardian without custody today, Refused for what can not be, and
    DaysEditedMeanwhile when the day is no longer at its version.
    """
    guardians = guardians_of([wish.pupil_id]).get(wish.pupil_id, [])
    if not staffed_memberships(actor).filter(person=wish.pupil_id).exists() or guardian_id not in guardians:
        raise NotAllowed("The pupil is in none of the actor's sections, or the guardian has no custody.")
    known = hold([wish.pupil_id], wish.day, wish.day)
    plan = known.plan(wish.pupil_id, wish.day)
    if not changes_something(known, wish):
        return False
    if plan.owner_id not in (None, guardian_id):
        raise Refused(_("Det är den andra vårdnadshavarens vecka. Bara den kan ändra tiderna."))
    calendar = school_calendar(actor.organiser_id, wish.day, wish.day)
    reason = why_not(known, calendar, wish, guardian_id, asks=True)
    if reason:
        raise Refused(reason)
    if plan.version != wish.version:
        raise DaysEditedMeanwhile([plan])
    put_days(actor=actor, known=known, wishes=[wish], guardian_id=guardian_id)
    notify(
        "educare.times_telephoned",
        revision=plan.version + 1,
        due_at=clock.now(),
        person_ids=guardians,
        pupil=Person(pk=wish.pupil_id, organiser_id=actor.organiser_id),
        fact=f"times:{wish.pupil_id}:{wish.day}",
        params={"day": wish.day.isoformat()},
        link_name="educare:index",
    )
    return True
