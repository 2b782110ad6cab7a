"""The staff's side of news: the list, the form, and what is done to an item that stands."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from skolnav.boxes.information.actions import news as actions
from skolnav.boxes.information.forms.news import NewsForm
from skolnav.boxes.information.models import NewsItem
from skolnav.boxes.information.queries import staff as queries
from skolnav.boxes.information.rules import may_work, may_write
from skolnav.core.access.pages import HubRequest, page
from skolnav.core.publishing.forms import posted_version
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.versions import EditedMeanwhile
from skolnav.core.web import render
from skolnav.core.web.once import once


@page(may_work)
def index(request: HubRequest) -> HttpResponse:
    state, search = request.GET.get("visa", ""), request.GET.get("q", "").strip()
    shown, pieces = queries.pieces(
        request.viewer, state=state, search=search, page=request.GET.get("sida", 1)
    )
    context: dict[str, Any] = {
        "page": shown,
        "pieces": pieces,
        "state": state,
        "states": queries.STATES,
        "search": search,
    }
    context["may_write"] = may_write(request.viewer)
    return render(request, "information/staff/index.html", context)


@page(may_write)
def new(request: HubRequest) -> HttpResponse:
    form = NewsForm(request.POST or None, request.FILES or None, viewer=request.viewer)
    if form.is_valid():
        return once(request, lambda: _save(request, form, None))
    return _form(request, form, None)


@page(may_work)
def change(request: HubRequest, item: str) -> HttpResponse:
    found = queries.piece_of(request.viewer, item)
    form = NewsForm(request.POST or None, request.FILES or None, viewer=request.viewer, item=found)
    if not form.is_valid():
        return _form(request, form, found)
    try:
        return once(request, lambda: _save(request, form, found))
    except EditedMeanwhile:
        return _form(request, form, queries.piece_of(request.viewer, item), is_stale=True)


@page(may_work)
def withdraw(request: HubRequest, item: str) -> HttpResponse:
    found = queries.piece_of(request.viewer, item)
    if queries.kind_of(found) == "draft":
        raise Http404
    if request.method == "POST":
        return once(request, lambda: _withdrawn(request, found))
    return render(request, "information/staff/withdraw.html", {"item": found})


@require_POST
@page(may_work)
def publish_again(request: HubRequest, item: str) -> HttpResponse:
    found = queries.piece_of(request.viewer, item)
    if not found.targets:
        messages.error(request, _("Välj först vem nyheten är för."))
        return redirect("information_staff:change", item)
    if len(actions.still_for(request.viewer, found)) < len(found.targets):
        messages.error(
            request, _("Du skriver inte längre till alla som nyheten var för. Välj vilka den är för nu.")
        )
        return redirect("information_staff:change", item)
    return once(request, lambda: _published_again(request, found))


@require_POST
@page(may_write)
def copy(request: HubRequest, item: str) -> HttpResponse:
    found = queries.piece_of(request.viewer, item)
    return once(request, lambda: _copied(request, found))


@page(may_work)
def delete(request: HubRequest, item: str) -> HttpResponse:
    if request.method == "POST":
        return once(request, lambda: _deleted(request, item))
    return render(request, "information/staff/delete.html", {"item": _draft(request, item)})


def _save(request: HubRequest, form: NewsForm, item: NewsItem | None) -> HttpResponse:
    """Do what the pressed button says, say so, and lead to the item."""
    do, data = request.POST.get("do"), form.cleaned_data
    if item is None:
        item = actions.write_news(actor=request.viewer, content=form.content)
    else:
        version = posted_version(request.POST)
        item = actions.change_news(
            actor=request.viewer,
            item=item,
            version=version,
            content=form.content,
            is_minor=not data["is_marked"],
        )
    if do == "publish":
        actions.publish_news(actor=request.viewer, item=item, at=data["publish_at"])
        messages.success(
            request,
            _("Nyheten kommer ut vid den tid du valde.")
            if data["publish_at"]
            else _("Nyheten är publicerad."),
        )
    else:
        messages.success(request, _("Utkastet är sparat.") if do == "draft" else _("Ändringen är sparad."))
    return redirect("information_staff:change", item.public_id)


def _withdrawn(request: HubRequest, item: NewsItem) -> HttpResponse:
    actions.withdraw_news(actor=request.viewer, item=item)
    messages.success(request, _("Nyheten är återkallad."))
    return redirect("information_staff:change", item.public_id)


def _published_again(request: HubRequest, item: NewsItem) -> HttpResponse:
    actions.publish_news(actor=request.viewer, item=item)
    messages.success(request, _("Nyheten är publicerad igen."))
    return redirect("information_staff:change", item.public_id)


def _draft(request: HubRequest, public_id: str) -> NewsItem:
    """An item that was never out; what was out is withdrawn and not deleted."""
    found: NewsItem = queries.piece_of(request.viewer, public_id)
    if queries.kind_of(found) != "draft":
        raise Http404
    return found


def _deleted(request: HubRequest, public_id: str) -> HttpResponse:
    actions.delete_draft(actor=request.viewer, item=_draft(request, public_id))
    messages.success(request, _("Utkastet är borttaget."))
    return redirect("information_staff:index")


def _copied(request: HubRequest, item: NewsItem) -> HttpResponse:
    made = actions.copy_news(actor=request.viewer, item=item)
    messages.success(request, _("Här är kopian, ett utkast."))
    return redirect("information_staff:change", made.public_id)


def _form(request: HubRequest, form: NewsForm, item: Any, *, is_stale: bool = False) -> HttpResponse:
    """The form; `is_stale` when somebody saved the item meanwhile: theirs stands beside, and saving again is meant."""
    version = (
        request.POST.get("version")
        if item and form.is_bound and not is_stale
        else (item.version if item else 1)
    )
    context = {
        "form": form,
        "item": item,
        "state": queries.kind_of(item) if item else "draft",
        "version": version,
        "theirs": item if is_stale else None,
        "now": clock.now(),
    }
    return render(request, "information/staff/write.html", context, status=200 if not form.errors else 422)
