"""Who may do what in the calendar. Which rows: `visible_q` and `editable_q` in models."""

from skolnav.core.access.rules import is_family, is_staff
from skolnav.core.access.viewer import Viewer


def may_open(viewer: Viewer) -> bool:
    """Families open the box."""
    return is_family(viewer)


def may_see_staff_side(viewer: Viewer) -> bool:
    """All staff see the calendar of their schools."""
    return is_staff(viewer)


def may_write(viewer: Viewer) -> bool:
    """Those with a group of their own, or a school to lead."""
    return bool(viewer.staff_group_ids or viewer.led_school_ids)
