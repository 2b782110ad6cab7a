"""What the feed holds of the timetable that somebody has not met yet: changes, tests, homework."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q

from skolnav.core.access.viewer import PupilInCare, Viewer
from skolnav.core.feed.models import Audience, Entry, Seen
from skolnav.core.feed.reading import WINDOW
from skolnav.core.tenancy import clock

from ..models import BOX
from .asked import Asked


@dataclass(frozen=True, slots=True)
class News:
    """Something new in the timetable, and the day on which it stands."""

    entry: Entry
    day: date


def unseen_by(viewer: Viewer, pupils: Sequence[PupilInCare]) -> list[News]:
    """What is behind the number on the box's card, for these of the viewer's pupils, by day. One statement."""
    now = clock.now()
    keys = {key for pupil in pupils for key in pupil.keys}
    is_valid = Q(visible_until=None) | Q(visible_until__gt=now)
    reaching = Audience.objects.filter(is_valid, key__in=keys, box=BOX, published_at__gt=now - WINDOW)
    seen = Seen.objects.filter(person_id=viewer.person_id, revision__gte=F("entry__revision"))
    entries = Entry.everything.filter(pk__in=reaching.values("entry"), published_at__lte=now)
    found = entries.exclude(pk__in=seen.values("entry"))
    return sorted(
        (News(entry, date.fromisoformat(entry.link_args["day"])) for entry in found),
        key=lambda news: (news.day, news.entry.pk),
    )


def shown_in(news: Sequence[News], asked: Asked) -> tuple[list[News], list[News]]:
    """Those that the week asked for shows, which its reader has met thereby; and those to point out."""
    last = asked.monday + timedelta(days=6)
    here = [one for one in news if asked.monday <= one.day <= last]
    return here, [one for one in news if one not in here]
