"""Who has read an item of news."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from skolnav.boxes.information.models import NewsItem
from skolnav.core.access.viewer import Viewer
from skolnav.core.publishing.readers import Household, households_of, unread_person_ids
from skolnav.core.tenancy import clock

# A whole school stands on a few pages, a class on one, also on paper.
PER_PAGE = 200


@dataclass(frozen=True, slots=True)
class Reading:
    """The people whom an item reaches, at home by home, and how many of them have read it."""

    page: Page[Household]
    people: int
    have_read: int
    only_unread: bool


def piece_that_is_out(viewer: Viewer, public_id: str) -> Any:
    """An item that is out and that the viewer may change; Http404 otherwise."""
    out = NewsItem.objects.editable_by(viewer).filter(
        publication__published_at__lte=clock.now(), withdrawal=None
    )
    return out.select_related("publication").prefetch_related("audiences").get_or_404(public_id=public_id)


def reading_of(viewer: Viewer, item: NewsItem, *, only_unread: bool, page: str | int = 1) -> Reading:
    """Everybody, or the homes where somebody has not; a page of them. Six statements."""
    everybody = households_of(
        item, item.targets, revision=item.revision, asks=item.is_important, viewer=viewer
    )
    people = {reader.person_id: reader.at for home in everybody for reader in home.readers}
    have_read = sum(at is not None for at in people.values())
    shown = [home for home in everybody if not only_unread or any(not reader.at for reader in home.readers)]
    return Reading(Paginator(shown, PER_PAGE).get_page(page), len(people), have_read, only_unread)


def to_remind(item: NewsItem) -> set[int]:
    """Everybody whom it reaches and who has not read it."""
    return unread_person_ids(item, item.targets, revision=item.revision, asks=item.is_important)
