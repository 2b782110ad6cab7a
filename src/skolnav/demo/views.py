"""The mailbox of the demo: every letter that it would have sent, to anybody. Public, since its people are invented."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from skolnav.core.access.pages import page, public
from skolnav.core.notifications.models import Delivery
from skolnav.core.notifications.quiet import is_quiet, morning_after
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.scope import over_all_organisers
from skolnav.core.web import render

from .mailbox import find_letter, letters

ON_A_PAGE = 25


@page(public)
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    to = request.GET.get("till", "").strip()
    shown = Paginator(list(letters(to)), ON_A_PAGE).get_page(request.GET.get("sida"))
    with over_all_organisers():
        waiting = Delivery.everything.filter(Delivery.WAITING).count()
    until = morning_after(clock.now()) if is_quiet(clock.now()) else None
    return render(request, "demo/mailbox.html", {"page": shown, "to": to, "waiting": waiting, "until": until})


@page(public)
@require_safe
def letter(request: HttpRequest, file: str) -> HttpResponse:
    found = find_letter(file)
    if found is None:
        raise Http404
    return render(request, "demo/letter.html", {"letter": found})
