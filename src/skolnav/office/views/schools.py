"""Schools: their details and boxes; the organiser's school years."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from skolnav.core.access.pages import HubRequest, page
from skolnav.core.schools.models import SchoolUnit, SchoolYear
from skolnav.core.tenancy.versions import EditedMeanwhile
from skolnav.core.web import render
from skolnav.office.actions.schools import (
    change_school,
    choices_of,
    move_box,
    reset_boxes,
    save_school_year,
    switch_box,
)
from skolnav.office.forms.school import SchoolForm, SchoolYearForm
from skolnav.office.queries.schools import school_or_404, schools_of
from skolnav.office.rules import may_change_school_years, may_run_office

from .answering import act_and_return, carry_out

SCHOOLS_PER_PAGE = 25


@page(may_run_office)
def index(request: HubRequest) -> HttpResponse:
    pages = Paginator(schools_of(request.viewer), SCHOOLS_PER_PAGE)
    return render(request, "office/schools.html", {"page": pages.get_page(request.GET.get("sida"))})


@page(may_run_office)
def change(request: HubRequest, school: str) -> HttpResponse:
    """What the help page says of the school."""
    place = school_or_404(request.viewer, school)
    form = SchoolForm(request.POST or None, school=place)

    def done() -> HttpResponse:
        change_school(actor=request.viewer, school=place, **form.cleaned_data)
        return redirect("office:schools")

    answer, theirs = None, []
    if form.is_valid():
        try:
            answer = carry_out(request, form, done, _("Sparat."))
        except EditedMeanwhile as meanwhile:
            theirs = form.meet(meanwhile.row)
    return answer or render(request, "office/school.html", {"school": place, "form": form, "theirs": theirs})


@page(may_run_office)
def boxes(request: HubRequest, school: str) -> HttpResponse:
    """Which boxes the school uses, and in what order. Each button is a form: it works without JavaScript."""
    place = school_or_404(request.viewer, school)
    if request.method == "POST":
        return _change_boxes(request, place)
    return render(request, "office/boxes.html", {"school": place, "choices": choices_of(place)})


def _change_boxes(request: HubRequest, place: SchoolUnit) -> HttpResponse:
    key, viewer = request.POST.get("box", ""), request.viewer
    acts: dict[str, tuple[Callable[[], None], str]] = {
        "on": (
            lambda: switch_box(actor=viewer, school=place, key=key, enabled=True),
            _("Boxen visas för familjerna."),
        ),
        "off": (
            lambda: switch_box(actor=viewer, school=place, key=key, enabled=False),
            _("Boxen visas inte längre."),
        ),
        "up": (lambda: move_box(actor=viewer, school=place, key=key, steps=-1), _("Flyttad uppåt.")),
        "down": (lambda: move_box(actor=viewer, school=place, key=key, steps=1), _("Flyttad nedåt.")),
        "reset": (lambda: reset_boxes(actor=viewer, school=place), _("Boxarna står som från början.")),
    }
    back = redirect("office:boxes", school=place.public_id)
    if request.POST.get("do") not in acts:
        return back
    act, said = acts[request.POST["do"]]
    return act_and_return(request, act, back, said)


@page(may_run_office)
def years(request: HubRequest) -> HttpResponse:
    """The organiser's school years and their terms."""
    found = _years_of(request)
    context = {"years": found, "may_change": may_change_school_years(request.viewer)}
    return render(request, "office/years.html", context)


@page(may_run_office)
def year(request: HubRequest, start: int | None = None) -> HttpResponse:
    """One school year, by the calendar year in which it begins; without one, a new."""
    known = _years_of(request)
    chosen = next((one for one in known if one.first_day.year == start), None)
    if start is not None and chosen is None:
        raise Http404
    if not may_change_school_years(request.viewer):
        raise PermissionDenied(
            _("Läsåret är gemensamt för alla huvudmannens skolor. Be huvudmannen ändra det.")
        )
    others = [one for one in known if one != chosen]
    form = SchoolYearForm(request.POST or None, year=chosen, others=others)

    def done() -> HttpResponse:
        save_school_year(actor=request.viewer, year=chosen, **form.terms())
        return redirect("office:years")

    answer = carry_out(request, form, done, _("Sparat.")) if form.is_valid() else None
    return answer or render(request, "office/year.html", {"year": chosen, "form": form})


def _years_of(request: HubRequest) -> list[SchoolYear]:
    years = SchoolYear.objects.filter(organiser_id=request.viewer.organiser_id)
    return list(years.prefetch_related("terms").order_by("-first_day")[:40])
