"""The families' side of absence."""

from django.http import HttpResponse

from skolnav.boxes.absence.rules import may_open
from skolnav.core.access.pages import HubRequest, page
from skolnav.core.web import render


@page(may_open)
def index(request: HubRequest, pupil: str | None = None) -> HttpResponse:
    return render(request, "absence/index.html")
