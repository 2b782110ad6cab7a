"""Into the feed and the outbox in one step, for the actions of boxes that publish."""

from datetime import datetime

from skolnav.core.feed.models import Entry
from skolnav.core.feed.publishing import FeedItem, publish
from skolnav.core.notifications.outbox import notify


def tell(item: FeedItem, kind: str, *, due_at: datetime | None = None) -> Entry:
    """Bring the feed up to date, and have its readers told by a registered kind of notice when it is out.

    The same revision again is a minor edit: those told already are not told twice. Call it in the action's
    transaction. `due_at` is for a change: when it was made, instead of when the piece came out.
    """
    entry = publish(item)
    notify(
        kind,
        entry=entry,
        revision=item.revision,
        params={},
        link_name=item.link_name,
        link_args=item.link_args,
        due_at=due_at or item.published_at,
    )
    return entry
