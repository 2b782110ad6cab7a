"""Tasks of high or repeated absence, as pages show them."""

from dataclasses import dataclass

from skolnav.boxes.absence.models import FollowUp, Investigation, UnexcusedCase
from skolnav.core.access.viewer import Viewer
from skolnav.core.tenancy.managers import DoorQuerySet

from .figures import month_of


@dataclass(frozen=True)
class FollowUpPage:
    """One task with the month's cases, and the open investigation if the viewer works with it."""

    follow_up: FollowUp
    cases: list[UnexcusedCase]
    investigation: Investigation | None


def follow_ups(viewer: Viewer, *, closed: bool = False) -> DoorQuerySet[FollowUp]:
    """The viewer's tasks, open or closed, newest first; with pupil and school."""
    mine = FollowUp.objects.editable_by(viewer).filter(closed_at__isnull=not closed)
    return mine.select_related("pupil", "school", "closed_by").order_by("-opened_at", "-pk")


def follow_up_page(viewer: Viewer, public_id: str) -> FollowUpPage:
    """One of the viewer's tasks. Three statements; Http404 for others."""
    rows = FollowUp.objects.editable_by(viewer).select_related("pupil", "school", "closed_by")
    found = rows.get_or_404(public_id=public_id)
    first, last = month_of(found.month)
    cases = UnexcusedCase.objects.editable_by(viewer).filter(
        pupil=found.pupil_id, day__gte=first, day__lte=last
    )
    mine = Investigation.objects.visible_to(viewer).filter(pupil=found.pupil_id, closed_at=None)
    return FollowUpPage(found, list(cases.order_by("day")), mine.first())
