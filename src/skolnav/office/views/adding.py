"""New people: a pupil, somebody on the staff, a guardian of a pupil."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from skolnav.core.access.pages import HubRequest, page
from skolnav.core.people.actions.guardianships import add_guardianship
from skolnav.core.people.actions.refusals import NumberTaken
from skolnav.core.people.models import Guardianship, Person
from skolnav.core.web import render
from skolnav.office.actions.people import add_guardian, add_pupil, add_staff
from skolnav.office.forms.ties import NewGuardianForm, NewPupilForm, NewStaffForm
from skolnav.office.queries.schools import school_or_404, schools_of
from skolnav.office.rules import may_run_office

from .answering import act_and_return, carry_out, person_or_404, say_number_is_taken, to_person


@page(may_run_office)
def choose_school(request: HubRequest, what: str) -> HttpResponse:
    """Where the new person goes; with one school there is nothing to choose."""
    schools = list(schools_of(request.viewer))
    if len(schools) == 1:
        return redirect(f"office:new_{what}", school=schools[0].public_id)
    return render(request, "office/choose_school.html", {"schools": schools, "what": what})


@page(may_run_office)
def pupil(request: HubRequest, school: str) -> HttpResponse:
    place = school_or_404(request.viewer, school)
    form = NewPupilForm(request.POST or None, viewer=request.viewer, school=place)

    def add() -> Person:
        data = form.cleaned_data
        return add_pupil(
            actor=request.viewer,
            school=place,
            school_year=data["school_year"],
            school_class=data["school_class"],
            valid_from=data["valid_from"],
            **form.details(),
        )

    return _new(request, form, add, {"title": _("Ny elev"), "school": place, "pupil": None})


@page(may_run_office)
def staff(request: HubRequest, school: str) -> HttpResponse:
    place = school_or_404(request.viewer, school)
    form = NewStaffForm(request.POST or None)

    def add() -> Person:
        data = form.cleaned_data
        return add_staff(
            actor=request.viewer,
            school=place,
            role=data["role"],
            valid_from=data["valid_from"],
            valid_until=data["valid_until"],
            **form.details(),
        )

    return _new(request, form, add, {"title": _("Ny personal"), "school": place, "pupil": None})


@page(may_run_office)
def guardian(request: HubRequest, person: str) -> HttpResponse:
    child = person_or_404(request.viewer, person)
    form = NewGuardianForm(request.POST or None)

    def add() -> Person:
        add_guardian(actor=request.viewer, pupil=child, kind=form.cleaned_data["kind"], **form.details())
        return child

    return _new(request, form, add, {"title": _("Ny vårdnadshavare"), "school": None, "pupil": child})


@page(may_run_office)
def link_guardian(request: HubRequest, person: str, guardian: str) -> HttpResponse:
    """Somebody who is known already becomes a guardian of one more pupil."""
    child, found = person_or_404(request.viewer, person), person_or_404(request.viewer, guardian)
    kind = request.POST.get("kind", "")
    return act_and_return(
        request,
        lambda: add_guardianship(
            actor=request.viewer,
            pupil_id=child.pk,
            guardian=found,
            kind=kind if kind in Guardianship.Kind else Guardianship.Kind.CUSTODY,
        ),
        to_person(child),
        _("%(name)s är nu vårdnadshavare för %(child)s.")
        % {"name": found.full_name, "child": child.full_name},
    )


def _new(request: HubRequest, form: Any, add: Callable[[], Person], context: dict[str, Any]) -> HttpResponse:
    """The form; when it holds, the person is added once and their page opens."""
    known = None
    if form.is_valid():
        try:
            answer = carry_out(request, form, lambda: to_person(add()), _("Sparat."))
        except NumberTaken as taken:
            answer, known = None, say_number_is_taken(request, form, taken)
        if answer:
            return answer
    return render(request, "office/new_person.html", {**context, "form": form, "known": known})
