"""The class list, for the class's staff."""

from django.http import HttpResponse

from skolnav.boxes.absence.queries.classlist import class_list
from skolnav.boxes.absence.queries.occasions import class_of
from skolnav.boxes.absence.rules import may_see_staff_side
from skolnav.core.access.pages import HubRequest, page
from skolnav.core.web import render


@page(may_see_staff_side)
def class_page(request: HubRequest, group: str) -> HttpResponse:
    found = class_of(request.viewer, group)
    leads = found.school_id in request.viewer.led_school_ids
    context = {
        "group": found,
        "pupils": class_list(request.viewer, found),
        "keeps": leads or found.pk in request.viewer.mentor_group_ids,
    }
    return render(request, "absence/staff/class.html", context)
