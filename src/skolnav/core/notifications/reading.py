"""The bell: a person's own notices, and marking them read."""

from collections.abc import Iterable

from django.db.models import QuerySet

from skolnav.core.access.viewer import Viewer
from skolnav.core.feed.models import Entry
from skolnav.core.feed.seen import mark_seen
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.managers import DoorQuerySet

from .bell import Bell
from .cutting import cut_person
from .models import Delivery
from .terms import Channel


def bell_of(viewer: Viewer) -> DoorQuerySet[Delivery]:
    """The viewer's notices, newest first, with notice and entry."""
    mine = Delivery.objects.visible_to(viewer).filter(channel=Channel.BELL, due_at__lte=clock.now())
    return mine.select_related("notice__entry").order_by("-due_at", "-pk")


def unread_in_bell(viewer: Viewer, bell: Bell | None = None) -> int:
    """How many of them are unread.

    The number in the menu comes with the session and cannot ask for what rests on what; where the two
    differ (a custody ran out at midnight and the worker has not been by), the rest is cut here and now.
    """
    unread = (Bell(viewer) if bell is None else bell).unread
    if unread != viewer.unread_bell:
        cut_person(viewer.person_id)
    return unread


def open_notice(viewer: Viewer, public_id: str) -> Delivery:
    """The viewer's own notice, which is read from now on; Http404 for anybody else's."""
    delivery = bell_of(viewer).get_or_404(notice__public_id=public_id)
    _read(Delivery.everything.filter(pk=delivery.pk))
    return delivery


def read_all(viewer: Viewer) -> int:
    """Mark everything in the viewer's bell as read; gives how many were not."""
    return _read(bell_of(viewer).order_by())


def meet(person_id: int, entries: Iterable[Entry], *, done: bool = False) -> None:
    """Note that somebody has met entries of the feed at their own place: seen, and no longer new in the bell.

    Boxes call it where they show a piece in full. `done`: and has done what the entry asks.
    """
    met = list(entries)
    if not met:
        return
    mark_seen(person_id, met, done=done)
    _read(Delivery.everything.filter(person=person_id, channel=Channel.BELL, notice__entry__in=met))


def _read(deliveries: QuerySet[Delivery]) -> int:
    return deliveries.filter(read_at=None, cut_at=None).update(read_at=clock.now())
