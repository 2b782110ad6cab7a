"""Who may bring data in through the pages."""

from skolnav.core.access.viewer import Viewer


def may_bring_in_timetables(viewer: Viewer) -> bool:
    """Principals and administrators, for the schools they lead."""
    return bool(viewer.led_school_ids)
