"""Schools, classes and groups of a pupil; duties and groups of staff."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from skolnav.core.access.pages import HubRequest, page
from skolnav.core.accounts.access_changes import end_duty as end_duty_and_access
from skolnav.core.accounts.access_changes import end_enrolment
from skolnav.core.people.actions.duties import add_duty as add_duty_to
from skolnav.core.people.actions.enrolments import enrol
from skolnav.core.people.actions.loading import yesterday
from skolnav.core.people.models import AssignmentRole, Duty, Enrolment, Group, Membership, Person
from skolnav.core.people.validity import valid_on
from skolnav.core.schools.models import SchoolUnit
from skolnav.core.web import render
from skolnav.office.actions.people import set_assignments, set_place
from skolnav.office.forms.ties import (
    AddDutyForm,
    AddPlaceForm,
    AssignmentsForm,
    EndDutyForm,
    LastDayForm,
    PlaceForm,
)
from skolnav.office.queries.schools import school_or_404
from skolnav.office.rules import may_run_office
from skolnav.office.words import ROLES

from .answering import carry_out, person_or_404, to_person


def _enrolment_or_404(request: HubRequest, person: str, school: str) -> Enrolment:
    """A pupil's place at a school of the viewer's, now or to come."""
    enrolments = Enrolment.objects.editable_by(request.viewer).filter(
        pupil=person_or_404(request.viewer, person), school=school_or_404(request.viewer, school)
    )
    for enrolment in enrolments.select_related("pupil", "school").order_by("-valid_from", "-pk"):
        if enrolment.valid_until is None or enrolment.valid_until >= request.viewer.today:
            return enrolment
    raise Http404


@page(may_run_office)
def place(request: HubRequest, person: str, school: str) -> HttpResponse:
    """A pupil's year, class and groups at a school."""
    enrolment = _enrolment_or_404(request, person, school)
    initial = _place_of(request, enrolment)
    form = PlaceForm(request.POST or None, viewer=request.viewer, school=enrolment.school, initial=initial)

    def done() -> HttpResponse:
        set_place(
            actor=request.viewer,
            enrolment=enrolment,
            school_year=form.cleaned_data["school_year"],
            groups=form.chosen_groups(),
        )
        return to_person(enrolment.pupil)

    answer = carry_out(request, form, done, _("Sparat.")) if form.is_valid() else None
    return answer or render(request, "office/place.html", {"enrolment": enrolment, "form": form})


def _place_of(request: HubRequest, enrolment: Enrolment) -> dict[str, object]:
    memberships = Membership.objects.editable_by(request.viewer).filter(
        valid_on(request.viewer.today), person=enrolment.pupil_id, group__school=enrolment.school_id
    )
    groups = [membership.group for membership in memberships.select_related("group")]
    classes = [group for group in groups if group.kind == Group.Kind.CLASS]
    return {
        "school_year": enrolment.school_year,
        "school_class": classes[0].public_id if classes else None,
        "groups": [group.public_id for group in groups if group not in classes[:1]],
    }


@page(may_run_office)
def add_place(request: HubRequest, person: str) -> HttpResponse:
    """A pupil begins at a school."""
    pupil = person_or_404(request.viewer, person)
    form = AddPlaceForm(request.POST or None, viewer=request.viewer)

    def done() -> HttpResponse:
        enrol(actor=request.viewer, pupil=pupil, **form.cleaned_data)
        school: SchoolUnit = form.cleaned_data["school"]
        return redirect("office:place", person=pupil.public_id, school=school.public_id)

    said = _("Sparat. Välj klass.")
    answer = carry_out(request, form, done, said) if form.is_valid() else None
    context = {
        "person": pupil,
        "form": form,
        "title": _("Börjar på en skola"),
        "submit": _("Spara och välj klass"),
    }
    return answer or render(request, "office/tie.html", context)


@page(may_run_office)
def leave(request: HubRequest, person: str, school: str) -> HttpResponse:
    """A pupil leaves a school, and its groups with it."""
    enrolment = _enrolment_or_404(request, person, school)
    form = LastDayForm(request.POST or None)

    def done() -> HttpResponse:
        end_enrolment(actor=request.viewer, enrolment_id=enrolment.pk, last_day=form.cleaned_data["last_day"])
        return redirect("office:start")

    said = _("%(name)s slutar på %(school)s.") % {
        "name": enrolment.pupil.full_name,
        "school": enrolment.school.name,
    }
    answer = carry_out(request, form, done, said) if form.is_valid() else None
    return answer or render(request, "office/leave.html", {"enrolment": enrolment, "form": form})


@page(may_run_office)
def add_duty(request: HubRequest, person: str) -> HttpResponse:
    """Somebody gets a duty at a school."""
    found = person_or_404(request.viewer, person)
    form = AddDutyForm(request.POST or None, viewer=request.viewer)

    def done() -> HttpResponse:
        add_duty_to(actor=request.viewer, person=found, **form.cleaned_data)
        return to_person(found)

    answer = carry_out(request, form, done, _("Sparat.")) if form.is_valid() else None
    context = {"person": found, "form": form, "title": _("Nytt uppdrag"), "submit": _("Spara")}
    return answer or render(request, "office/tie.html", context)


@page(may_run_office)
def assignments(request: HubRequest, person: str, school: str) -> HttpResponse:
    """Which groups somebody on duty works with."""
    found, place_ = person_or_404(request.viewer, person), school_or_404(request.viewer, school)
    form = AssignmentsForm(
        request.POST or None, viewer=request.viewer, school=place_, initial=_assigned(request, found, place_)
    )

    def done() -> HttpResponse:
        set_assignments(actor=request.viewer, person=found, school=place_, groups=form.cleaned_data)
        return to_person(found)

    answer = carry_out(request, form, done, _("Sparat.")) if form.is_valid() else None
    context = {"person": found, "form": form, "title": _("Grupper på %(school)s") % {"school": place_.name}}
    return answer or render(request, "office/tie.html", {**context, "submit": _("Spara")})


def _assigned(request: HubRequest, person: Person, school: SchoolUnit) -> dict[str, list[str]]:
    now = AssignmentRole.objects.editable_by(request.viewer).filter(
        valid_on(request.viewer.today), duty__person=person, group__school=school
    )
    chosen: dict[str, list[str]] = {}
    for kind, public_id in now.values_list("kind", "group__public_id"):
        chosen.setdefault(kind, []).append(public_id)
    return chosen


@page(may_run_office)
def end_duty(request: HubRequest, person: str, role: str, school: str | None = None) -> HttpResponse:
    """Somebody's duty ends, at once or after a day; without a school it is one for the whole organiser."""
    found = person_or_404(request.viewer, person)
    place_ = school_or_404(request.viewer, school) if school else None
    duties = Duty.objects.editable_by(request.viewer).filter(person=found, school=place_, role=role)
    not_over = [one for one in duties if one.valid_until is None or one.valid_until >= request.viewer.today]
    if not not_over:
        raise Http404
    form = EndDutyForm(request.POST or None)

    def done() -> HttpResponse:
        data = form.cleaned_data
        last_day = data["last_day"] if data["when"] == "day" else yesterday()
        for duty in not_over:
            end_duty_and_access(actor=request.viewer, duty_id=duty.pk, last_day=last_day)
        return to_person(found)

    answer = carry_out(request, form, done, _("Uppdraget avslutas.")) if form.is_valid() else None
    where = place_.name if place_ else request.viewer.organiser_name
    context = {"person": found, "form": form, "where": where, "role": ROLES[role]}
    return answer or render(request, "office/end_duty.html", context)
