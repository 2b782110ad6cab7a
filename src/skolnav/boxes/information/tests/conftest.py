"""What the box's tests need beside the cast."""

from collections.abc import Callable
from typing import Any

import pytest

from skolnav.boxes.information.actions.news import Content, publish_news, write_news
from skolnav.boxes.information.models import NewsItem
from skolnav.core.feed.models import Side
from skolnav.core.publishing.models import Target


@pytest.fixture
def to_5b(cast: Any) -> list[Target]:
    """Sara's class: Kim and Elis, their guardians Anna, Omar and Maja."""
    return [Target(f"g:{cast.class_5b.pk}", cast.ekdalsskolan.pk, Side.BOTH)]


@pytest.fixture
def news(to_5b: list[Target], sara: Any, viewer_of: Any) -> Callable[..., NewsItem]:
    """`news("Friluftsdag")`: something that Sara has published to 5B; `at=` for a time, `by=` for another writer."""

    def make(title: str = "Friluftsdag", *, at: Any = None, by: Any = None, **content: Any) -> NewsItem:
        actor = viewer_of(by or sara)
        item = write_news(actor=actor, content=Content(title, **{"audience": to_5b, **content}))
        publish_news(actor=actor, item=item, at=at)
        return NewsItem.everything.select_related("publication").get(pk=item.pk)

    return make


@pytest.fixture
def form_of(cast: Any) -> Callable[..., dict[str, Any]]:
    """What the form of news sends: `form_of(do="publish", title="…")`."""

    def make(**fields: Any) -> dict[str, Any]:
        group = f"g:{cast.class_5b.public_id}"
        return {
            "title": "Friluftsdag",
            "body": "",
            "to": [group],
            "sides": ["1", "2"],
            "when": "nu",
            **fields,
        }

    return make
