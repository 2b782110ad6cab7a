"""Cards on the staff's start page: applications that wait for the viewer's decision."""

from skolnav.core.access.viewer import Viewer
from skolnav.core.boxes.registry import StaffCard

from .leave_staff import waiting_for

SHOWN = 3


def leave_cards(viewer: Viewer) -> list[StaffCard]:
    """Applications that wait for the viewer's decision. Two statements; none for whom nothing can wait."""
    principal = any(role == "principal" for _, role in viewer.roles)
    if not principal and not viewer.mentor_group_ids:
        return []
    waiting = waiting_for(viewer)
    if not waiting:
        return []
    context = {"leaves": waiting[:SHOWN], "number": len(waiting)}
    return [StaffCard("absence/leave/card.html", context, order=40)]
