"""The count under the choice of an audience, asked for anew at each tick."""

from django.http import HttpResponse

from skolnav.core.access.pages import HubRequest, page
from skolnav.core.access.rules import is_staff
from skolnav.core.web import render

from .forms import AudienceForm


@page(is_staff)
def reach(request: HubRequest) -> HttpResponse:
    """ "Når 24 elever och 41 vårdnadshavare." for what is ticked; only what the viewer may pick counts."""
    form = AudienceForm(request.GET, viewer=request.viewer)
    return render(request, "publishing/reach.html", {"count": form.reach})
