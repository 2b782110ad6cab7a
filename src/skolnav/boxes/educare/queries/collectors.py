"""Who may collect a child: the standing list as it counts."""

from skolnav.core.tenancy.managers import DoorQuerySet

from ..models import Collector
from .custody import no_longer_theirs


def standing_collectors(pupil_id: int) -> DoorQuerySet[Collector]:
    """Those on the list of a pupil who came through a door, by name; nobody whom a guardian put there who has lost
    custody since, or may not have contact. Another guardian puts them there anew."""
    listed = Collector.everything.filter(pupil=pupil_id, removed_at=None)
    return listed.exclude(no_longer_theirs("added_by"))
