"""Who has a login, and handing out new ones."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from skolnav.core.access.pages import HubRequest, page
from skolnav.core.people.actions.refusals import Refused
from skolnav.core.people.models import Group, Person
from skolnav.core.schools.models import SchoolUnit
from skolnav.core.tenancy import clock
from skolnav.core.web import render
from skolnav.office.actions.credentials import AT_ONCE, ask_for_run, letters_of, wipe, work
from skolnav.office.forms.credentials import GUARDIANS, PUPILS, STAFF, ChannelForm, RunForm
from skolnav.office.models import CredentialRun
from skolnav.office.queries import logins as queries
from skolnav.office.queries.figures import has_login
from skolnav.office.queries.schools import school_or_404, schools_of
from skolnav.office.rules import may_give_login, may_run_office

from .answering import act_and_return, carry_out, person_or_404


@page(may_run_office)
def index(request: HubRequest) -> HttpResponse:
    """The viewer's own runs and schools; a single school opens by itself when there are no runs."""
    schools, runs = list(schools_of(request.viewer)), queries.latest_runs(request.viewer)
    if len(schools) == 1 and not runs:
        return redirect("office:school_logins", school=schools[0].public_id)
    return render(request, "office/logins.html", {"schools": schools, "runs": runs})


@page(may_run_office)
def school(request: HubRequest, school: str) -> HttpResponse:
    """A school's state by class, and a run for all of it."""
    place = school_or_404(request.viewer, school)
    form = RunForm(request.POST or None)
    answer = _ask(request, form, place, None) if form.is_valid() else None
    context = {"school": place, "form": form, "state": queries.school_logins(request.viewer, place)}
    return answer or render(request, "office/school_logins.html", context)


@page(may_run_office)
def group(request: HubRequest, group: str) -> HttpResponse:
    """A class: who has a login, and a run for its guardians, its pupils or both."""
    found = Group.objects.editable_by(request.viewer).get_or_404(public_id=group)
    place = school_or_404(request.viewer, found.school.public_id)
    form = RunForm(request.POST or None)
    answer = _ask(request, form, place, found) if form.is_valid() else None
    if answer:
        return answer
    pupils, guardians = queries.class_list(request.viewer, found)
    lists = [(_("Elever"), pupils), (_("Vårdnadshavare"), guardians)]
    context = {"title": found.name, "school": place, "form": form, "lists": lists}
    return render(request, "office/class_logins.html", context)


@page(may_run_office)
def staff(request: HubRequest, school: str) -> HttpResponse:
    """A school's staff."""
    place = school_or_404(request.viewer, school)
    form = RunForm(request.POST or None, staff=True)
    answer = _ask(request, form, place, None) if form.is_valid() else None
    if answer:
        return answer
    lists = [(_("Personal"), queries.staff_list(request.viewer, place))]
    context = {"title": _("Personal"), "school": place, "form": form, "lists": lists}
    return render(request, "office/class_logins.html", context)


def _ask(request: HubRequest, form: RunForm, place: SchoolUnit, found: Group | None) -> HttpResponse | None:
    who = form.cleaned_data["who"]
    ids: set[int] = set()
    pupils = queries.member_ids(request.viewer, found) if found else queries.pupil_ids(request.viewer, place)
    if PUPILS in who:
        ids |= set(pupils)
    if GUARDIANS in who:
        ids |= set(queries.guardian_ids(request.viewer, pupils))
    if STAFF in who:
        ids |= set(queries.staff_ids(request.viewer, place))
    people = (
        Person.objects.editable_by(request.viewer).filter(pk__in=ids).order_by("family_name", "given_name")
    )
    if not form.cleaned_data["everybody"]:
        people = people.exclude(has_login())
    names = {GUARDIANS: _("vårdnadshavare"), PUPILS: _("elever"), STAFF: _("personal")}
    title = f"{found.name}, {place.name}" if found else place.name
    return _begin(request, form, people, f"{title}: {', '.join(names[one] for one in who)}", place)


@page(may_run_office)
def one(request: HubRequest, person: str) -> HttpResponse:
    """A new login for one person; the letter is there at once."""
    found = person_or_404(request.viewer, person)
    form = ChannelForm(request.POST or None)
    answer = _begin(request, form, [found], found.full_name, None) if form.is_valid() else None
    context = {"person": found, "form": form, "may": may_give_login(request.viewer, found)}
    return answer or render(request, "office/one_login.html", context)


def _begin(
    request: HubRequest, form: ChannelForm, people: Iterable[Person], title: str, place: SchoolUnit | None
) -> HttpResponse | None:
    """Write the run; a handful is done right away, the rest by the worker. The run's page tells how it goes."""
    begun: list[CredentialRun] = []

    def done() -> HttpResponse:
        run = ask_for_run(
            actor=request.viewer,
            people=people,
            channel=form.cleaned_data["channel"],
            title=title[:200],
            school=place,
        )
        begun.append(run)
        return redirect("office:run", run=run.public_id)

    answer = carry_out(request, form, done)
    for run in begun:
        work(run, most=AT_ONCE)
    return answer


def _run_or_404(request: HubRequest, public_id: str) -> CredentialRun:
    return CredentialRun.objects.visible_to(request.viewer).get_or_404(public_id=public_id)


@page(may_run_office)
def run(request: HubRequest, run: str) -> HttpResponse:
    """How far a run has come; its page asks again by itself, and can be left and come back to."""
    found = _run_or_404(request, run)
    context: dict[str, Any] = {"run": found, "state": queries.run_state(request.viewer, found)}
    is_part = request.headers.get("HX-Request")
    return render(request, "office/parts/run.html" if is_part else "office/run.html", context)


@page(may_run_office)
def letters(request: HubRequest, run: str) -> HttpResponse:
    """The letters as a PDF, made now and kept nowhere."""
    found = _run_or_404(request, run)
    if request.method != "POST":
        return redirect("office:run", run=found.public_id)
    try:
        pdf = letters_of(actor=request.viewer, run=found)
    except Refused as refused:
        context = {
            "run": found,
            "state": queries.run_state(request.viewer, found),
            "refused": refused.message,
        }
        return render(request, "office/run.html", context)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="inloggningar-{clock.today()}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@page(may_run_office)
def forget(request: HubRequest, run: str) -> HttpResponse:
    """The letters are printed: forget the passwords."""
    found = _run_or_404(request, run)
    back = redirect("office:run", run=found.public_id)
    return act_and_return(
        request, lambda: wipe(actor=request.viewer, run=found), back, _("Breven är raderade härifrån.")
    )
