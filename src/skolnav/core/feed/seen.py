"""Marks of what a person has met and done."""

from collections.abc import Iterable

from django.db.models import F

from skolnav.core.tenancy import clock

from .models import Entry, Seen


def mark_seen(person_id: int, entries: Iterable[Entry], *, done: bool = False) -> None:
    """Note that a person has met these entries as they now stand, and (`done`) done what they ask.

    Twice is the same as once. A mark of something done stays when the entry is only looked at again, as long as
    it has not been changed: to look at a new revision is not to do anew what it asks.
    """
    entries = list(entries)
    moment = clock.now()
    marks = [
        Seen(person_id=person_id, entry=entry, revision=entry.revision, done_at=moment if done else None)
        for entry in entries
    ]
    if not marks:
        return
    if not done and any(entry.revision > 1 for entry in entries):
        earlier = Seen.objects.filter(
            person_id=person_id, entry__in=entries, revision__lt=F("entry__revision")
        )
        earlier.update(done_at=None)
    Seen.objects.bulk_create(
        marks,
        update_conflicts=True,
        unique_fields=["person", "entry"],
        update_fields=["revision", "done_at"] if done else ["revision"],
    )
