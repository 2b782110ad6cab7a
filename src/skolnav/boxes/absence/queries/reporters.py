"""Which pupils' absence staff may type in."""

from collections.abc import Collection

from django.db.models import Q

from skolnav.core.access.viewer import Viewer
from skolnav.core.people.models import Enrolment, Membership, Person
from skolnav.core.people.validity import valid_on


def may_report_as_staff(viewer: Viewer, pupil_ids: Collection[int]) -> bool:
    """Whether the viewer is mentor of each of the pupils, or leads their school. One statement, none for others."""
    if not (viewer.mentor_group_ids or viewer.led_school_ids):
        return False
    mine = Membership.everything.filter(Membership.valid_on(viewer.today), group__in=viewer.mentor_group_ids)
    led = Enrolment.everything.filter(valid_on(viewer.today), school__in=viewer.led_school_ids)
    theirs = Person.everything.filter(
        Q(pk__in=mine.values("person_id")) | Q(pk__in=led.values("pupil_id")), pk__in=list(pupil_ids)
    )
    return theirs.count() == len(set(pupil_ids))
