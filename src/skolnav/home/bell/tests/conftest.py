"""Real news from Sara, told as the worker tells them."""

from collections.abc import Callable, Iterator
from datetime import datetime, time
from typing import Any

import pytest
import time_machine

from skolnav.boxes.information.actions.news import Content, publish_news, write_news
from skolnav.boxes.information.models import NewsItem
from skolnav.core.feed.models import Side
from skolnav.core.notifications.models import Notice
from skolnav.core.notifications.worker import sweep
from skolnav.core.publishing.models import Target
from skolnav.core.tenancy import clock
from skolnav.demo.cast import Cast


@pytest.fixture
def ten(cast: Cast) -> Iterator[time_machine.Traveller]:
    """Ten in the morning of today; the clock stands still."""
    moment = datetime.combine(clock.today(), time(10), clock.STOCKHOLM)
    with time_machine.travel(moment, tick=False) as traveller:
        yield traveller


@pytest.fixture
def news(cast: Cast, viewer_of: Any, ten: time_machine.Traveller) -> Callable[..., Notice]:
    """`news("Friluftsdag")`: Sara publishes to 5B's families, and the worker has been by."""

    def publish(title: str = "Friluftsdag", audience: Target | None = None, by: Any = None) -> Notice:
        to = audience or Target(f"g:{cast.class_5b.pk}", cast.ekdalsskolan.pk, Side.BOTH)
        actor = viewer_of(by or cast.sara)
        item: NewsItem = write_news(
            actor=actor, content=Content(title, body="Ta med matsäck.", audience=[to])
        )
        publish_news(actor=actor, item=item)
        sweep()
        return Notice.everything.get(entry__title=title)

    return publish
