"""Fritidshem."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from skolnav.core.boxes.registry import Box, register
from skolnav.core.feed.publishing import FeedItem

from .models import BOX
from .queries.cards import staff_cards
from .queries.today import today
from .rules import may_open


def feed_items() -> Iterator[FeedItem]:
    """The state of fritids stands in no feed."""
    return iter(())


register(
    Box(
        key=BOX,
        title=_("Fritidshem"),
        describes=_("Tider för lämning och hämtning, lov och vem som hämtar."),
        prefix="fritids",
        icon="cookie",
        hue=75,
        order=40,
        family_urls="skolnav.boxes.educare.urls.family_urls",
        staff_urls="skolnav.boxes.educare.urls.staff_urls",
        may_open=may_open,
        today=today,
        staff_cards=staff_cards,
        feed_items=feed_items,
    )
)
