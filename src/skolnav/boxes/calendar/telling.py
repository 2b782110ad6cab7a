"""An entry as the feed knows it."""

from collections.abc import Iterator

from skolnav.core.feed.publishing import FeedItem

from .models import BOX, CalendarEntry

# The notices that an action asks for; notices.py says what they read.
ADDED, CHANGED, CANCELLED = "calendar.entry_added", "calendar.entry_changed", "calendar.entry_cancelled"


def feed_item(entry: CalendarEntry) -> FeedItem:
    """What the start page, the month and the search know of an entry; its audiences are read."""
    return FeedItem(
        source=entry,
        box=BOX,
        kind=entry.kind,
        title=entry.title,
        params={"cancelled": True} if hasattr(entry, "cancellation") else {},
        link_name="calendar:entry",
        link_args={"entry": entry.public_id},
        reaches=[target.reach for target in entry.targets],
        icon=entry.icon,
        published_at=entry.revised_at or entry.published_at,
        happens=[entry.when],
        search_text=f"{entry.place}\n{entry.description}",
        revision=entry.revision,
    )


def feed_items() -> Iterator[FeedItem]:
    """All that the organiser in scope has in its calendars, for `skolnav rebuild-feed`."""
    entries = CalendarEntry.everything.filter(removal=None).select_related("cancellation")
    for entry in entries.prefetch_related("audiences").iterator(chunk_size=500):
        yield feed_item(entry)
