"""The question that every change of the weekly timetable asks first."""

from skolnav.core.access.viewer import Viewer
from skolnav.core.people.actions.refusals import NotAllowed


def require_leader(actor: Viewer, school_id: int) -> None:
    """Raise NotAllowed unless the actor is principal or administrator of the school."""
    if school_id not in actor.led_school_ids:
        raise NotAllowed("The weekly timetable is changed by those who lead the school.")
