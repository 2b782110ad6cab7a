"""The family's start page, search, and the phone's fourth tab."""

from django.http import HttpResponse, HttpResponseRedirect

from skolnav.core.access.pages import HubRequest, page
from skolnav.core.access.rules import is_family, is_logged_in
from skolnav.core.boxes.choices import family_boxes, staff_boxes
from skolnav.core.feed.searching import search as search_feed
from skolnav.core.web import render
from skolnav.core.web.addresses import url
from skolnav.core.web.shell import Shell

from .start import address_of, start_page


@page(is_logged_in)
def start(request: HubRequest, pupil: str | None = None) -> HttpResponse:
    child = request.viewer.pupil(pupil) if pupil else None
    if not request.viewer.is_family:
        return HttpResponseRedirect(url("workplace:start"))
    return render(request, "home/start.html", {"page": start_page(request.viewer, child)})


@page(is_family)
def search(request: HubRequest) -> HttpResponse:
    words = request.GET.get("q", "").replace("\0", "").strip()[:200]
    found = [(line, address_of(line, request.viewer)) for line in search_feed(request.viewer, words)]
    template = "home/found.html" if request.htmx else "home/search.html"  # type: ignore[attr-defined]
    return render(request, template, {"words": words, "found": found})


@page(is_logged_in)
def more(request: HubRequest) -> HttpResponse:
    """All boxes of the hat that the reader stands in: the tabs hold five at most."""
    viewer = request.viewer
    is_at_work = Shell(request).hat == "staff"
    boxes = staff_boxes(viewer) if is_at_work else family_boxes(viewer, viewer.pupils)
    return render(request, "home/more.html", {"boxes": boxes, "side": "_staff" if is_at_work else ""})
