"""Opening hours, closing days, and what a school has chosen."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from skolnav.boxes.educare.actions.opening import change_opening, close_day, reopen_day
from skolnav.boxes.educare.forms.staff import ClosingForm, OpeningForm, initial_of_opening
from skolnav.boxes.educare.models import ClosingDay, EducareSettings
from skolnav.boxes.educare.queries.opening import Opening, opening_of
from skolnav.boxes.educare.queries.schools import schools_ahead, schools_of
from skolnav.boxes.educare.rules import has_sections, leads
from skolnav.core.access.pages import HubRequest, page
from skolnav.core.people.actions.refusals import Refused
from skolnav.core.schools.models import SchoolUnit
from skolnav.core.tenancy.versions import EditedMeanwhile
from skolnav.core.web import render
from skolnav.core.web.once import once


@page(has_sections)
def index(request: HubRequest) -> HttpResponse:
    return render(request, "educare/staff/opening.html", {"schools": schools_ahead(request.viewer)})


@page(leads)
def change(request: HubRequest, school: str) -> HttpResponse:
    found = next((one for one in schools_of(request.viewer) if one.public_id == school), None)
    if found is None or found.pk not in request.viewer.led_school_ids:
        raise Http404
    opening = _opening(request, found)
    form = OpeningForm(request.POST or None, initial=initial_of_opening(opening))
    theirs = None
    if form.is_valid():
        try:
            return once(request, lambda: _change(request, found, form))
        except EditedMeanwhile as meanwhile:
            # What was typed stays in the form; what a colleague saved stands above it. A second save is a choice.
            theirs = _opening(request, found)
            typed = request.POST.copy()
            typed["version"] = str(cast(EducareSettings, meanwhile.row).version)
            form.data = typed
    context = {"form": form, "school": found, "theirs": theirs}
    return render(request, "educare/staff/hours.html", context, status=422 if form.errors else 200)


@page(has_sections)
def close(request: HubRequest) -> HttpResponse:
    schools = schools_of(request.viewer)
    if not schools:
        raise Http404
    form = ClosingForm(request.POST or None, schools=schools)
    if form.is_valid():
        try:
            return once(request, lambda: _close(request, form))
        except Refused as refused:
            form.add_error("day", refused.message)
    return render(request, "educare/staff/close.html", {"form": form}, status=422 if form.errors else 200)


@page(has_sections)
@require_POST
def reopen(request: HubRequest, closing: str) -> HttpResponse:
    return once(request, lambda: _reopen(request, closing))


def _opening(request: HubRequest, school: SchoolUnit) -> Opening:
    return opening_of(request.viewer.organiser_id, school.pk, request.viewer.today, request.viewer.today)


def _change(request: HubRequest, school: SchoolUnit, form: OpeningForm) -> HttpResponse:
    data = form.cleaned_data
    change_opening(
        actor=request.viewer,
        school=school,
        version=data["version"],
        lock_days=data["lock_days"],
        late_after_minutes=data["late_after_minutes"],
        holiday_reminder_days=data["holiday_reminder_days"],
        hours=form.hours,
    )
    messages.success(request, _("Öppettiderna är sparade."))
    return redirect("educare_staff:opening")


def _close(request: HubRequest, form: ClosingForm) -> HttpResponse:
    data = form.cleaned_data
    close_day(actor=request.viewer, school_id=form.chosen_school.pk, day=data["day"], reason=data["reason"])
    messages.success(request, _("Dagen är stängd. Familjer med tider den dagen får veta det."))
    return redirect("educare_staff:opening")


def _reopen(request: HubRequest, closing: str) -> HttpResponse:
    found = ClosingDay.objects.editable_by(request.viewer).get_or_404(public_id=closing)
    reopen_day(actor=request.viewer, closing=found)
    messages.success(request, _("Fritids är öppet den dagen igen."))
    return redirect("educare_staff:opening")
