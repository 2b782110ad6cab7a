"""What of absence waits for staff on their start page."""

from skolnav.core.access.viewer import Viewer
from skolnav.core.boxes.registry import StaffCard

from .cases_cards import cases_cards
from .leave_cards import leave_cards
from .lessons_cards import lessons_cards


def staff_cards(viewer: Viewer) -> list[StaffCard]:
    """The lesson to take, families to tell, applications to decide."""
    return [*lessons_cards(viewer), *cases_cards(viewer), *leave_cards(viewer)]
