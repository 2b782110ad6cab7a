"""The staff's tab: one's own week, and from there any other's."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from skolnav.core.boxes.choices import staff_boxes
from skolnav.core.web.navigation import Entry, register

from .models import BOX


def _is_used(viewer: Any, child: Any) -> bool:
    return any(box.key == BOX for box in staff_boxes(viewer))


register(
    Entry(
        "staff_schedule",
        "tabs",
        _("Schema"),
        "clock",
        "schedule_staff:index",
        hats=("staff",),
        order=15,
        shown=_is_used,
    )
)
