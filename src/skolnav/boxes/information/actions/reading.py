"""What readers do with news, and what a writer does about those who have not read it."""

from collections.abc import Iterable

from django.db import transaction

from skolnav.boxes.information.models import NewsItem
from skolnav.core.access.viewer import Viewer
from skolnav.core.audit.log import record
from skolnav.core.feed.publishing import entry_of
from skolnav.core.notifications.outbox import notify
from skolnav.core.notifications.reading import meet
from skolnav.core.publishing.permits import require_editable, require_visible
from skolnav.core.tenancy import clock

REMINDER = "information.reminder"


@transaction.atomic
def open_news(*, actor: Viewer, item: NewsItem) -> None:
    """Note that a reader has met the item as it now stands. Raises NotAllowed."""
    _mark(actor, item, done=False)


@transaction.atomic
def confirm_news(*, actor: Viewer, item: NewsItem) -> None:
    """ "Jag har läst": kept with the time, for this revision. Twice is once. Raises NotAllowed."""
    _mark(actor, item, done=True)


@transaction.atomic
def remind_readers(*, actor: Viewer, item: NewsItem, person_ids: Iterable[int]) -> int:
    """Tell these readers once more; returns how many. Each reminder is a notice of its own. Raises NotAllowed."""
    require_editable(actor, item)
    entry, people, moment = entry_of(item), set(person_ids), clock.now()
    if entry and people:
        notify(
            REMINDER,
            entry=entry,
            person_ids=people,
            revision=item.revision,
            params={},
            link_name=entry.link_name,
            link_args=entry.link_args,
            due_at=moment,
            fact=f"reminder:{item.pk}:{moment.isoformat()}",
        )
        record(actor, "remind_readers", item, count=len(people))
    return len(people)


def _mark(actor: Viewer, item: NewsItem, *, done: bool) -> None:
    require_visible(actor, item)
    entry = entry_of(item)
    if entry:
        meet(actor.person_id, [entry], done=done)
