"""The families' side: news, files, links."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from skolnav.boxes.information.actions.reading import confirm_news, open_news
from skolnav.boxes.information.models import NewsItem
from skolnav.boxes.information.queries import family as queries
from skolnav.boxes.information.rules import may_read
from skolnav.core.access.pages import HubRequest, page
from skolnav.core.web import render
from skolnav.core.web.addresses import url
from skolnav.core.web.returning import back_to


@page(may_read)
def index(request: HubRequest, pupil: str | None = None) -> HttpResponse:
    pupils = request.viewer.chosen(pupil)
    search = request.GET.get("q", "").strip()
    shown, lines = queries.news_list(request.viewer, pupils, search=search, page=request.GET.get("sida", 1))
    return render(request, "information/index.html", {"page": shown, "lines": lines, "search": search})


@page(may_read)
def news(request: HubRequest, item: str, pupil: str | None = None) -> HttpResponse:
    found = queries.news_page(request.viewer, request.viewer.chosen(pupil), item)
    if not found.is_met:
        open_news(actor=request.viewer, item=found.item)
    return render(request, "information/news.html", {"news": found})


@require_POST
@page(may_read)
def confirm(request: HubRequest, item: str, pupil: str | None = None) -> HttpResponse:
    found = NewsItem.objects.visible_to(request.viewer).get_or_404(public_id=item)
    confirm_news(actor=request.viewer, item=found)
    messages.success(request, _("Tack! Skolan ser att du har läst ”%(title)s”.") % {"title": found.title})
    return back_to(request, request.POST.get("next", ""), url("information:news", item=item, pupil=pupil))


@page(may_read)
def files(request: HubRequest, pupil: str | None = None) -> HttpResponse:
    folders = queries.documents(request.viewer, request.viewer.chosen(pupil))
    queries.meet_shelf(request.viewer, folders)
    return render(request, "information/files.html", {"folders": folders})


@page(may_read)
def links(request: HubRequest, pupil: str | None = None) -> HttpResponse:
    folders = queries.links(request.viewer, request.viewer.chosen(pupil))
    queries.meet_shelf(request.viewer, folders)
    return render(request, "information/links.html", {"folders": folders})
