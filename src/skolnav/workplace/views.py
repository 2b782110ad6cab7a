"""The staff's day, and where they begin to write."""

from django.http import HttpResponse

from skolnav.core.access.pages import HubRequest, page
from skolnav.core.access.rules import is_staff
from skolnav.core.boxes.choices import staff_boxes
from skolnav.core.web import render

from .queries import cards_for, found_by, latest_of, writable_boxes


@page(is_staff)
def start(request: HubRequest) -> HttpResponse:
    context = {
        "cards": cards_for(request.viewer),
        "written": latest_of(request.viewer),
        "writable": writable_boxes(request.viewer),
    }
    return render(request, "workplace/start.html", context)


@page(is_staff)
def publish(request: HubRequest) -> HttpResponse:
    context = {"writable": writable_boxes(request.viewer), "boxes": staff_boxes(request.viewer)}
    return render(request, "workplace/publish.html", context)


@page(is_staff)
def search(request: HubRequest) -> HttpResponse:
    words = request.GET.get("q", "").replace("\0", "").strip()[:100]
    context = {"words": words, "found": found_by(request.viewer, words)}
    template = "workplace/found.html" if request.htmx else "workplace/search.html"  # type: ignore[attr-defined]
    return render(request, template, context)
