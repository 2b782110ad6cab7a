"""What a school chooses for absence."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from skolnav.boxes.absence.actions.settings import save_settings
from skolnav.boxes.absence.forms.settings import SettingsForm
from skolnav.boxes.absence.models import AbsenceSettings
from skolnav.boxes.absence.queries.settings import settings_of
from skolnav.boxes.absence.rules import may_lead
from skolnav.core.access.pages import HubRequest, page
from skolnav.core.access.viewer import SchoolRef
from skolnav.core.tenancy.versions import EditedMeanwhile
from skolnav.core.web import render
from skolnav.core.web.once import once


@page(may_lead)
def settings(request: HubRequest, school: str) -> HttpResponse:
    place = _school(request, school)
    form = SettingsForm(request.POST or None, settings=settings_of([place.id])[place.id])
    theirs: list[tuple[str, Any]] = []
    if form.is_valid():
        try:
            return once(request, lambda: _save(request, place, form))
        except EditedMeanwhile as meanwhile:
            theirs = form.meet(cast(AbsenceSettings, meanwhile.row))
    return render(request, "absence/settings.html", {"form": form, "school": place, "theirs": theirs})


def _school(request: HubRequest, public_id: str) -> SchoolRef:
    """A school that the viewer leads, or Http404."""
    viewer = request.viewer
    for school in viewer.staff_schools:
        if school.public_id == public_id and school.id in viewer.led_school_ids:
            return school
    raise Http404


def _save(request: HubRequest, school: SchoolRef, form: SettingsForm) -> HttpResponse:
    save_settings(
        actor=request.viewer,
        school_id=school.id,
        version=form.cleaned_data["version"],
        values=form.values(),
    )
    messages.success(request, _("Inställningarna är sparade och gäller genast."))
    return redirect("absence_staff:settings", school=school.public_id)
