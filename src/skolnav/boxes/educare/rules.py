"""Who may do what with fritids."""

from skolnav.core.access.rules import is_family, is_staff
from skolnav.core.access.viewer import Viewer

may_open = is_family
may_see_staff_side = is_staff


def has_sections(viewer: Viewer) -> bool:
    """Whoever works in a fritids section, or leads a school that may have some: their children's pages."""
    return bool(viewer.educare_group_ids or viewer.led_school_ids)


def leads(viewer: Viewer) -> bool:
    """Principals and administrators: opening hours and how long families may change."""
    return bool(viewer.led_school_ids)


def may_register(viewer: Viewer) -> bool:
    """Guardians set times, ask and comment; a pupil reads. Which child: `viewer.child_ids`."""
    return viewer.is_guardian
