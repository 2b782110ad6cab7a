"""The staff's tab: today's absence, or one's own lessons."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from skolnav.core.boxes.choices import staff_boxes
from skolnav.core.web.navigation import Entry, register

from .models import BOX
from .rules import works_with_lessons


def _is_used(viewer: Any, child: Any) -> bool:
    return works_with_lessons(viewer) and any(box.key == BOX for box in staff_boxes(viewer))


register(
    Entry(
        "staff_absence",
        "tabs",
        _("Frånvaro"),
        "thermometer",
        "absence_staff:index",
        hats=("staff",),
        order=12,
        shown=_is_used,
    )
)
