"""Frånvaro."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from skolnav.core.boxes.registry import Box, register
from skolnav.core.feed.publishing import FeedItem

from .models import BOX
from .queries.cards import staff_cards
from .queries.today import today
from .rules import may_open


def feed_items() -> Iterator[FeedItem]:
    """The state of absence stands in no feed."""
    return iter(())


register(
    Box(
        key=BOX,
        title=_("Frånvaro"),
        describes=_("Anmäl frånvaro, ansök om ledighet och se all frånvaro."),
        prefix="franvaro",
        icon="thermometer",
        hue=15,
        order=20,
        family_urls="skolnav.boxes.absence.urls.family_urls",
        staff_urls="skolnav.boxes.absence.urls.staff_urls",
        may_open=may_open,
        today=today,
        staff_cards=staff_cards,
        feed_items=feed_items,
    )
)
