"""What follows when a guardian loses a child: said before it is done."""

from dataclasses import dataclass

from skolnav.core.access.building import build_viewer
from skolnav.core.access.viewer import Viewer
from skolnav.core.notifications.models import Delivery
from skolnav.core.people.models import Guardianship


@dataclass(frozen=True)
class Following:
    """The last role: the person is logged out everywhere and can not log in. Waiting: mails that are not sent."""

    is_last_role: bool
    waiting: int


def what_follows(viewer: Viewer, relation: Guardianship) -> Following:
    """The consequences for the guardian if the relation gave nothing from now on: two statements."""
    theirs = build_viewer(relation.guardian_id)
    others = [child for child in theirs.children if child.id != relation.pupil_id]
    waiting = Delivery.everything.filter(Delivery.WAITING, person=relation.guardian_id)
    return Following(not (others or theirs.is_staff or theirs.is_pupil), waiting.count())
