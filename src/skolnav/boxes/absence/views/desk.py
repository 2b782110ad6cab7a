"""Today's absence, class by class, and one's own lessons of a day."""

from datetime import date

from django.http import HttpResponse

from skolnav.boxes.absence.forms.desk import DayForm
from skolnav.boxes.absence.queries.desk import desk_of, has_desk
from skolnav.boxes.absence.queries.own_lessons import own_registers
from skolnav.boxes.absence.rules import may_see_staff_side
from skolnav.core.access.pages import HubRequest, page
from skolnav.core.tenancy import clock
from skolnav.core.web import render


@page(may_see_staff_side)
def index(request: HubRequest) -> HttpResponse:
    """The desk, for whoever has a class or a school; one's own lessons for the others."""
    if not has_desk(request.viewer):
        return lessons(request)
    form, day = _day(request)
    classes = desk_of(request.viewer, day)
    schools = {school.id: school.name for school in request.viewer.staff_schools}
    context = {
        "form": form,
        "day": day,
        "classes": classes,
        "schools": schools,
        "totals": {
            name: sum(len(getattr(one, name)) for one in classes)
            for name in ("reported", "leave", "late", "unreported", "unheard")
        },
        "shows_names": request.GET.get("visa") == "namn",
        "is_today": day == request.viewer.today,
    }
    return render(request, "absence/staff/desk.html", context, status=422 if form.errors else 200)


@page(may_see_staff_side)
def lessons(request: HubRequest) -> HttpResponse:
    form, day = _day(request)
    context = {
        "form": form,
        "day": day,
        "registers": own_registers(request.viewer, day),
        "has_desk": has_desk(request.viewer),
        "now": clock.now(),
    }
    return render(request, "absence/staff/lessons.html", context, status=422 if form.errors else 200)


def _day(request: HubRequest) -> tuple[DayForm, date]:
    """The chosen day; today where none is, or none that can be."""
    form = DayForm(request.GET if request.GET.get("dag") else None, initial={"dag": request.viewer.today})
    chosen = form.cleaned_data["dag"] if form.is_valid() else None
    return form, chosen or request.viewer.today
