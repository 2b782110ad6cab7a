"""Unexcused absence as mentors and the office see to it: whom to telephone, what proves it, what excuses it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from skolnav.boxes.absence.actions.contacts import note_contact
from skolnav.boxes.absence.actions.excusing import answer_excuse, excuse_case, undo_excusal
from skolnav.boxes.absence.forms.unexcused import AnswerForm, ContactForm, ExcuseForm, PeriodForm
from skolnav.boxes.absence.models import Excuse, UnexcusedCase
from skolnav.boxes.absence.queries.cases import (
    cases_between,
    class_names,
    guardians_to_call,
    in_order,
    to_answer,
    to_telephone,
)
from skolnav.boxes.absence.queries.missed import missed_lessons
from skolnav.boxes.absence.queries.proof import proofs
from skolnav.boxes.absence.rules import may_follow_up
from skolnav.core.access.pages import HubRequest, page
from skolnav.core.people.actions.refusals import Refused
from skolnav.core.people.models import Person
from skolnav.core.web import render
from skolnav.core.web.once import once

from .proof_csv import proof_csv

ON_A_PAGE = 30


@page(may_follow_up)
def cases(request: HubRequest) -> HttpResponse:
    """Whom to telephone first; then what waits for an answer."""
    viewer = request.viewer
    waiting = (
        in_order(to_answer(viewer)) if request.GET.get("visa") == "svara" else in_order(to_telephone(viewer))
    )
    shown = Paginator(waiting, ON_A_PAGE).get_page(request.GET.get("sida"))
    rows = list(shown)
    context = {
        "page": shown,
        "proofs": proofs(rows, classes=class_names(viewer, [row.pupil_id for row in rows])),
        "guardians": guardians_to_call(rows, viewer.today),
        "answering": request.GET.get("visa") == "svara",
    }
    return render(request, "absence/cases/index.html", context)


@page(may_follow_up)
def report(request: HubRequest) -> HttpResponse:
    """All cases of a period with their proof, to read, print or take along."""
    viewer = request.viewer
    given = request.GET.dict()
    if not given.get("first") and not given.get("last"):
        given |= {"first": viewer.today.replace(day=1).isoformat(), "last": viewer.today.isoformat()}
    form = PeriodForm(given, schools=viewer.staff_schools, today=viewer.today)
    if not form.is_valid():
        return render(
            request, "absence/cases/report.html", {"form": form, "page": None, "proofs": []}, status=422
        )
    found = cases_between(viewer, form.first_day, form.last_day, form.school_id)
    if request.GET.get("format") == "csv":
        return proof_csv(viewer, found, form.first_day, form.last_day, form.school_id)
    shown = Paginator(found, ON_A_PAGE).get_page(request.GET.get("sida"))
    rows = list(shown)
    classes = class_names(viewer, [row.pupil_id for row in rows])
    context = {
        "form": form,
        "page": shown,
        "proofs": proofs(rows, led_schools=viewer.led_school_ids, classes=classes),
        "asked": request.GET.urlencode().split("&sida=")[0],
    }
    return render(request, "absence/cases/report.html", context)


@page(may_follow_up)
def case(request: HubRequest, case: str) -> HttpResponse:
    return _show(request, _mine(request, case))


@require_POST
@page(may_follow_up)
def contact(request: HubRequest, case: str) -> HttpResponse:
    found = _mine(request, case)
    form = ContactForm(request.POST, guardians=_named(request, found))

    def act() -> None:
        data = form.cleaned_data
        note_contact(
            actor=request.viewer,
            case=found,
            outcome=data["outcome"],
            guardian_id=form.guardian_id,
            note=data["note"],
        )

    return _answered(request, found, form, "contact_form", act, _("Kontakten är antecknad."))


@require_POST
@page(may_follow_up)
def excuse(request: HubRequest, case: str) -> HttpResponse:
    found, form = _mine(request, case), ExcuseForm(request.POST)
    return _answered(
        request,
        found,
        form,
        "excuse_form",
        lambda: excuse_case(actor=request.viewer, case=found, reason=form.cleaned_data["reason"]),
        _("Frånvaron är nu giltig. Vårdnadshavarna ser det."),
    )


@require_POST
@page(may_follow_up)
def unexcuse(request: HubRequest, case: str) -> HttpResponse:
    found = _mine(request, case)
    return _answered(
        request,
        found,
        forms.Form(request.POST),
        "no_form",
        lambda: undo_excusal(actor=request.viewer, case=found),
        _("Frånvaron är ogiltig igen. Vårdnadshavarna får veta det."),
    )


@require_POST
@page(may_follow_up)
def answer(request: HubRequest, case: str) -> HttpResponse:
    found, form = _mine(request, case), AnswerForm(request.POST)

    def act() -> None:
        asked = Excuse.objects.filter(case=found).last()
        if asked is None:
            raise Refused(_("Det finns ingen förklaring att svara på."))
        explanation = asked
        explanation.case = found
        answer_excuse(
            actor=request.viewer,
            explanation=explanation,
            accepts=form.is_accepted,
            answer=form.cleaned_data["answer"],
        )

    return _answered(request, found, form, "answer_form", act, _("Svaret är skickat."))


def _mine(request: HubRequest, public_id: str) -> UnexcusedCase:
    rows = UnexcusedCase.objects.editable_by(request.viewer).select_related("pupil", "school")
    return rows.get_or_404(public_id=public_id)


def _answered(
    request: HubRequest, found: UnexcusedCase, form: Any, name: str, act: Callable[[], Any], done: str
) -> HttpResponse:
    """Do it once and lead back to the case; what is wrong or refused stands at its form, with what was typed."""

    def once_done() -> HttpResponse:
        act()
        messages.success(request, done)
        return redirect("absence_staff:case", found.public_id)

    if form.is_valid():
        try:
            return once(request, once_done)
        except Refused as refusal:  # somebody was first, perhaps: the case is shown as it stands now
            return _show(
                request, _mine(request, found.public_id), 422, problem=refusal.message, **{name: form}
            )
    return _show(request, found, 422, **{name: form})


def _named(request: HubRequest, found: UnexcusedCase) -> list[tuple[Person, str]]:
    """The guardians valid today, with the names that the reader may see."""
    leads = found.school_id in request.viewer.led_school_ids
    people = guardians_to_call([found], request.viewer.today).get(found.pupil_id, [])
    return [(one.person, one.shown_name(leads)) for one in people]


def _show(request: HubRequest, found: UnexcusedCase, status: int = 200, **bound: Any) -> HttpResponse:
    today, leads = request.viewer.today, found.school_id in request.viewer.led_school_ids
    guardians, classes = guardians_to_call([found], today), class_names(request.viewer, [found.pupil_id])
    named = [(one.person, one.shown_name(leads)) for one in guardians.get(found.pupil_id, [])]
    context = {
        "case": found,
        "proof": proofs([found], led_schools=request.viewer.led_school_ids, classes=classes)[0],
        "lessons": missed_lessons(found.pupil_id, found.day),
        "guardians": guardians,
        "leads": leads,
        "contact_form": ContactForm(guardians=named),
        "excuse_form": ExcuseForm(),
        "answer_form": AnswerForm(),
        "problem": "",
    }
    return render(request, "absence/cases/case.html", context | bound, status=status)
