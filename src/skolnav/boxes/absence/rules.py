"""Who may do what with absence. Which rows: the doors of models."""

from collections.abc import Collection

from skolnav.core.access.rules import is_family, is_staff
from skolnav.core.access.viewer import Viewer

may_open = is_family
may_see_staff_side = is_staff
_WITH_LESSONS = frozenset({"teacher", "substitute", "principal", "administrator"})


def works_with_lessons(viewer: Viewer) -> bool:
    """Whose day it is part of: not theirs who work at fritids alone."""
    is_of_a_class = any(group.role != "educare" for group in viewer.staff_groups)
    return is_of_a_class or any(role in _WITH_LESSONS for _, role in viewer.roles)


def may_report(viewer: Viewer) -> bool:
    """Guardians report. Pupils do not, nor does anybody for themself."""
    return viewer.is_guardian


def reports_as_guardian(viewer: Viewer, pupil_ids: Collection[int]) -> bool:
    """Whether all of the pupils are the viewer's own children, today and with custody."""
    return bool(pupil_ids) and viewer.child_ids.issuperset(pupil_ids)


def may_see_leave(viewer: Viewer) -> bool:
    """Mentors, and those who lead a school; who decides about which: `queries/leave_staff.py`."""
    return bool(viewer.mentor_group_ids or viewer.led_school_ids)


def may_lead(viewer: Viewer) -> bool:
    """Principals and administrators."""
    return bool(viewer.led_school_ids)


def may_follow_up(viewer: Viewer) -> bool:
    """Mentors and those who lead a school see to unexcused and high absence."""
    return bool(viewer.mentor_group_ids or viewer.led_school_ids)
