"""Marks of what a person has met and done."""

from collections.abc import Iterable

from skolnav.core.tenancy import clock

from .models import Entry, Seen


def mark_seen(person_id: int, entries: Iterable[Entry], *, done: bool = False) -> None:
    """Note that a person has met these entries as they now stand, and (`done`) done what they ask.

    Twice is the same as once. A mark of something done stays when the entry is only looked at again.
    """
    moment = clock.now()
    marks = [
        Seen(person_id=person_id, entry=entry, revision=entry.revision, done_at=moment if done else None)
        for entry in entries
    ]
    if not marks:
        return
    Seen.objects.bulk_create(
        marks,
        update_conflicts=True,
        unique_fields=["person", "entry"],
        update_fields=["revision", "done_at"] if done else ["revision"],
    )
