"""What the start page's cards say of absence."""

from collections.abc import Sequence

from skolnav.core.access.viewer import Viewer
from skolnav.core.boxes.registry import BoxToday, PupilDay


def today(viewer: Viewer, days: Sequence[PupilDay]) -> BoxToday:
    """Who is reported away, and the way to report. Two statements at most: the days hold their absences."""
    return BoxToday()
