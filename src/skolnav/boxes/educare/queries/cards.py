"""The staff's cards of fritids."""

from django.db.models import Count, Q

from skolnav.core.access.viewer import Viewer
from skolnav.core.boxes.registry import StaffCard

from ..models import CheckEvent
from .requests import comments_for, open_requests


def staff_cards(viewer: Viewer) -> list[StaffCard]:
    """Who is here now and what waits, for those who work at fritids. Three statements, for others none."""
    if not viewer.educare_group_ids:
        return []
    today = CheckEvent.everything.filter(day=viewer.today, group__in=viewer.educare_group_ids, undone_at=None)
    came_and_went = today.values("pupil").annotate(
        came=Count("pk", filter=Q(kind=CheckEvent.Kind.IN)),
        went=Count("pk", filter=Q(kind=CheckEvent.Kind.OUT)),
    )
    context = {
        "checked_in": sum(row["came"] > row["went"] for row in came_and_went),
        "requests": open_requests(viewer).count(),
        "unread": comments_for(viewer, unread=True).count(),
    }
    return [StaffCard("educare/staff/card.html", context, order=20)]
