"""Writing, changing, publishing and withdrawing news. Each is one transaction: rule, write, audit, feed, notice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from skolnav.boxes.information.models import NewsAudience, NewsItem, Publication, Withdrawal
from skolnav.boxes.information.telling import news_entry
from skolnav.core.access.viewer import Viewer
from skolnav.core.audit.log import record
from skolnav.core.feed import publishing as feed
from skolnav.core.files.actions import delete_files_of, set_files_of
from skolnav.core.files.copying import copy_files
from skolnav.core.files.models import StoredFile
from skolnav.core.files.queries import files_of
from skolnav.core.people.actions.refusals import NotAllowed
from skolnav.core.publishing.choices import may_publish_to
from skolnav.core.publishing.models import Target, set_audience
from skolnav.core.publishing.permits import require_editable, require_reach
from skolnav.core.publishing.telling import tell
from skolnav.core.publishing.text import for_search, to_html, to_words
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.versions import lock_version

PUBLISHED, CHANGED = "information.news_published", "information.news_changed"


@dataclass(frozen=True, slots=True)
class Content:
    """What the writer has filled in."""

    title: str
    body: str = ""
    audience: Sequence[Target] = ()
    is_important: bool = False
    due: date | None = None
    visible_until: date | None = None
    files: Sequence[StoredFile] = ()


@transaction.atomic
def write_news(*, actor: Viewer, content: Content) -> NewsItem:
    """A new draft. Raises NotAllowed when it is for somebody whom the actor may not write to."""
    item = NewsItem(organiser_id=actor.organiser_id, author_id=actor.person_id)
    require_reach(actor, content.audience)
    fill(item, content)
    item.save()
    _set_parts(actor, item, content)
    record(actor, "write_news", item)
    return item


@transaction.atomic
def change_news(
    *, actor: Viewer, item: NewsItem, version: int, content: Content, is_minor: bool = True
) -> NewsItem:
    """Save what was changed. One that is out is told anew; unless `is_minor` it is marked as changed, is new
    again to everybody, and is told again.

    Raises NotAllowed, and EditedMeanwhile when the item is no longer at `version`.
    """
    require_editable(actor, item)
    require_reach(actor, content.audience, already=still_for(actor, item))
    now = lock_version(item, version)
    fill(now, content)
    if not is_minor and is_out(now):
        now.revision += 1
        now.revised_at = clock.now()
    now.save()
    _set_parts(actor, now, content)
    record(actor, "change_news", now, is_minor=is_minor)
    if is_told(now):
        _tell(now)
    return now


@transaction.atomic
def publish_news(*, actor: Viewer, item: NewsItem, at: datetime | None = None) -> Publication:
    """Let an item out now or `at` a time ahead; also one that was withdrawn, which is then new to everybody.

    Raises NotAllowed, and ValueError for an item that is for nobody. Effects: the feed, and a notice that the worker
    fans out when the time has come.
    """
    require_editable(actor, item)
    if not item.targets:
        raise ValueError("An item that is for nobody cannot be published.")
    require_reach(actor, item.targets, already=still_for(actor, item))
    Withdrawal.objects.filter(item=item).delete()
    publication, _ = Publication.objects.update_or_create(
        item=item, defaults={"published_at": at or clock.now(), "by_id": actor.person_id}
    )
    record(actor, "publish_news", item, at=publication.published_at.isoformat())
    _tell(NewsItem.everything.get(pk=item.pk))
    return publication


@transaction.atomic
def withdraw_news(*, actor: Viewer, item: NewsItem) -> None:
    """Take an item back: gone from the families' pages, the feed and the bell at once. Raises NotAllowed."""
    require_editable(actor, item)
    Withdrawal.objects.get_or_create(
        item=item, defaults={"withdrawn_at": clock.now(), "by_id": actor.person_id}
    )
    feed.withdraw(item)
    record(actor, "withdraw_news", item)


@transaction.atomic
def copy_news(*, actor: Viewer, item: NewsItem) -> NewsItem:
    """A draft of the actor's own with the same words and files, for those of the same groups that the actor may
    write to. Raises NotAllowed."""
    require_editable(actor, item)
    audience = [target for target in item.targets if may_publish_to(actor, [target])]
    files = copy_files(actor=actor, source=item)
    content = Content(item.title, item.body, audience, item.is_important, files=files)
    return write_news(actor=actor, content=content)


@transaction.atomic
def delete_draft(*, actor: Viewer, item: NewsItem) -> None:
    """Delete an item that was never out, with its files. Raises NotAllowed; one that was out is withdrawn instead."""
    require_editable(actor, item)
    if Publication.objects.filter(item=item).exists():
        raise NotAllowed("What was published is withdrawn, not deleted.")
    delete_files_of(actor=actor, owner=item)
    record(actor, "delete_draft", item)
    item.delete()


def fill(item: NewsItem, content: Content) -> None:
    """Set the columns of an item, saved or not: the preview shows one that is not."""
    words = to_words(content.body)
    item.title, item.body = content.title, content.body
    item.body_html = to_html(content.body)
    item.excerpt = words if len(words) <= 240 else words[:239].rsplit(" ", 1)[0] + "…"
    item.words = for_search(content.title, words)
    item.is_important, item.due = content.is_important, content.due if content.is_important else None
    item.visible_until = content.visible_until


def still_for(actor: Viewer, item: NewsItem) -> list[Target]:
    """Those whom an item is for and may stay: all, once they have been told; of a draft, or of one that was taken
    back, those to whom the actor may write today, since a group may have been left meanwhile."""
    return [target for target in item.targets if is_told(item) or may_publish_to(actor, [target])]


def is_told(item: NewsItem) -> bool:
    """Whether the feed has it: published, perhaps for a time ahead, and not withdrawn."""
    return hasattr(item, "publication") and not hasattr(item, "withdrawal")


def is_out(item: NewsItem) -> bool:
    """Whether families can have met it already."""
    return is_told(item) and item.publication.published_at <= clock.now()


def _set_parts(actor: Viewer, item: NewsItem, content: Content) -> None:
    set_audience(NewsAudience, item, content.audience)
    set_files_of(actor=actor, owner=item, files=content.files)


def _tell(item: NewsItem) -> None:
    """The feed as it now stands, and the notice: once for each revision, at its time."""
    entry = news_entry(item, list(files_of(item).values_list("name", flat=True)))
    if item.revised_at and item.revised_at > item.publication.published_at:
        tell(entry, CHANGED, due_at=item.revised_at)
    else:
        tell(entry, PUBLISHED)
