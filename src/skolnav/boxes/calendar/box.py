"""Kalender."""

from django.utils.translation import gettext_lazy as _

from skolnav.core.boxes.registry import Box, register

from .models import BOX
from .queries import find, written_by
from .rules import may_open, may_write
from .telling import feed_items

register(
    Box(
        key=BOX,
        title=_("Kalender"),
        describes=_("Studiedagar, lov, nationella prov och annat som händer"),
        prefix="kalender",
        icon="calendar-days",
        hue=215,
        order=90,
        family_urls="skolnav.boxes.calendar.urls.family_urls",
        staff_urls="skolnav.boxes.calendar.urls.staff_urls",
        may_open=may_open,
        may_publish=may_write,
        write_name="calendar_staff:new",
        write_label=_("Skriv i kalendern"),
        written=written_by,
        find=find,
        card_shows="days",
        feed_items=feed_items,
    )
)
