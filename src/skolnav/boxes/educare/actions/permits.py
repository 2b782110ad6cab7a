"""The question that everything a family does at fritids asks first."""

from skolnav.core.access.viewer import Viewer
from skolnav.core.people.actions.refusals import NotAllowed


def require_custody(actor: Viewer, *pupil_ids: int) -> None:
    """Raise NotAllowed unless every pupil is the actor's child today: a pupil reads, and sets nothing."""
    if not actor.child_ids.issuperset(pupil_ids):
        raise NotAllowed("The actor has no custody of this child.")
