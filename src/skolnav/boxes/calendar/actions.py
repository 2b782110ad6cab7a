"""Writing in the calendar: rule, row, audit, feed and notices in one transaction."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from skolnav.core.access.viewer import Viewer
from skolnav.core.audit.log import record
from skolnav.core.feed.publishing import publish, withdraw
from skolnav.core.publishing.models import Target, set_audience
from skolnav.core.publishing.permits import require_editable, require_reach
from skolnav.core.publishing.telling import tell as tell_everybody
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.versions import lock_version

from .closing import keep_breaks
from .models import CalendarEntry, Cancellation, EntryAudience, Removal
from .telling import ADDED, CANCELLED, CHANGED, feed_item


@dataclass(frozen=True)
class Content:
    """What an entry says. `starts` and `ends` (aware) are both None for whole days."""

    kind: str
    title: str
    first_day: date
    last_day: date
    starts: datetime | None = None
    ends: datetime | None = None
    place: str = ""
    description: str = ""


@transaction.atomic
def add_entry(*, actor: Viewer, content: Content, audience: Iterable[Target]) -> CalendarEntry:
    """Put an entry into the calendar of everybody in `audience` and tell them.

    Raises NotAllowed for an audience that is not the actor's to write to.
    """
    targets = list(audience)
    require_reach(actor, targets)
    entry = CalendarEntry.everything.create(
        organiser_id=actor.organiser_id,
        author_id=actor.person_id,
        published_at=clock.now(),
        **asdict(content),
    )
    set_audience(EntryAudience, entry, targets)
    keep_breaks(entry)
    record(actor, "add_calendar_entry", entry)
    _tell(entry, ADDED)
    return entry


@transaction.atomic
def change_entry(
    *,
    actor: Viewer,
    entry: CalendarEntry,
    version: int,
    content: Content,
    audience: Iterable[Target],
    tell: bool,
) -> CalendarEntry:
    """Change an entry; with `tell` it becomes new again for everybody and they are told.

    Raises EditedMeanwhile when it is no longer at `version`, and NotAllowed; what the entry was for already
    may stay.
    """
    require_editable(actor, entry)
    now = lock_version(entry, version)
    targets = list(audience)
    require_reach(actor, targets, already=now.targets)
    changed = [name for name, value in asdict(content).items() if getattr(now, name) != value]
    for name, value in asdict(content).items():
        setattr(now, name, value)
    if tell:
        _make_new(now)
    now.save()
    set_audience(EntryAudience, now, targets)
    keep_breaks(now)
    record(actor, "change_calendar_entry", now, fields=changed, told=tell)
    _tell(now, CHANGED if tell else None)
    return now


@transaction.atomic
def cancel_entry(*, actor: Viewer, entry: CalendarEntry) -> None:
    """Strike an entry through and tell everybody; twice is the same as once. Raises NotAllowed."""
    require_editable(actor, entry)
    _, is_new = Cancellation.objects.get_or_create(
        item=entry, defaults={"cancelled_at": clock.now(), "by_id": actor.person_id}
    )
    if is_new:
        _make_new(entry)
        # Only what a cancellation changes: a colleague's words, saved since the page was opened, stay.
        entry.save(update_fields=["revision", "revised_at", "saved_at"])
        entry.refresh_from_db()
        keep_breaks(entry)
        record(actor, "cancel_calendar_entry", entry)
        _tell(entry, CANCELLED)


@transaction.atomic
def remove_entry(*, actor: Viewer, entry: CalendarEntry) -> None:
    """Take an entry away from everybody, with what waits to be told. Raises NotAllowed."""
    require_editable(actor, entry)
    _, is_new = Removal.objects.get_or_create(
        item=entry, defaults={"removed_at": clock.now(), "by_id": actor.person_id}
    )
    if is_new:
        withdraw(entry)
        keep_breaks(entry)
        record(actor, "remove_calendar_entry", entry)


@transaction.atomic
def restore_entry(*, actor: Viewer, entry: CalendarEntry) -> None:
    """Undo a removal or a cancellation; nobody is told anew. Raises NotAllowed."""
    require_editable(actor, entry)
    removed, _ = Removal.objects.filter(item=entry).delete()
    cancelled, _ = Cancellation.objects.filter(item=entry).delete()
    if removed or cancelled:
        record(actor, "restore_calendar_entry", entry)
        now = CalendarEntry.everything.get(pk=entry.pk)
        keep_breaks(now)
        _tell(now, None)


def _make_new(entry: CalendarEntry) -> None:
    entry.revision += 1
    entry.revised_at = clock.now()


def _tell(entry: CalendarEntry, kind: str | None) -> None:
    """Bring the feed up to date and, with a kind, tell everybody. Nobody meets a removed entry."""
    if Removal.objects.filter(item=entry).exists():
        return
    if kind:
        tell_everybody(feed_item(entry), kind)
    else:
        publish(feed_item(entry))
