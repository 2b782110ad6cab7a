"""The Qs that the box's tables share: which pupils' absence somebody may know of."""

from django.db.models import Q

from skolnav.core.people.models import Enrolment, Membership
from skolnav.core.people.validity import valid_on
from skolnav.core.tenancy.viewer import Viewer


def of_family(viewer: Viewer) -> Q:
    """One's own children's, and one's own as a pupil."""
    return Q(pupil__in=viewer.pupil_ids)


def of_staff(viewer: Viewer) -> Q:
    """The pupils of one's groups, and all of a school that one leads."""
    mine = Membership.everything.filter(Membership.valid_on(viewer.today), group__in=viewer.staff_group_ids)
    return Q(pupil__in=mine.values("person_id")) | of_leaders(viewer)


def of_mentors(viewer: Viewer) -> Q:
    """The pupils whose mentor one is, and all of a school that one leads."""
    mine = Membership.everything.filter(Membership.valid_on(viewer.today), group__in=viewer.mentor_group_ids)
    return Q(pupil__in=mine.values("person_id")) | of_leaders(viewer)


def of_leaders(viewer: Viewer) -> Q:
    """All pupils of the schools where one is principal or administrator."""
    led = Enrolment.everything.filter(valid_on(viewer.today), school__in=viewer.led_school_ids)
    return Q(pupil__in=led.values("pupil_id"))


def of_those_responsible(viewer: Viewer) -> Q:
    """Rows with pupil and school: of pupils whose mentor one is there, and those of a school that one leads.

    Those stay with the school that they happened at when the pupil moves on; but whoever is protected is no longer
    known there. Nobody is responsible for their own child (Förvaltningslagen 2017:900, 16 §).
    """
    mine = Membership.everything.filter(Membership.valid_on(viewer.today), group__in=viewer.mentor_group_ids)
    mentored = Q(pupil__in=mine.values("person_id"), school__in=viewer.staff_school_ids)
    led = Q(school__in=viewer.led_school_ids)
    theirs = mentored | (led & (Q(pupil__is_protected=False) | of_leaders(viewer)))
    return theirs & ~Q(pupil__in=viewer.child_ids)
