"""Making the feed anew from what the boxes say is published."""

from collections.abc import Callable, Iterable

from django.db import transaction

from skolnav.core.audit.log import record
from skolnav.core.schools.models import Organiser
from skolnav.core.tenancy.scope import of_organiser

from .models import Entry
from .publishing import FeedItem, publish


def rebuild_feed(
    organiser: Organiser, items: Iterable[FeedItem], advance: Callable[[], None] = lambda: None
) -> tuple[int, int]:
    """Bring the organiser's feed into accord with `items` (all its boxes' `feed_items()`).

    An upsert on the natural key, so read marks survive; entries that no box tells any more are removed.
    One transaction. Returns (entries told, entries removed).
    """
    with of_organiser(organiser.pk), transaction.atomic():
        told = set()
        for item in items:
            told.add(publish(item).pk)
            advance()
        stale = [pk for pk in Entry.everything.values_list("pk", flat=True) if pk not in told]
        Entry.everything.filter(pk__in=stale).delete()
        record(None, "rebuild_feed", organiser, organiser_id=organiser.pk, told=len(told), removed=len(stale))
    return len(told), len(stale)
