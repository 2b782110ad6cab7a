"""What a writer sees of the pieces that they may change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skolnav.boxes.information.models import Document, Link, NewsItem
from skolnav.core.access.viewer import Viewer
from skolnav.core.boxes.registry import WrittenLine
from skolnav.core.feed.models import Seen
from skolnav.core.files.models import StoredFile
from skolnav.core.files.queries import files_by_owner
from skolnav.core.publishing.choices import labels_of
from skolnav.core.publishing.text import asked_words
from skolnav.core.tenancy import clock

PER_PAGE = FOUND_AT_MOST = 20
STATES = {
    "": gettext_lazy("Alla"),
    "utkast": gettext_lazy("Utkast"),
    "planerade": gettext_lazy("Planerade"),
    "publicerade": gettext_lazy("Publicerade"),
    "aterkallade": gettext_lazy("Återkallade"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """An item of news in its writers' list."""

    item: NewsItem
    state: str
    kind: str
    at: datetime
    to: Sequence[str]
    readers: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A document or a link in its writers' list."""

    row: Document | Link
    to: Sequence[str]
    file: StoredFile | None = None


def pieces(
    viewer: Viewer, *, state: str = "", search: str = "", page: str | int = 1
) -> tuple[Page[Any], list[Piece]]:
    """The news that the viewer may change, the last touched first. At most five statements."""
    found = _news_of(viewer).filter(_in_state(state)).annotate(readers=_readers())
    for word in asked_words(search):
        found = found.filter(words__contains=word)
    shown = Paginator(found.order_by("-saved_at", "-pk").prefetch_related("audiences"), PER_PAGE).get_page(
        page
    )
    labels = labels_of([target for item in shown for target in item.targets])
    return shown, [
        Piece(item, state_of(item), kind_of(item), moment_of(item), _labels(item, labels), item.readers)
        for item in shown
    ]


def piece_of(viewer: Viewer, public_id: str) -> Any:
    """One item that the viewer may change, with all that its form shows; Http404 otherwise. Two statements."""
    found = NewsItem.objects.editable_by(viewer).select_related("publication", "withdrawal", "author")
    return found.prefetch_related("audiences").get_or_404(public_id=public_id)


def written(viewer: Viewer) -> list[WrittenLine]:
    """The five pieces that the viewer worked on last, for their start page. One statement."""
    return [
        _written(item) for item in _news_of(viewer).filter(author=viewer.person_id).order_by("-saved_at")[:5]
    ]


def find(viewer: Viewer, words: str) -> list[WrittenLine]:
    """Up to twenty items of news that the viewer may change and that hold every word. One statement."""
    found = _news_of(viewer)
    for word in asked_words(words):
        found = found.filter(words__contains=word)
    return [_written(item) for item in found.order_by("-saved_at")[:FOUND_AT_MOST]]


def _written(item: Any) -> WrittenLine:
    address = reverse("information_staff:change", kwargs={"item": item.public_id})
    return WrittenLine(item.title, address, state_of(item), moment_of(item))


def placed(
    viewer: Viewer, model: type[Document] | type[Link], page: str | int = 1
) -> tuple[Page[Any], list[Placed]]:
    """The documents or links that the viewer may change. At most five statements."""
    found: Any = model.objects.editable_by(viewer).order_by("folder", "title").prefetch_related("audiences")
    shown = Paginator(found, PER_PAGE * 2).get_page(page)
    labels = labels_of([target for row in shown for target in row.targets])
    files = files_by_owner(model._meta.label_lower, [row.pk for row in shown]) if model is Document else {}
    return shown, [
        Placed(row, _labels(row, labels), next(iter(files.get(row.pk, ())), None)) for row in shown
    ]


def folder_names(viewer: Viewer) -> list[str]:
    """The folders that the viewer has used, to choose from. One statement."""
    names = Document.objects.editable_by(viewer).values_list("folder", flat=True).order_by()
    both = names.union(Link.objects.editable_by(viewer).values_list("folder", flat=True).order_by())
    return sorted(name for name in both if name)


def kind_of(item: Any) -> str:
    """ "draft", "scheduled", "published", "withdrawn" or "over"."""
    if not hasattr(item, "publication"):
        return "draft"
    if hasattr(item, "withdrawal"):
        return "withdrawn"
    if item.publication.published_at > clock.now():
        return "scheduled"
    return "over" if item.visible_until and item.visible_until < clock.today() else "published"


def state_of(item: Any) -> str:
    """The same in the reader's words."""
    return {
        "draft": _("Utkast"),
        "withdrawn": _("Återkallad"),
        "scheduled": _("Planerad"),
        "published": _("Publicerad"),
        "over": _("Visas inte längre"),
    }[kind_of(item)]


def moment_of(item: Any) -> datetime:
    """The moment that matters in its state: when it came or comes out, was withdrawn, or was saved."""
    moments = {
        "draft": lambda: item.saved_at,
        "withdrawn": lambda: item.withdrawal.withdrawn_at,
    }
    found: datetime = moments.get(kind_of(item), lambda: item.publication.published_at)()
    return found


def _news_of(viewer: Viewer) -> Any:
    return (
        NewsItem.objects.editable_by(viewer)
        .select_related("publication", "withdrawal", "author")
        .defer("body_html")
    )


def _in_state(state: str) -> Q:
    now = clock.now()
    told = Q(publication__isnull=False, withdrawal=None)
    return {
        "utkast": Q(publication=None),
        "planerade": told & Q(publication__published_at__gt=now),
        "publicerade": told & Q(publication__published_at__lte=now),
        "aterkallade": Q(withdrawal__isnull=False),
    }.get(state, Q())


def _readers() -> Any:
    """How many have met the item as it now stands."""
    marks: QuerySet[Any] = Seen.objects.filter(
        entry__source_type=NewsItem._meta.label_lower,
        entry__source_id=OuterRef("pk"),
        revision__gte=OuterRef("revision"),
    )
    counted = marks.order_by().values("entry").annotate(many=Count("pk")).values("many")
    return Coalesce(Subquery(counted), 0)


def _labels(row: Any, labels: dict[str, str]) -> list[str]:
    return [labels[target.key] for target in row.targets if target.key in labels]
