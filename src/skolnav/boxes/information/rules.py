"""Who may do what in the box. Which rows: `visible_q` and `editable_q` of the models."""

from skolnav.core.access.rules import is_family, is_staff
from skolnav.core.access.viewer import Viewer

__all__ = ["may_read", "may_work", "may_write"]

may_read = is_family
may_work = is_staff


def may_write(viewer: Viewer) -> bool:
    """Somebody on duty with a group of their own, or who leads a school."""
    return bool(viewer.staff_group_ids or viewer.led_school_ids)
