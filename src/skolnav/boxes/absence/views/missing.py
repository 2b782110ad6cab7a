"""Registers that nobody has taken."""

from django.core.paginator import Paginator
from django.http import HttpResponse

from skolnav.boxes.absence.queries.missing import missing_registers
from skolnav.boxes.absence.rules import may_see_staff_side
from skolnav.core.access.pages import HubRequest, page
from skolnav.core.web import render

ON_A_PAGE = 30


@page(may_see_staff_side)
def missing(request: HubRequest) -> HttpResponse:
    found = Paginator(missing_registers(request.viewer), ON_A_PAGE).get_page(request.GET.get("sida"))
    return render(request, "absence/staff/missing.html", {"missing": found})
