"""The bell's pages, and the choice of what is told outside it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from skolnav.core.access.pages import HubRequest, page, public
from skolnav.core.access.rules import is_logged_in
from skolnav.core.accounts.models import Account
from skolnav.core.notifications.bell import Bell
from skolnav.core.notifications.preferences import choices_of, choose
from skolnav.core.notifications.reading import open_notice, read_all, unread_in_bell
from skolnav.core.web import render
from skolnav.core.web.addresses import url
from skolnav.core.web.once import once

from .forms import NoticeChoicesForm
from .rows import destination, rows_of

PER_PAGE = 25


@page(is_logged_in)
@require_safe
def bell(request: HubRequest) -> HttpResponse:
    mine = Bell(request.viewer)
    shown = Paginator(mine, PER_PAGE).get_page(request.GET.get("sida"))
    context = {
        "page": shown,
        "rows": rows_of(request.viewer, shown),
        "unread": unread_in_bell(request.viewer, mine),
    }
    return render(request, "home/bell/list.html", context)


@page(public)
@require_safe
def count(request: HubRequest) -> HttpResponse:
    """The bell in the menu, asked for by htmx; nothing at all once the session is over, so that the page stands."""
    if not request.viewer:
        return HttpResponse(status=204)
    return render(request, "web/parts/bell.html")


@page(is_logged_in)
@require_safe
def follow(request: HubRequest, notice: str) -> HttpResponse:
    """Open a notice: it is read, and the reader stands at the very place."""
    delivery = open_notice(request.viewer, notice)
    return HttpResponseRedirect(destination(request.viewer, delivery))


@page(is_logged_in)
@require_POST
def all_read(request: HubRequest) -> HttpResponse:
    read_all(request.viewer)
    return HttpResponseRedirect(url("home:bell"))


@page(is_logged_in)
def choose_notices(request: HubRequest) -> HttpResponse:
    viewer = request.viewer
    form = NoticeChoicesForm(request.POST or None, viewer=viewer, chosen=choices_of(viewer.person_id))
    if form.is_valid():
        return once(request, lambda: _choose(request, form))
    has_email = Account.objects.filter(person=viewer.person_id).exclude(verified_email="").exists()
    return render(request, "home/bell/choices.html", {"form": form, "has_email": has_email})


def _choose(request: HubRequest, form: NoticeChoicesForm) -> HttpResponse:
    choose(actor=request.viewer, choices=form.choices())
    messages.success(request, _("Sparat."))
    return HttpResponseRedirect(url("account:notices"))
