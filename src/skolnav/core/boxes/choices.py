"""Which boxes somebody's schools use, and in what order. Read with the viewer; no statement of its own."""

from collections.abc import Iterable, Sequence

from skolnav.core.access.viewer import PupilInCare, Viewer

from .registry import Box, all_boxes


def is_on(viewer: Viewer, box: Box, school_ids: Iterable[int]) -> bool:
    """Whether any of the schools uses the box."""
    return any(_choice(viewer, box, school_id)[0] for school_id in school_ids)


def family_boxes(viewer: Viewer, pupils: Sequence[PupilInCare]) -> list[Box]:
    """The boxes that the pupils' schools use and the viewer may open, in the first school's order."""
    schools = list(dict.fromkeys(school.id for pupil in pupils for school in pupil.schools))
    open_boxes = [box for box in all_boxes() if is_on(viewer, box, schools) and box.may_open(viewer)]
    return sorted(open_boxes, key=lambda box: min(_choice(viewer, box, school)[1] for school in schools))


def staff_boxes(viewer: Viewer) -> list[Box]:
    """The boxes with a staff side that any of the viewer's schools uses."""
    return [box for box in all_boxes() if box.staff_urls and is_on(viewer, box, viewer.staff_school_ids)]


def _choice(viewer: Viewer, box: Box, school_id: int) -> tuple[bool, int]:
    """(enabled, order) by the school's choice, else by the box's own default."""
    default = (box.enabled_by_default, box.order)
    return viewer.box_choices.get(school_id, {}).get(box.key, default)
