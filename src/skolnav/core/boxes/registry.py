"""The contract of a box, and where boxes make themselves known. `docs/adding-a-box.md` is the recipe."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules

from skolnav.core.access.rules import is_family
from skolnav.core.access.viewer import PupilInCare, Viewer
from skolnav.core.feed.publishing import FeedItem
from skolnav.core.presence.models import Absence
from skolnav.core.schools.calendar import SchoolCalendar
from skolnav.core.timetable.occurrences import Occurrence


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A line on a box's card: words, whom it is about, and what the card says to a screen reader is the same."""

    text: str
    pupils: tuple[PupilInCare, ...] = ()


@dataclass(frozen=True, slots=True)
class PupilDay:
    """The day that a pupil's card is about: today until the last lesson is over, then the next school day.

    `day` is None when no school day comes in four months. `lessons` are that day's, cancelled ones and breaks too; none
    where the school has no timetable. `absences` are those of today and of `day`. `today` is Stockholm's, for what is
    still true of today when `day` is not.
    """

    pupil: PupilInCare
    day: date | None
    today: date
    lessons: Sequence[Occurrence]
    absences: Sequence[Absence]
    calendar: SchoolCalendar

    @property
    def is_today(self) -> bool:
        return self.day == self.today

    @property
    def taught(self) -> list[Occurrence]:
        """The lessons that will be, in order: no breaks, none that is cancelled."""
        return [lesson for lesson in self.lessons if lesson.is_teaching]

    def absences_on(self, day: date | None) -> list[Absence]:
        """The absences of one of its days, in order."""
        return [absence for absence in self.absences if absence.day == day]


@dataclass(frozen=True, slots=True)
class DayFact:
    """One thing on a child's day card, in the reader's language.

    `place` "state" is a tag beside the hours (absent today), "line" stands below, "action" is a button that leads to
    `address`, or posts `post` there at once. `order` sorts a place; `tone` is "", "heed", "good" or "alert".
    """

    text: str
    icon: str
    address: str = ""
    post: Mapping[str, str] | None = None
    place: Literal["state", "line", "action"] = "line"
    tone: str = ""
    order: int = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something under "Att göra" that stands in no feed: fritids times that are missing, an absence to explain.

    `button` leads to `address`; with `post` it is answered at once, by these fields, at `answer`. `whole_button` is
    what it is called to who does not see the page, where the button itself had to be short.
    """

    title: str
    soft: str
    address: str
    button: str
    pupils: tuple[PupilInCare, ...] = ()
    answer: str = ""
    post: Mapping[str, str] | None = None
    whole_button: str = ""


@dataclass(frozen=True, slots=True)
class BoxToday:
    """What a box that has a state and no news knows of some pupils: lines for its own card, facts for theirs, and
    what waits for an answer. `nothing` is said on its card when there is no line, and keeps it in its place."""

    lines: Sequence[PreviewLine] = ()
    todo: Sequence["Waiting"] = ()
    facts: Mapping[int, Sequence[DayFact]] = field(default_factory=dict)  # by pupil id
    nothing: str = ""


@dataclass(frozen=True, slots=True)
class StaffCard:
    """A card on the staff's start page; `template` is included with `card` set to `context`."""

    template: str
    context: Mapping[str, Any]
    order: int = 50


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """A piece on its writer's start page: where to change it, how it stands ("Utkast"), and since when."""

    title: str
    address: str
    state: str
    at: datetime


@dataclass(frozen=True)
class Box:
    """One room of the start page.

    `key` is the package's name and the URL namespace (`<key>:index` is its front door, `<key>_staff:index`
    the staff's); `prefix` its Swedish path. Its card shows the newest entries of the feed, or the coming
    days; `today` replaces these lines where the card shows a state and not news, and puts facts on the children's
    day cards: two statements at most, for all of them. `feed_items` yields all that the organiser in scope has
    published, for `skolnav rebuild-feed`.

    Staff: `may_publish` and `write_name` (the URL name of the form) put the box under "Publicera"; `written`
    gives the five pieces that the viewer worked on last, in one query; `find` up to twenty that hold the
    words; `staff_cards` what waits for the viewer on the staff's start page. `one_tap` maps a kind of entry to the URL
    name that its one-tap answer is posted to (with the entry's link arguments) and the button's label.
    """

    key: str
    title: str | Promise
    prefix: str
    icon: str
    hue: int
    order: int
    family_urls: str
    staff_urls: str = ""
    describes: str | Promise = ""
    may_open: Callable[[Viewer], bool] = is_family
    may_publish: Callable[[Viewer], bool] | None = None
    write_name: str = ""
    write_label: str | Promise = ""
    written: Callable[[Viewer], list[WrittenLine]] | None = None
    find: Callable[[Viewer, str], list[WrittenLine]] | None = None
    one_tap: Mapping[str, tuple[str, str | Promise]] = field(default_factory=dict)
    enabled_by_default: bool = True
    card_shows: Literal["news", "days"] = "news"
    today: Callable[[Viewer, Sequence[PupilDay]], BoxToday] | None = None
    staff_cards: Callable[[Viewer], list[StaffCard]] | None = None
    feed_items: Callable[[], Iterable[FeedItem]] | None = None


_boxes: dict[str, Box] = {}


def register(box: Box) -> None:
    """Make a box known; called from its `box.py` when the registry looks for them."""
    if box.key in _boxes:
        raise ValueError(f"Two boxes are called {box.key}.")
    _boxes[box.key] = box


@cache
def all_boxes() -> tuple[Box, ...]:
    """Every box of the installation in its default order; found as the admin finds its modules."""
    autodiscover_modules("box")
    return tuple(sorted(_boxes.values(), key=lambda box: (box.order, box.key)))


def find_box(key: str) -> Box | None:
    """The box of a key or of its URL namespace (`information`, `information_staff`)."""
    all_boxes()
    return _boxes.get(key.removesuffix("_staff"))
