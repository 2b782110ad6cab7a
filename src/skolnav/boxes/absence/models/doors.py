"""The Qs that the box's tables share: which pupils' absence somebody may know of.

Who has no group and leads no school gets a Q that the database never meets: families' pages carry no questions of the
staff's.
"""

from collections.abc import Collection

from django.db.models import Q

from skolnav.core.people.models import Enrolment, Membership
from skolnav.core.people.validity import valid_on
from skolnav.core.tenancy.viewer import Viewer

NONE = Q(pk__in=[])


def of_family(viewer: Viewer) -> Q:
    """One's own children's, and one's own as a pupil."""
    return Q(pupil__in=viewer.pupil_ids)


def of_staff(viewer: Viewer) -> Q:
    """The pupils of one's groups, and all of a school that one leads."""
    return _in_groups(viewer, viewer.staff_group_ids) | of_leaders(viewer)


def of_mentors(viewer: Viewer) -> Q:
    """The pupils whose mentor one is, and all of a school that one leads."""
    return _in_groups(viewer, viewer.mentor_group_ids) | of_leaders(viewer)


def of_leaders(viewer: Viewer) -> Q:
    """All pupils of the schools where one is principal or administrator."""
    if not viewer.led_school_ids:
        return NONE
    led = Enrolment.everything.filter(valid_on(viewer.today), school__in=viewer.led_school_ids)
    return Q(pupil__in=led.values("pupil_id"))


def of_those_responsible(viewer: Viewer) -> Q:
    """Rows with pupil and school: of pupils whose mentor one is there, and those of a school that one leads.

    Those stay with the school that they happened at when the pupil moves on; but whoever is protected is no longer
    known there. Nobody is responsible for their own child (Förvaltningslagen 2017:900, 16 §).
    """
    theirs = _in_groups(viewer, viewer.mentor_group_ids) & Q(school__in=viewer.staff_school_ids)
    if viewer.led_school_ids:
        led = Q(school__in=viewer.led_school_ids)
        theirs |= led & (Q(pupil__is_protected=False) | of_leaders(viewer))
    return theirs & ~Q(pupil__in=viewer.child_ids)


def _in_groups(viewer: Viewer, group_ids: Collection[int]) -> Q:
    if not group_ids:
        return NONE
    members = Membership.everything.filter(Membership.valid_on(viewer.today), group__in=group_ids)
    return Q(pupil__in=members.values("person_id"))
