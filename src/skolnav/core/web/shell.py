"""What the page shell shows around every page, gathered once per request without a query."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_info

from skolnav.core.access.viewer import PupilInCare, Viewer

from .addresses import url, url_if_there
from .navigation import Hat, Link, Place, links

HAT_OF_PREFIX: dict[str, Hat] = {"/personal/": "staff", "/kontoret/": "office"}
HAT_COOKIE = "hatt"


def hat_of(request: HttpRequest, hats: tuple[Hat, ...]) -> Hat:
    """Which hat the reader stands in: the path says it; pages that all hats share keep the last one."""
    for prefix, hat in HAT_OF_PREFIX.items():
        if request.path.startswith(prefix):
            return hat
    if request.path.startswith("/barn/"):
        return "family"
    last = request.COOKIES.get(HAT_COOKIE)
    if last in hats and request.path != "/":
        return last
    return hats[0] if hats else "family"


def hats_of(viewer: Viewer | None) -> tuple[Hat, ...]:
    """The hats this person has."""
    if viewer is None:
        return ()
    own: tuple[tuple[Hat, bool], ...] = (
        ("family", viewer.is_family),
        ("staff", viewer.is_staff),
        ("office", viewer.is_administrator),
    )
    return tuple(hat for hat, has in own if has)


@dataclass(frozen=True)
class ChildLink:
    """A child in the switcher, and where choosing it leads."""

    child: PupilInCare
    address: str
    is_here: bool


class Shell:
    """The frame of one page. Lazy: a page that shows no switcher builds none."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.path = request.path
        self.viewer: Viewer | None = getattr(request, "viewer", None)
        self.hats = hats_of(self.viewer)
        self.hat = hat_of(request, self.hats)
        self._links: dict[Place, list[Link]] = {}

    @cached_property
    def language(self) -> str:
        return get_language() or settings.LANGUAGE_CODE

    @cached_property
    def direction(self) -> str:
        return "rtl" if get_language_info(self.language)["bidi"] else "ltr"

    @cached_property
    def languages(self) -> list[tuple[str, str]]:
        """Code and own name of each language one can choose."""
        return [(code, str(name)) for code, name in settings.LANGUAGES]

    @cached_property
    def child(self) -> PupilInCare | None:
        """The child of the address (`<pid:pupil>`), or None for all children."""
        if self.viewer is None:
            return None
        match = self.request.resolver_match
        chosen = match.kwargs.get("pupil") if match else None
        return next((child for child in self.viewer.pupils if child.public_id == chosen), None)

    @cached_property
    def box(self) -> Any:
        """The box whose page this is (the gate of `core.boxes` leaves it on the request), or None."""
        return getattr(self.request, "box", None)

    @property
    def bell(self) -> int:
        return self.viewer.unread_bell if self.viewer else 0

    @cached_property
    def home(self) -> str:
        """Where the mark leads: the start page of the hat, narrowed to the chosen child."""
        if self.hat == "family":
            if self.child and self.viewer and len(self.viewer.pupils) > 1:
                return url_if_there("home:child", pupil=self.child.public_id) or "/"
            return "/"
        return url_if_there("workplace:start" if self.hat == "staff" else "office:start") or "/"

    @cached_property
    def children(self) -> list[ChildLink]:
        """The switcher: the same page for another child where the page is about a child alone, else its start."""
        pupils = self.viewer.pupils if self.viewer else ()
        return [ChildLink(child, self._page_of(child), child is self.child) for child in pupils]

    def _page_of(self, child: PupilInCare) -> str:
        match = self.request.resolver_match
        if match and match.url_name and set(match.kwargs) == {"pupil"} and self._has_same_boxes(child):
            return url(match.view_name, pupil=child.public_id)
        return url_if_there("home:child", pupil=child.public_id) or "/"

    def _has_same_boxes(self, child: PupilInCare) -> bool:
        """A box may be off at the other child's school; children of one school have the same boxes."""
        return self.child is None or child.schools == self.child.schools

    @cached_property
    def other_hats(self) -> list[tuple[Hat, str]]:
        """The person's other hats and where they begin."""
        starts: dict[Hat, str] = {
            "family": "home:start",
            "staff": "workplace:start",
            "office": "office:start",
        }
        others = ((hat, url_if_there(starts[hat])) for hat in self.hats if hat != self.hat)
        return [(hat, address) for hat, address in others if address]

    def links(self, place: Place) -> list[Link]:
        """The registered entries of a place."""
        if place not in self._links:
            self._links[place] = links(place, self.hat, self.viewer, self.path, self.child)
        return self._links[place]

    def said(self) -> Iterator[Any]:
        """The messages to this reader ("Sparat."), each shown once."""
        stored = getattr(self.request, "_messages", None)
        return iter(stored) if stored is not None else iter(())
