"""The fritids sections that somebody works in or leads, and who is in them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from skolnav.core.access.viewer import Viewer
from skolnav.core.people.models import Group, Membership, Person
from skolnav.core.people.validity import valid_on
from skolnav.core.tenancy.managers import DoorQuerySet

from ..models import ChangeRequest, CommentSeen, DayComment


@dataclass(frozen=True, slots=True)
class Section:
    """A fritids section."""

    id: int
    public_id: str
    name: str
    school_id: int


@dataclass(slots=True)
class Member:
    """A child of a section on a day, with its other groups, and what waits for the viewer."""

    person: Person
    section: Section
    class_name: str = ""
    group_ids: set[int] = field(default_factory=set)
    has_request: bool = False
    has_comment: bool = False
    has_unread: bool = False


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


def members_of(
    viewer: Viewer, sections: Collection[Section], day: date, only: int | None = None
) -> list[Member]:
    """Who is in the sections (the viewer's own) on a day, by name; `only` one person. One statement."""
    by_id = {one.id: one for one in sections}
    inside = Membership.everything.filter(Membership.valid_on(day), group__in=by_id)
    if only is not None:
        inside = inside.filter(person=only)
    rows = Membership.everything.filter(Membership.valid_on(day), person__in=inside.values("person_id"))
    asked = rows.select_related("person", "group").only(
        "group__name",
        "group__kind",
        "person__public_id",
        "person__organiser_id",
        "person__given_name",
        "person__family_name",
        "person__is_protected",
    )
    memberships = list(asked.annotate(**_what_waits(viewer, day)).order_by("pk"))
    found: dict[int, Member] = {}
    for row in memberships:
        if row.group_id in by_id:
            found.setdefault(row.person_id, _member(row, by_id[row.group_id]))
    for row in memberships:
        found[row.person_id].group_ids.add(row.group_id)
        if row.group.kind == Group.Kind.CLASS:
            found[row.person_id].class_name = row.group.name
    return sorted(found.values(), key=lambda one: (one.person.given_name.casefold(), one.person.family_name))


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


def _what_waits(viewer: Viewer, day: date) -> dict[str, Exists]:
    comments = DayComment.everything.filter(pupil=OuterRef("person"), day=day)
    requests = ChangeRequest.everything.filter(
        pupil=OuterRef("person"), day=day, decided_at=None, withdrawn_at=None
    )
    return {
        "has_request": Exists(requests),
        "has_comment": Exists(comments),
        "has_unread": Exists(comments.filter(unread_comments(viewer))),
    }


def _member(row: Membership, section: Section) -> Member:
    return Member(
        row.person,
        section,
        has_request=getattr(row, "has_request", False),
        has_comment=getattr(row, "has_comment", False),
        has_unread=getattr(row, "has_unread", False),
    )
