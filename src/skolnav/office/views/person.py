"""The page of one person, and changing their details."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from skolnav.core.access.pages import HubRequest, page
from skolnav.core.audit.log import record
from skolnav.core.people.actions.persons import change_person
from skolnav.core.people.actions.refusals import EditedMeanwhile, NumberTaken
from skolnav.core.people.models import Person
from skolnav.core.web import render
from skolnav.office.forms.person import ChangePersonForm
from skolnav.office.queries.history import history_page
from skolnav.office.queries.person_page import is_over, lives_with_protected, person_page
from skolnav.office.rules import may_run_office
from skolnav.office.words import ASSIGNMENTS, MARKINGS, ROLES, year_name

from .answering import carry_out, person_or_404, say_number_is_taken, to_person

# What "Visa" opens, and the name of that deed in the log.
SHOWN = {"nummer": "show_identity_number", "kontakt": "show_contact_details"}


@page(may_run_office)
def person(request: HubRequest, person: str) -> HttpResponse:
    """The page. Opening a protected person's is written in the log."""
    return _show(request, person_or_404(request.viewer, person))


@page(may_run_office)
def show(request: HubRequest, person: str) -> HttpResponse:
    """ "Visa": the page again with the identity number, or the hidden contact details, in it. Each is logged."""
    found = person_or_404(request.viewer, person)
    act = SHOWN.get(request.POST.get("vad", ""))
    if act is None:
        return to_person(found)
    record(request.viewer, act, found)
    return _show(request, found, act)


def _show(request: HubRequest, found: Person, shown: str = "") -> HttpResponse:
    if found.is_protected and not shown:
        record(request.viewer, "view_protected_person", found)
    about = person_page(request.viewer, found)
    context = {
        "about": about,
        "shows_number": shown == "show_identity_number",
        "shows_contact": shown == "show_contact_details" or not about.is_sensitive,
        "is_over": lambda relation: is_over(relation, request.viewer),
        "roles": ROLES,
        "assignments": ASSIGNMENTS,
        "markings": MARKINGS,
        "year_name": year_name,
    }
    return render(request, "office/person.html", context)


@page(may_run_office)
def history(request: HubRequest, person: str) -> HttpResponse:
    """Everything that the log holds about a person."""
    found = person_or_404(request.viewer, person)
    if found.is_protected:
        record(request.viewer, "view_protected_person", found)
    deeds = history_page(request.viewer, found, request.GET.get("sida", ""))
    return render(request, "office/history.html", {"person": found, "page": deeds})


@page(may_run_office)
def change(request: HubRequest, person: str) -> HttpResponse:
    """Change details; when somebody else did meanwhile, both versions are shown and nothing is lost."""
    found = person_or_404(request.viewer, person)
    form = ChangePersonForm(request.POST or None, person=found)
    known = None
    if request.method == "GET" and (found.is_protected or lives_with_protected(request.viewer, found)):
        record(request.viewer, "show_contact_details", found)
    if form.is_valid():
        try:
            answer = carry_out(request, form, lambda: _change(request, found, form), _("Sparat."))
        except EditedMeanwhile:
            answer, form = None, form.meet(person_or_404(request.viewer, person))
        except NumberTaken as taken:
            answer, known = None, say_number_is_taken(request, form, taken)
        if answer:
            return answer
    return render(request, "office/change.html", {"person": found, "form": form, "known": known})


def _change(request: HubRequest, found: Person, form: ChangePersonForm) -> HttpResponse:
    change_person(
        actor=request.viewer, person_id=found.pk, version=form.cleaned_data["version"], **form.details()
    )
    return to_person(found)
