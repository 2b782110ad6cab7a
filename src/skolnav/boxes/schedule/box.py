"""Schema."""

from django.utils.translation import gettext_lazy as _

from skolnav.core.boxes.registry import Box, register

from .models import BOX
from .queries.today import today
from .rules import may_open
from .telling import feed_items

register(
    Box(
        key=BOX,
        title=_("Schema"),
        describes=_("Lektioner, raster, salar och ändringar, dag för dag."),
        prefix="schema",
        icon="clock",
        hue=275,
        order=30,
        family_urls="skolnav.boxes.schedule.urls.family_urls",
        staff_urls="skolnav.boxes.schedule.urls.staff_urls",
        may_open=may_open,
        today=today,
        feed_items=feed_items,
    )
)
