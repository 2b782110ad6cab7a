"""Investigations as their members see them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from skolnav.boxes.absence.models import (
    Investigation,
    InvestigationMeasure,
    InvestigationMember,
    InvestigationNote,
)
from skolnav.core.access.viewer import Viewer
from skolnav.core.people.models import Duty, Enrolment, Membership, Person
from skolnav.core.people.validity import valid_on
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.managers import DoorQuerySet


@dataclass(frozen=True)
class InvestigationPage:
    """All of one investigation."""

    investigation: Investigation
    members: Sequence[InvestigationMember]
    notes: Sequence[InvestigationNote]
    measures: Sequence[InvestigationMeasure]

    @property
    def working(self) -> list[InvestigationMember]:
        """Those who work with it now."""
        return [member for member in self.members if member.left_at is None]


def investigations(viewer: Viewer, *, closed: bool = False) -> DoorQuerySet[Investigation]:
    """Those that the viewer works with, newest first; with pupil and school."""
    mine = Investigation.objects.visible_to(viewer).filter(closed_at__isnull=not closed)
    return mine.select_related("pupil", "school").order_by("-opened_at", "-pk")


def investigation_of(viewer: Viewer, public_id: str) -> Investigation:
    """One that the viewer works with; Http404 for everybody else, leaders too."""
    rows = Investigation.objects.visible_to(viewer).select_related(
        "pupil", "school", "opened_by", "closed_by"
    )
    return rows.get_or_404(public_id=public_id)


def investigation_page(investigation: Investigation) -> InvestigationPage:
    """What stands in one that came through its door. Three statements."""
    return InvestigationPage(
        investigation,
        list(
            InvestigationMember.objects.filter(investigation=investigation).select_related(
                "person", "added_by"
            )
        ),
        list(InvestigationNote.objects.filter(investigation=investigation).select_related("author")),
        list(
            InvestigationMeasure.objects.filter(investigation=investigation).select_related(
                "added_by", "done_by"
            )
        ),
    )


def staff_of(school_id: int) -> list[Person]:
    """Everybody on duty at a school today, by name. One statement."""
    on_duty = Duty.everything.filter(Q(school=school_id) | Q(school=None), valid_on(clock.today()))
    people = Person.everything.filter(pk__in=on_duty.values("person_id"), is_active=True)
    return list(people.order_by("given_name", "family_name", "pk"))


def places_to_investigate(viewer: Viewer) -> QuerySet[Enrolment]:
    """Where the viewer may open investigations: the pupils they mentor, at the school of it, and all of a school that
    they lead; never about their own child. With pupil and school."""
    mentored = Membership.everything.filter(
        Membership.valid_on(viewer.today), group__in=viewer.mentor_group_ids
    )
    mine = Q(school__in=viewer.led_school_ids) | Q(
        school__in=viewer.staff_school_ids, pupil__in=mentored.values("person_id")
    )
    places = Enrolment.everything.filter(valid_on(viewer.today), mine, organiser_id=viewer.organiser_id)
    places = places.exclude(pupil__in=viewer.child_ids)
    return places.select_related("pupil", "school").order_by("pk")
