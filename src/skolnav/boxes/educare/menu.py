"""The staff's tab: today's children."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from skolnav.core.boxes.choices import staff_boxes
from skolnav.core.web.navigation import Entry, register

from .models import BOX


def _is_theirs(viewer: Any, child: Any) -> bool:
    """Whoever works in a section; those who lead a school find it under "Mer"."""
    return bool(viewer.educare_group_ids) and any(box.key == BOX for box in staff_boxes(viewer))


register(
    Entry(
        "staff_educare",
        "tabs",
        _("Fritids"),
        "cookie",
        "educare_staff:index",
        hats=("staff",),
        order=11,
        shown=_is_theirs,
    )
)
