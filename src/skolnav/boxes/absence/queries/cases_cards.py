"""Cards on the staff's start page: families to telephone about unexcused absence, passed thresholds."""

from skolnav.core.access.viewer import Viewer
from skolnav.core.boxes.registry import StaffCard


def cases_cards(viewer: Viewer) -> list[StaffCard]:
    """Families to telephone about unexcused absence, and pupils who have passed a threshold."""
    return []
