"""The tabs at the foot of a family's phone."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from skolnav.core.boxes.choices import family_boxes
from skolnav.core.web.navigation import Entry, Hat, register

_FAMILY: tuple[Hat, ...] = ("family",)


def _uses_the_calendar(viewer: Any, child: Any) -> bool:
    """A school that has switched the box off has no tab that leads nowhere."""
    if viewer is None:
        return False
    boxes = family_boxes(viewer, [child] if child else viewer.pupils)
    return any(box.key == "calendar" for box in boxes)


register(Entry("today", "tabs", _("Idag"), "sun", "home:start", _FAMILY, per_child="home:child", order=10))
register(
    Entry(
        "calendar", "tabs", _("Kalender"), "calendar-days", "calendar:index", _FAMILY,
        per_child="calendar:index", order=20, shown=_uses_the_calendar,
    )
)  # fmt: skip
register(Entry("notices", "tabs", _("Notiser"), "bell", "home:bell", _FAMILY, order=30))
register(Entry("more", "tabs", _("Mer"), "ellipsis", "home:more", _FAMILY, order=40))
register(Entry("notice_choices", "account", _("Välj notiser"), "bell", "account:notices", order=40))
