"""The staff's cards of fritids."""

from skolnav.core.access.viewer import Viewer
from skolnav.core.boxes.registry import StaffCard


def staff_cards(viewer: Viewer) -> list[StaffCard]:
    """Who is here now and what waits, for those who work at fritids."""
    return []
