"""Where one can go from any page. Boxes and edges register their entries; core knows none of them by heart.

An app that has entries writes a module `menu.py` beside its `urls.py` and calls `register(...)` there.
An entry whose page is not installed does not show: no dead links.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules

from .addresses import url_if_there

Hat = Literal["family", "staff", "office"]
Place = Literal["tabs", "account", "footer"]

_registered: dict[tuple[str, str], "Entry"] = {}


def _anybody(viewer: Any, child: Any) -> bool:
    return True


@dataclass(frozen=True)
class Entry:
    """One link of the shell.

    `place`: "tabs" (the bar: at the foot of a phone, beside the mark for staff), "account" (under the name),
    "footer". `per_child`: the page for one child, taken while a child is chosen. `shown` asks the viewer, who is
    None before login (footer only), and the chosen child, if there is one.
    """

    key: str
    place: Place
    label: str | Promise
    icon: str
    url_name: str
    hats: tuple[Hat, ...] = ("family", "staff", "office")
    per_child: str = ""
    order: int = 100
    shown: Callable[[Any, Any], bool] = _anybody


@dataclass(frozen=True)
class Link:
    """An entry as a page shows it."""

    key: str
    label: str | Promise
    icon: str
    address: str
    is_here: bool


def register(entry: Entry) -> None:
    """Add an entry; the same key again replaces it."""
    _registered[entry.place, entry.key] = entry
    _in_order.cache_clear()


def links(place: Place, hat: Hat, viewer: Any, path: str, child: Any = None) -> list[Link]:
    """The links of a place for this reader, in order. Costs no query."""
    found = []
    for entry in _in_order(place):
        if hat not in entry.hats or not entry.shown(viewer, child):
            continue
        address = url_if_there(entry.per_child, pupil=child.public_id) if child and entry.per_child else ""
        address = address or url_if_there(entry.url_name)
        if address:
            found.append(Link(entry.key, entry.label, entry.icon, address, path == address))
    return found


@cache
def _in_order(place: Place) -> tuple[Entry, ...]:
    _discover()
    mine = (entry for entry in _registered.values() if entry.place == place)
    return tuple(sorted(mine, key=lambda entry: (entry.order, entry.key)))


@cache
def _discover() -> None:
    autodiscover_modules("menu")
