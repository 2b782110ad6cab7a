"""The rules that many pages share. A box's own stand in its `rules.py`."""

from .viewer import Viewer


def is_logged_in(viewer: Viewer) -> bool:
    """Anybody with an account and a role today."""
    return viewer.has_a_role


def is_family(viewer: Viewer) -> bool:
    """A guardian of somebody today, or a pupil."""
    return viewer.is_family


def is_staff(viewer: Viewer) -> bool:
    """Somebody on duty at a school today."""
    return viewer.is_staff


def is_administrator(viewer: Viewer) -> bool:
    """A school administrator today."""
    return viewer.is_administrator
