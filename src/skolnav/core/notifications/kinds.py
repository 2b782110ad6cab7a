"""The kinds of notices. A box names its own in `notices.py`:

register_kind(
    Kind(
        key="information.news_published",
        title=_("Nyheter"),
        text=lambda params: gettext("Ny information: %(title)s") % params,
    )
)
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from skolnav.core.tenancy.viewer import Viewer

from .terms import Channel, When, Who

Params = Mapping[str, Any]


@dataclass(frozen=True)
class Kind:
    """One kind of notice.

    `key` begins with the box ("information.news_published"). `title` stands on the page where people choose.
    `text` is the bell's line in the language active when it is called; `params` holds what `notify` was given
    and, for an entry of the feed, its `title` as it reads now. `outside` is all that a mail, push or SMS
    says: it may name neither child nor school, since it shows on a locked phone. `defaults` says what holds
    for a channel outside until the person chooses. An urgent kind does not wait for the morning. By a channel in
    `once_by` a person is told of a fact once, whatever its revision: one SMS a day for each child.
    """

    key: str
    title: str | Promise
    text: Callable[[Params], str]
    who: Who = Who.FAMILY
    defaults: Mapping[str, When] = field(default_factory=lambda: {Channel.EMAIL: When.AT_ONCE})
    is_urgent: bool = False
    once_by: frozenset[str] = frozenset()
    box: str = ""
    icon: str = "bell"
    outside: str | Promise = _("Det finns något nytt för dig i Skolnav")

    def default(self, channel: str) -> When:
        """What holds for a channel until the person has chosen."""
        return self.defaults.get(channel, When.OFF)


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    """Make a kind known; called from a `notices.py`. Raises ValueError when the key is taken."""
    if _kinds.setdefault(kind.key, kind) != kind:
        raise ValueError(f"Two kinds of notices are called {kind.key}.")


def all_kinds() -> tuple[Kind, ...]:
    """Every kind of the installation, box by box, in the order that each box names its own."""
    _discover()
    return tuple(_kinds.values())


def find_kind(key: str) -> Kind | None:
    """The kind of a key; None for one whose box has left the installation."""
    _discover()
    return _kinds.get(key)


def kinds_for(viewer: Viewer) -> list[Kind]:
    """The kinds that concern somebody in a role they have today."""
    roles = Who(0)
    if viewer.guardian_keys:
        roles |= Who.GUARDIANS
    if viewer.pupil_keys:
        roles |= Who.PUPILS
    if viewer.staff_school_ids:
        roles |= Who.STAFF
    return [kind for kind in all_kinds() if kind.who & roles]


@cache
def _discover() -> None:
    autodiscover_modules("notices")
