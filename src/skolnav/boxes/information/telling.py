"""What the feed is told of news, files and links. Actions tell it as they write; a rebuild tells it all again."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from skolnav.core.feed.models import Wants
from skolnav.core.feed.publishing import FeedItem
from skolnav.core.files.queries import files_by_owner
from skolnav.core.publishing.text import to_words
from skolnav.core.tenancy import clock

from .models import BOX, Document, Link, NewsItem


def feed_items() -> Iterator[FeedItem]:
    """All that the organiser in scope has out, now or at a time ahead."""
    news = NewsItem.everything.filter(publication__isnull=False, withdrawal=None).select_related(
        "publication"
    )
    rows = list(news.prefetch_related("audiences"))
    names = files_by_owner(NewsItem._meta.label_lower, [item.pk for item in rows])
    for item in rows:
        yield news_entry(item, [file.name for file in names[item.pk]])
    for document in Document.everything.prefetch_related("audiences"):
        yield document_entry(document)
    for link in Link.everything.prefetch_related("audiences"):
        yield link_entry(link)


def news_entry(item: NewsItem, file_names: Sequence[str]) -> FeedItem:
    """An item with its publication."""
    return FeedItem(
        source=item,
        box=BOX,
        kind="news",
        title=item.title,
        link_name="information:news",
        link_args={"item": item.public_id},
        reaches=[target.reach for target in item.targets],
        published_at=item.publication.published_at,
        icon="newspaper",
        is_important=item.is_important,
        wants=Wants.READ if item.is_important else Wants.NOTHING,
        # The last minute of the day, so that it is still called by that day's name.
        due=clock.end_of(item.due) - timedelta(minutes=1) if item.due else None,
        visible_until=clock.end_of(item.visible_until) if item.visible_until else None,
        search_text=" ".join([to_words(item.body), *file_names]),
        revision=item.revision,
    )


def document_entry(document: Document) -> FeedItem:
    return FeedItem(
        source=document,
        box=BOX,
        kind="document",
        title=document.title,
        link_name="information:files",
        reaches=[target.reach for target in document.targets],
        published_at=document.placed_at,
        icon="file-text",
        search_text=document.folder,
    )


def link_entry(link: Link) -> FeedItem:
    return FeedItem(
        source=link,
        box=BOX,
        kind="link",
        title=link.title,
        link_name="information:links",
        reaches=[target.reach for target in link.targets],
        published_at=link.placed_at,
        icon="link",
        search_text=f"{link.description} {link.address} {link.folder}",
    )
