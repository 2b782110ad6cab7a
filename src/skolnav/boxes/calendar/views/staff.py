"""The calendar as staff write it."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from skolnav.core.access.pages import HubRequest, page
from skolnav.core.publishing.choices import labels_of
from skolnav.core.tenancy.versions import EditedMeanwhile
from skolnav.core.web import render
from skolnav.core.web.once import once

from .. import actions
from ..forms import EntryForm, initial_of
from ..models import CalendarEntry
from ..queries import entries_of_staff
from ..rules import may_see_staff_side, may_write

ON_A_PAGE = 30


@page(may_see_staff_side)
def index(request: HubRequest) -> HttpResponse:
    words = request.GET.get("q", "").replace("\0", "").strip()[:80]
    past = request.GET.get("visa") == "tidigare"
    entries = Paginator(entries_of_staff(request.viewer, words, past), ON_A_PAGE).get_page(
        request.GET.get("sida")
    )
    editable = set(
        CalendarEntry.objects.editable_by(request.viewer)
        .filter(pk__in=[entry.pk for entry in entries])
        .values_list("pk", flat=True)
    )
    labels = labels_of(target for entry in entries for target in entry.targets)
    context = {"entries": entries, "editable": editable, "labels": labels, "words": words, "past": past}
    return render(request, "calendar/staff_index.html", context | {"may_write": may_write(request.viewer)})


@page(may_write)
def new(request: HubRequest) -> HttpResponse:
    form = EntryForm(
        request.POST or None, viewer=request.viewer, initial={"first_day": request.GET.get("dag")}
    )
    if form.is_valid():
        return once(request, lambda: _add(request, form))
    return render(request, "calendar/form.html", {"form": form, "entry": None, "theirs": None})


@page(may_write)
def change(request: HubRequest, entry: str) -> HttpResponse:
    found = _editable(request, entry)
    form = EntryForm(
        request.POST or None, viewer=request.viewer, already=found.targets, initial=initial_of(found)
    )
    theirs = None
    if form.is_valid():
        try:
            return once(request, lambda: _change(request, found, form))
        except EditedMeanwhile as meanwhile:
            # What was typed stays in the form; the other version stands above it, and a second save is a choice.
            theirs = cast(CalendarEntry, meanwhile.row)
            typed = request.POST.copy()
            typed["version"] = str(theirs.version)
            form.data = typed
    return render(request, "calendar/form.html", {"form": form, "entry": found, "theirs": theirs})


@page(may_write)
@require_POST
def cancel(request: HubRequest, entry: str) -> HttpResponse:
    found = _editable(request, entry)
    actions.cancel_entry(actor=request.viewer, entry=found)
    messages.success(request, _("”%(title)s” är inställd och alla får veta det.") % {"title": found.title})
    return redirect("calendar_staff:change", found.public_id)


@page(may_write)
@require_POST
def remove(request: HubRequest, entry: str) -> HttpResponse:
    found = _editable(request, entry)
    actions.remove_entry(actor=request.viewer, entry=found)
    messages.success(request, _("”%(title)s” är borttagen. Du kan ångra det här.") % {"title": found.title})
    return redirect("calendar_staff:change", found.public_id)


@page(may_write)
@require_POST
def restore(request: HubRequest, entry: str) -> HttpResponse:
    found = _editable(request, entry)
    actions.restore_entry(actor=request.viewer, entry=found)
    messages.success(request, _("”%(title)s” står i kalendern igen.") % {"title": found.title})
    return redirect("calendar_staff:change", found.public_id)


def _editable(request: HubRequest, public_id: str) -> CalendarEntry:
    rows = CalendarEntry.objects.editable_by(request.viewer).select_related("cancellation", "removal")
    return rows.prefetch_related("audiences").get_or_404(public_id=public_id)


def _add(request: HubRequest, form: EntryForm) -> HttpResponse:
    added = actions.add_entry(
        actor=request.viewer, content=form.content, audience=form.cleaned_data["audience"]
    )
    messages.success(request, _("”%(title)s” står i kalendern.") % {"title": added.title})
    return redirect("calendar_staff:index")


def _change(request: HubRequest, entry: CalendarEntry, form: EntryForm) -> HttpResponse:
    data = form.cleaned_data
    actions.change_entry(
        actor=request.viewer,
        entry=entry,
        version=data["version"] or 0,
        content=form.content,
        audience=data["audience"],
        tell=data["tell"],
    )
    messages.success(request, _("Ändringen är sparad."))
    return redirect("calendar_staff:index")
