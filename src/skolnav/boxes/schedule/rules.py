"""Who may do what with the timetable. Who works with a lesson: core.timetable.rights."""

from skolnav.core.access.rules import is_family, is_staff
from skolnav.core.tenancy.viewer import Viewer
from skolnav.core.timetable.occurrences import Occurrence
from skolnav.core.timetable.rights import is_substitute, leads, may_work_with, teaches

may_open = is_family
may_see_staff_side = is_staff


def may_change(viewer: Viewer, lesson: Occurrence) -> bool:
    """Cancel, move and restore it on its day: its own teachers, and those who lead the school."""
    return teaches(viewer, lesson) or leads(viewer, lesson)


def may_mark_every_week(viewer: Viewer, lesson: Occurrence) -> bool:
    """What holds for every week is not a substitute's to say; nor is there a week for what stands alone."""
    is_only_substitute = is_substitute(viewer, lesson) and not may_change(viewer, lesson)
    return lesson.lesson_id is not None and may_work_with(viewer, lesson) and not is_only_substitute


def knows_of(viewer: Viewer, lesson: Occurrence) -> bool:
    """Whether the lesson's page is there for the viewer at all: also for a substitute who comes too early or late."""
    return may_work_with(viewer, lesson) or is_substitute(viewer, lesson)


def may_plan(viewer: Viewer) -> bool:
    """Lay the week grid: principals and administrators, of the schools they lead."""
    return bool(viewer.led_school_ids)
