"""The fritids sections that somebody works in or leads."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from skolnav.core.access.viewer import Viewer
from skolnav.core.people.models import Group, Membership
from skolnav.core.people.validity import valid_on
from skolnav.core.tenancy.managers import DoorQuerySet

from ..models import CommentSeen


@dataclass(frozen=True, slots=True)
class Section:
    """A fritids section."""

    id: int
    public_id: str
    name: str
    school_id: int


def sections_of(viewer: Viewer) -> list[Section]:
    """By name; those of one's own come with the viewer, a leader's are asked for. One statement at most."""
    mine = [
        Section(one.id, one.public_id, one.name, one.school_id)
        for one in viewer.staff_groups
        if one.role == "educare"
    ]
    if viewer.led_school_ids:
        led = Group.everything.filter(
            valid_on(viewer.today), kind=Group.Kind.EDUCARE, school__in=viewer.led_school_ids
        )
        mine += [Section(*row) for row in led.values_list("pk", "public_id", "name", "school_id")]
    return sorted({one.id: one for one in mine}.values(), key=lambda one: (one.school_id, one.name))


def chosen_sections(sections: Sequence[Section], public_id: str) -> list[Section]:
    """The section of an address, or all those of the first one's school; Http404 for one that is not theirs."""
    if public_id:
        found = [one for one in sections if one.public_id == public_id]
        if not found:
            raise Http404
        return found
    return [one for one in sections if one.school_id == sections[0].school_id]


def staffed_memberships(viewer: Viewer) -> DoorQuerySet[Membership]:
    """Who is today in the fritids sections that the viewer works in or leads."""
    mine = Q(group__in=viewer.educare_group_ids) | Q(group__school__in=viewer.led_school_ids)
    return Membership.everything.filter(
        Membership.valid_on(viewer.today), mine, group__kind=Group.Kind.EDUCARE
    )


def unread_comments(viewer: Viewer) -> Q:
    """The families' comments that the viewer has not read."""
    seen = CommentSeen.objects.filter(
        pupil=OuterRef("pupil"),
        day=OuterRef("day"),
        person=viewer.person_id,
        seen_at__gte=OuterRef("written_at"),
    )
    return Q(is_from_staff=False) & ~Q(Exists(seen))
