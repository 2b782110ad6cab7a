"""What the feed holds of the timetable that somebody has not met yet: changes, tests, homework."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from skolnav.core.access.viewer import PupilInCare, Viewer
from skolnav.core.feed.models import Entry
from skolnav.core.feed.reading import unseen_for

from ..models import BOX
from .asked import Asked


@dataclass(frozen=True, slots=True)
class News:
    """Something new in the timetable, and the day on which it stands."""

    entry_id: int
    title: str
    day: date


def unseen_by(viewer: Viewer, pupils: Sequence[PupilInCare]) -> list[News]:
    """What is behind the number on the box's card, for these of the viewer's pupils, by day. One statement."""
    found = unseen_for(viewer, BOX, pupils)
    return sorted(
        (News(line.entry_id, line.title, date.fromisoformat(line.link_args["day"])) for line in found),
        key=lambda news: (news.day, news.entry_id),
    )


def shown_in(news: Sequence[News], asked: Asked) -> tuple[list[News], list[News]]:
    """Those that the week asked for shows, which its reader has met thereby; and those to point out."""
    here = [one for one in news if asked.monday <= one.day <= asked.sunday]
    return here, [one for one in news if one not in here]


def entries_of(news: Sequence[News]) -> list[Entry]:
    """The feed's own rows of some news. One statement; none for no news."""
    return list(Entry.everything.filter(pk__in=[one.entry_id for one in news])) if news else []
