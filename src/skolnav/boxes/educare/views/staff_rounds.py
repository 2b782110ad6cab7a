"""Asking families about lov."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from skolnav.boxes.educare.actions.rounds import change_round, open_round, remove_round
from skolnav.boxes.educare.forms.staff import RoundForm, initial_of_round
from skolnav.boxes.educare.models import HolidayRound
from skolnav.boxes.educare.queries.schools import schools_of
from skolnav.boxes.educare.rules import has_sections
from skolnav.core.access.pages import HubRequest, page
from skolnav.core.people.actions.refusals import Refused
from skolnav.core.tenancy.versions import EditedMeanwhile
from skolnav.core.web import render
from skolnav.core.web.once import once

SUGGESTED = {"namn": "name", "fran": "first_day", "till": "last_day", "skola": "school"}


@page(has_sections)
def new(request: HubRequest) -> HttpResponse:
    schools = schools_of(request.viewer)
    if not schools:
        raise Http404
    suggested = {field: request.GET.get(name, "")[:80] for name, field in SUGGESTED.items()}
    initial = {field: value for field, value in suggested.items() if value}
    form = RoundForm(request.POST or None, schools=schools, initial=initial)
    if form.is_valid():
        try:
            return once(request, lambda: _open(request, form))
        except Refused as refused:
            form.add_error(None, refused.message)
    context = {"form": form, "holiday": None, "theirs": None}
    return render(request, "educare/staff/round.html", context, status=422 if form.errors else 200)


@page(has_sections)
def change(request: HubRequest, holiday: str) -> HttpResponse:
    found = _editable(request, holiday)
    schools = [school for school in schools_of(request.viewer) if school.pk == found.school_id]
    form = RoundForm(request.POST or None, schools=schools, initial=initial_of_round(found))
    theirs = None
    if form.is_valid():
        try:
            return once(request, lambda: _change(request, found, form))
        except Refused as refused:
            form.add_error(None, refused.message)
        except EditedMeanwhile as meanwhile:
            # What was typed stays in the form; what a colleague saved stands above it. A second save is a choice.
            theirs = initial_of_round(cast(HolidayRound, meanwhile.row))
            typed = request.POST.copy()
            typed["version"] = str(theirs["version"])
            form.data = typed
    context = {"form": form, "holiday": found, "theirs": theirs}
    return render(request, "educare/staff/round.html", context, status=422 if form.errors else 200)


@page(has_sections)
def remove(request: HubRequest, holiday: str) -> HttpResponse:
    found = _editable(request, holiday)
    if request.method == "POST":
        return once(request, lambda: _remove(request, found))
    return render(request, "educare/staff/remove_round.html", {"holiday": found})


def _editable(request: HubRequest, public_id: str) -> HolidayRound:
    return HolidayRound.objects.editable_by(request.viewer).get_or_404(public_id=public_id)


def _open(request: HubRequest, form: RoundForm) -> HttpResponse:
    open_round(actor=request.viewer, school_id=form.chosen_school.pk, content=form.content)
    messages.success(request, _("Familjerna är frågade. De som inte har svarat påminns före sista svarsdag."))
    return redirect("educare_staff:opening")


def _change(request: HubRequest, found: HolidayRound, form: RoundForm) -> HttpResponse:
    version = form.cleaned_data["version"] or 0
    change_round(actor=request.viewer, holiday=found, version=version, content=form.content)
    messages.success(request, _("Ändringen är sparad."))
    return redirect("educare_staff:opening")


def _remove(request: HubRequest, found: HolidayRound) -> HttpResponse:
    remove_round(actor=request.viewer, holiday=found)
    messages.success(request, _("Lovet är borttaget. Tider som familjer har lämnat finns kvar."))
    return redirect("educare_staff:opening")
