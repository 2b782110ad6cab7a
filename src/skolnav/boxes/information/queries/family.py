"""What a family reads: news with its marks, files by folder, links. Each page in a fixed number of statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from skolnav.boxes.information.models import (
    Document,
    DocumentAudience,
    Link,
    LinkAudience,
    NewsAudience,
    NewsItem,
)
from skolnav.core.access.viewer import PupilInCare, Viewer
from skolnav.core.feed.models import Entry, Seen
from skolnav.core.files.models import StoredFile
from skolnav.core.files.queries import files_by_owner, files_of
from skolnav.core.notifications.reading import meet
from skolnav.core.people.models import Person
from skolnav.core.publishing.models import concerned, reaches_pupils_q
from skolnav.core.publishing.text import asked_words
from skolnav.core.tenancy import clock

from .news_rows import News, NewsRow

PER_PAGE = 20
_NEWS = NewsItem._meta.label_lower


@dataclass(frozen=True, slots=True)
class NewsLine:
    """An item of news in a list, as one reader meets it."""

    item: NewsRow
    pupils: tuple[PupilInCare, ...]
    is_new: bool


@dataclass(frozen=True, slots=True)
class NewsPage:
    """An item with all that its own page shows."""

    item: NewsItem
    pupils: tuple[PupilInCare, ...]
    writer: str
    published_at: datetime
    pictures: Sequence[StoredFile]
    files: Sequence[StoredFile]
    is_waiting: bool
    confirmed_at: datetime | None
    is_met: bool


@dataclass(frozen=True, slots=True)
class Folder:
    """What lies under one name on the shelf."""

    name: str
    things: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Thing:
    """A document with its file, or a link."""

    row: Document | Link
    pupils: tuple[PupilInCare, ...]
    file: StoredFile | None = None


def news_list(
    viewer: Viewer, pupils: Sequence[PupilInCare], *, search: str = "", page: str | int = 1
) -> tuple[Page[NewsRow], list[NewsLine]]:
    """A page of news about the pupils: what waits for "Jag har läst" first, then the newest. Two statements."""
    shown = Paginator(News(viewer, pupils, asked_words(search)), PER_PAGE).get_page(page)
    return shown, [_line(item, pupils) for item in shown]


def news_page(viewer: Viewer, pupils: Sequence[PupilInCare], public_id: str) -> NewsPage:
    """One item. Four statements; Http404 when it does not reach the viewer about these pupils."""
    item = _news_of(viewer, pupils).prefetch_related("audiences").get_or_404(public_id=public_id)
    mark = _marks(viewer, [item]).filter(revision__gte=item.revision).first()
    return page_of(
        item,
        list(files_of(item)),
        concerned(item.targets, pupils),
        published_at=item.publication.published_at,
        is_waiting=item.is_waiting,
        confirmed_at=mark.done_at if mark else None,
        is_met=mark is not None,
    )


def page_of(
    item: NewsItem,
    files: Sequence[StoredFile],
    pupils: tuple[PupilInCare, ...] = (),
    *,
    published_at: datetime,
    is_waiting: bool,
    confirmed_at: datetime | None = None,
    is_met: bool = False,
) -> NewsPage:
    """The page of an item that is at hand, saved or not: the preview shows it so."""
    return NewsPage(
        item,
        pupils,
        writer_of(item.author),
        published_at,
        [file for file in files if file.is_picture],
        [file for file in files if not file.is_picture],
        is_waiting,
        confirmed_at,
        is_met,
    )


def documents(viewer: Viewer, pupils: Sequence[PupilInCare]) -> list[Folder]:
    """The files about the pupils, by folder. Three statements."""
    rows = _shelf(Document, DocumentAudience, viewer, pupils)
    files = files_by_owner(Document._meta.label_lower, [row.pk for row in rows])
    return _folders(
        Thing(row, concerned(row.targets, pupils), next(iter(files[row.pk]), None)) for row in rows
    )


def links(viewer: Viewer, pupils: Sequence[PupilInCare]) -> list[Folder]:
    """The links about the pupils, by folder. Two statements."""
    rows = _shelf(Link, LinkAudience, viewer, pupils)
    return _folders(Thing(row, concerned(row.targets, pupils)) for row in rows)


def meet_shelf(viewer: Viewer, folders: Iterable[Folder]) -> None:
    """Opening the list is meeting what is in it: note it for what is not noted yet. One or two statements."""
    rows = [thing.row for folder in folders for thing in folder.things]
    if not rows:
        return
    met = Seen.objects.filter(
        person=viewer.person_id, entry=OuterRef("pk"), revision__gte=OuterRef("revision")
    )
    entries = Entry.everything.filter(
        ~Exists(met), source_type=rows[0]._meta.label_lower, source_id__in=[row.pk for row in rows]
    )
    meet(viewer.person_id, list(entries))


def writer_of(author: Person | None) -> str:
    """The writer's name; nothing for one whose identity is protected, or who is gone."""
    return "" if author is None or author.is_protected else author.full_name


def _news_of(viewer: Viewer, pupils: Sequence[PupilInCare]) -> Any:
    """The news about the pupils; `is_waiting` where the viewer is asked to confirm and has not."""
    found = NewsItem.objects.visible_to(viewer).select_related("publication", "author").defer("words", "body")
    # All of the viewer's pupils are what the guard has asked for already.
    if len(pupils) < len(viewer.pupils):
        found = found.filter(reaches_pupils_q(NewsAudience, viewer, pupils))
    confirmed = Seen.objects.filter(
        person=viewer.person_id,
        done_at__isnull=False,
        revision__gte=OuterRef("revision"),
        entry__source_type=_NEWS,
        entry__source_id=OuterRef("pk"),
    )
    return found.annotate(
        is_waiting=ExpressionWrapper(Q(is_important=True) & ~Exists(confirmed), BooleanField())
    )


def _marks(viewer: Viewer, items: Iterable[NewsItem]) -> QuerySet[Seen]:
    """What the viewer has met of these items."""
    return Seen.objects.filter(
        person=viewer.person_id, entry__source_type=_NEWS, entry__source_id__in=[item.pk for item in items]
    )


def _line(item: NewsRow, pupils: Sequence[PupilInCare]) -> NewsLine:
    return NewsLine(
        item,
        tuple(pupil for pupil in pupils if not pupil.keys.keys().isdisjoint(item.keys)),
        is_new=item.met < item.revision and _is_recent(item, pupils),
    )


def _is_recent(item: NewsRow, pupils: Sequence[PupilInCare]) -> bool:
    """What was out before a pupil came is there to read, but never new to the family."""
    day = item.published_at.astimezone(clock.STOCKHOLM).date()
    return any(pupil.keys[key] <= day for key in item.keys for pupil in pupils if key in pupil.keys)


def _shelf(model: Any, audience: Any, viewer: Viewer, pupils: Sequence[PupilInCare]) -> list[Any]:
    found = model.objects.visible_to(viewer).filter(reaches_pupils_q(audience, viewer, pupils))
    return list(found.order_by("folder", "title").prefetch_related("audiences"))


def _folders(things: Iterable[Thing]) -> list[Folder]:
    """By name; what lies in no folder comes first."""
    return [Folder(name, list(found)) for name, found in groupby(things, key=lambda thing: thing.row.folder)]
