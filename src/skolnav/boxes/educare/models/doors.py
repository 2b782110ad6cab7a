"""The Qs that the box's tables share: whose fritids somebody may know of."""

from django.db.models import Q

from skolnav.core.people.models import Enrolment, Membership
from skolnav.core.people.validity import valid_on
from skolnav.core.tenancy.viewer import Viewer


def of_family(viewer: Viewer) -> Q:
    """One's own children's, and one's own as a pupil."""
    return Q(pupil__in=viewer.pupil_ids)


def of_guardians(viewer: Viewer) -> Q:
    """One's children's: what a pupil reads and does not write."""
    return Q(pupil__in=viewer.child_ids)


def of_staff(viewer: Viewer) -> Q:
    """The children of the fritids groups that one has, and all of a school that one leads."""
    mine = Membership.everything.filter(Membership.valid_on(viewer.today), group__in=viewer.educare_group_ids)
    led = Enrolment.everything.filter(valid_on(viewer.today), school__in=viewer.led_school_ids)
    return Q(pupil__in=mine.values("person_id")) | Q(pupil__in=led.values("pupil_id"))
