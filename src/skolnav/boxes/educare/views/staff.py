"""The staff's side."""

from django.http import HttpResponse

from skolnav.boxes.educare.rules import may_see_staff_side
from skolnav.core.access.pages import HubRequest, page
from skolnav.core.web import render


@page(may_see_staff_side)
def index(request: HubRequest) -> HttpResponse:
    return render(request, "educare/staff/index.html")
