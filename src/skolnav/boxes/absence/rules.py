"""Who may do what with absence. Which rows: the doors of models."""

from skolnav.core.access.rules import is_family, is_staff
from skolnav.core.access.viewer import Viewer

may_open = is_family
may_see_staff_side = is_staff


def may_report(viewer: Viewer) -> bool:
    """Guardians report. Pupils do not, nor does anybody for themself."""
    return viewer.is_guardian
