"""Cards on the staff's start page: applications that wait for the viewer's decision."""

from skolnav.core.access.viewer import Viewer
from skolnav.core.boxes.registry import StaffCard


def leave_cards(viewer: Viewer) -> list[StaffCard]:
    """Applications that wait for the viewer's decision."""
    return []
