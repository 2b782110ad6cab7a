"""An item as its readers will see it, or do: the family's own page, on the staff's side."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from skolnav.boxes.information.actions.news import fill
from skolnav.boxes.information.forms.news import NewsForm
from skolnav.boxes.information.models import NewsItem
from skolnav.boxes.information.queries.family import page_of
from skolnav.boxes.information.queries.staff import piece_of
from skolnav.boxes.information.rules import may_work, may_write
from skolnav.core.access.pages import HubRequest, page
from skolnav.core.feed.models import Side
from skolnav.core.files.models import StoredFile
from skolnav.core.files.queries import files_of
from skolnav.core.people.models import Person
from skolnav.core.publishing.models import Target
from skolnav.core.tenancy import clock
from skolnav.core.web import render

_SIDES = {"vardnadshavare": Side.GUARDIANS, "elev": Side.PUPILS}


@require_POST
@page(may_write)
def preview(request: HubRequest) -> HttpResponse:
    """What stands in the form, nothing of it saved; the form is still open in its own tab."""
    form = NewsForm(request.POST, request.FILES, viewer=request.viewer, item=_posted_item(request))
    item = NewsItem(organiser_id=request.viewer.organiser_id)
    item.author = Person.everything.get(pk=request.viewer.person_id)
    if not form.is_valid():
        context = {"news": None, "item": item, "form": form}
        return render(request, "information/staff/look.html", context, status=422)
    fill(item, form.content)
    return _page(request, item, form.content.files, form.content.audience, request.POST.get("som", ""))


@page(may_work)
def look(request: HubRequest, item: str) -> HttpResponse:
    """An item as it is saved."""
    found = piece_of(request.viewer, item)
    return _page(request, found, list(files_of(found)), found.targets, request.GET.get("som", ""))


def _posted_item(request: HubRequest) -> NewsItem | None:
    """The item whose form asks for a preview; its files and audience are the form's too."""
    public_id = request.POST.get("item", "").replace("\0", "")
    return piece_of(request.viewer, public_id) if public_id else None


def _page(
    request: HubRequest, item: Any, files: Sequence[StoredFile], targets: Iterable[Target], seen_by: str
) -> HttpResponse:
    """The page; or, where the item is not for those who are asked about, a word on that."""
    side = _SIDES.get(seen_by, Side.BOTH)
    published_at = item.publication.published_at if hasattr(item, "publication") else clock.now()
    context = {
        "news": page_of(item, files, published_at=published_at, is_waiting=item.is_important),
        "item": item,
        "seen_by": seen_by,
        "is_reached": any(target.sides & side for target in targets),
    }
    return render(request, "information/staff/look.html", context)
