"""Investigations of absence: pages that open to those who work with them, and note that they were opened."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from skolnav.boxes.absence.actions import investigations as actions
from skolnav.boxes.absence.forms.followups import (
    EndForm,
    MeasureForm,
    MemberForm,
    NoteForm,
    OpenForm,
    ReportedForm,
)
from skolnav.boxes.absence.models import Investigation, InvestigationMeasure, InvestigationMember
from skolnav.boxes.absence.queries.investigations import (
    investigation_of,
    investigation_page,
    investigations,
    places_to_investigate,
    staff_of,
)
from skolnav.boxes.absence.rules import may_follow_up, may_see_staff_side
from skolnav.core.access.pages import HubRequest, page
from skolnav.core.people.actions.refusals import Refused
from skolnav.core.web import render
from skolnav.core.web.once import once

ON_A_PAGE = 30


@page(may_see_staff_side)
def index(request: HubRequest) -> HttpResponse:
    closed = request.GET.get("visa") == "avslutade"
    found = investigations(request.viewer, closed=closed)
    shown = Paginator(found, ON_A_PAGE).get_page(request.GET.get("sida"))
    return render(request, "absence/cases/investigations.html", {"page": shown, "closed": closed})


@page(may_follow_up)
def new(request: HubRequest, pupil: str) -> HttpResponse:
    place = places_to_investigate(request.viewer).filter(pupil__public_id=pupil).first()
    if place is None:
        raise Http404
    form = OpenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():

        def act() -> HttpResponse:
            opened = actions.open_investigation(
                actor=request.viewer,
                pupil=place.pupil,
                school_id=place.school_id,
                background=form.cleaned_data["background"],
            )
            messages.success(request, _("Utredningen är öppen. Ta med dem som ska arbeta med den."))
            return redirect("absence_staff:investigation", opened.public_id)

        try:
            return once(request, act)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    context = {"form": form, "place": place}
    return render(
        request, "absence/cases/new_investigation.html", context, status=422 if form.errors else 200
    )


@page(may_see_staff_side)
def show(request: HubRequest, investigation: str) -> HttpResponse:
    return _show(request, investigation_of(request.viewer, investigation))


@require_POST
@page(may_see_staff_side)
def note(request: HubRequest, investigation: str) -> HttpResponse:
    found, form = investigation_of(request.viewer, investigation), NoteForm(request.POST)
    return _answered(
        request,
        found,
        ("note_form", form),
        lambda: actions.write_note(actor=request.viewer, investigation=found, text=form.cleaned_data["text"]),
    )


@require_POST
@page(may_see_staff_side)
def measure(request: HubRequest, investigation: str) -> HttpResponse:
    found, form = investigation_of(request.viewer, investigation), MeasureForm(request.POST)
    return _answered(
        request,
        found,
        ("measure_form", form),
        lambda: actions.add_measure(actor=request.viewer, investigation=found, **form.cleaned_data),
    )


@require_POST
@page(may_see_staff_side)
def measure_done(request: HubRequest, investigation: str, measure: str) -> HttpResponse:
    found = investigation_of(request.viewer, investigation)
    done = InvestigationMeasure.objects.filter(investigation=found, public_id=measure).first()
    if done is None:
        raise Http404
    return _answered(
        request,
        found,
        ("no_form", forms.Form(request.POST)),
        lambda: actions.finish_measure(actor=request.viewer, investigation=found, measure=done),
    )


@require_POST
@page(may_see_staff_side)
def member(request: HubRequest, investigation: str) -> HttpResponse:
    found = investigation_of(request.viewer, investigation)
    form = MemberForm(request.POST, staff=staff_of(found.school_id))
    return _answered(
        request,
        found,
        ("member_form", form),
        lambda: actions.add_member(actor=request.viewer, investigation=found, person_id=form.person_id),
    )


@require_POST
@page(may_see_staff_side)
def member_leaves(request: HubRequest, investigation: str, person: str) -> HttpResponse:
    found = investigation_of(request.viewer, investigation)
    working = InvestigationMember.objects.filter(investigation=found, person__public_id=person, left_at=None)
    leaving = working.first()
    if leaving is None:
        raise Http404
    return _answered(
        request,
        found,
        ("no_form", forms.Form(request.POST)),
        lambda: actions.remove_member(actor=request.viewer, investigation=found, person_id=leaving.person_id),
        to_list=leaving.person_id == request.viewer.person_id,
    )


@require_POST
@page(may_see_staff_side)
def reported(request: HubRequest, investigation: str) -> HttpResponse:
    found, form = investigation_of(request.viewer, investigation), ReportedForm(request.POST)
    return _answered(
        request,
        found,
        ("reported_form", form),
        lambda: actions.note_report_to_organiser(
            actor=request.viewer, investigation=found, day=form.cleaned_data["day"]
        ),
    )


@require_POST
@page(may_see_staff_side)
def end(request: HubRequest, investigation: str) -> HttpResponse:
    found, form = investigation_of(request.viewer, investigation), EndForm(request.POST)
    return _answered(
        request,
        found,
        ("end_form", form),
        lambda: actions.close_investigation(
            actor=request.viewer, investigation=found, conclusion=form.cleaned_data["conclusion"]
        ),
    )


def _answered(
    request: HubRequest,
    found: Investigation,
    named: tuple[str, Any],
    act: Callable[[], Any],
    *,
    to_list: bool = False,
) -> HttpResponse:
    """Do it once and lead back; what is wrong or refused stands at its form, with what was typed."""
    name, form = named

    def once_done() -> HttpResponse:
        act()
        messages.success(request, _("Sparat."))
        where = (
            ("absence_staff:investigations",) if to_list else ("absence_staff:investigation", found.public_id)
        )
        return redirect(*where)

    if form.is_valid():
        try:
            return once(request, once_done)
        except Refused as refusal:  # somebody was first, perhaps: it is shown as it stands now
            now = investigation_of(request.viewer, found.public_id)
            return _show(request, now, 422, problem=refusal.message, **{name: form})
    return _show(request, found, 422, **{name: form})


def _show(request: HubRequest, found: Investigation, status: int = 200, **bound: Any) -> HttpResponse:
    """The page, logged as read, also where it answers a form that was filled in wrongly."""
    actions.note_view(request.viewer, found)
    about = investigation_page(found)
    working = {one.person_id for one in about.working}
    others = [person for person in staff_of(found.school_id) if person.pk not in working]
    context = {
        "about": about,
        "now": found,
        "note_form": NoteForm(),
        "measure_form": MeasureForm(),
        "member_form": MemberForm(staff=others),
        "reported_form": ReportedForm(initial={"day": request.viewer.today}),
        "end_form": EndForm(),
        "problem": "",
    }
    return render(request, "absence/cases/investigation.html", context | bound, status=status)
