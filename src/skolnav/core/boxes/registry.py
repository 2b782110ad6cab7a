"""The contract of a box, and where boxes make themselves known. `docs/adding-a-box.md` is the recipe."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Literal

from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules

from skolnav.core.access.rules import is_family
from skolnav.core.access.viewer import PupilInCare, Viewer
from skolnav.core.feed.publishing import FeedItem


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A line on a box's card: words, whom it is about, and what the card says to a screen reader is the same."""

    text: str
    pupils: tuple[PupilInCare, ...] = ()


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
    days; `preview` replaces these lines where the card shows a state and not news: one query for all of the
    viewer's pupils. `feed_items` yields all that the organiser in scope has published, for
    `skolnav rebuild-feed`.

    Staff: `may_publish` and `write_name` (the URL name of the form) put the box under "Publicera"; `written`
    gives the five pieces that the viewer worked on last, in one query; `find` up to twenty that hold the
    words. `one_tap` maps a kind of entry to the URL name that its one-tap answer is posted to (with the
    entry's link arguments) and the button's label.
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
    preview: Callable[[Viewer, Sequence[PupilInCare]], list[PreviewLine]] | None = None
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
