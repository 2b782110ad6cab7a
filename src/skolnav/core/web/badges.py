"""A child's badge: on every line of a start page, so it is written here and not in a macro."""

from typing import Protocol

from markupsafe import Markup, escape

from .words import hue_class


class Badged(Protocol):
    """Whoever has a badge: a PupilInCare, or another with these four."""

    @property
    def short_name(self) -> str: ...
    @property
    def initials(self) -> str: ...
    @property
    def hue(self) -> int: ...


def badge_child(child: Badged, size: str = "", hidden: bool = False) -> Markup:
    """The coloured circle with initials (one letter in size "mini"); hidden where the name stands beside it."""
    initials = escape(child.initials[:1] if size == "mini" else child.initials)
    if hidden:
        words = 'aria-hidden="true"'
    else:
        name = escape(child.short_name)
        words = f'role="img" aria-label="{name}" title="{name}"'
    return Markup(f'<span class="badge-child {size} {hue_class(child.hue)}" {words}>{initials}</span>')  # noqa: S704
