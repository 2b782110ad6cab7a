"""A fresh demo's bells have rung, and its mailbox is empty."""

from datetime import timedelta

from skolnav.core.feed.models import Side
from skolnav.core.feed.publishing import FeedItem, Reach, publish
from skolnav.core.notifications.models import Delivery
from skolnav.core.notifications.outbox import notify
from skolnav.core.tenancy import clock
from skolnav.demo.past import let_the_past_be_told


def test_the_past_is_told_and_read_and_mailed(cast):
    for part, ago in (
        ("last week", timedelta(days=7)),
        ("today", timedelta(hours=1)),
        ("soon", -timedelta(hours=1)),
    ):
        at = clock.now() - ago
        reach = Reach(f"g:{cast.class_5b.pk}", Side.GUARDIANS)
        item = FeedItem(
            source=cast.class_5b, part=part, box="information", kind="news", title=part, link_name="home:start",
            reaches=[reach], published_at=at,
        )  # fmt: skip
        notify("information.news_published", entry=publish(item), revision=1, due_at=at)

    let_the_past_be_told()

    anna = Delivery.everything.filter(person=cast.anna)
    read = {row.notice.entry.title: row.read_at is not None for row in anna.filter(channel="bell")}
    assert read == {"last week": True, "today": False}
    assert not Delivery.everything.filter(Delivery.WAITING).exists()
