"""The staff's side: one's own week, and any other's of one's schools."""

import re
from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from skolnav.core.access.pages import HubRequest, page
from skolnav.core.people.models import Group
from skolnav.core.tenancy.ids import PublicIdConverter
from skolnav.core.timetable.models import Room
from skolnav.core.web import render
from skolnav.core.web.addresses import url

from ..queries.asked import Asked, asked_for
from ..queries.colleagues import colleagues
from ..queries.staff_weeks import choices_of, week_of_group, week_of_room, week_of_teacher
from ..queries.weeks import Day
from ..rules import may_see_staff_side

# What the form that picks a week sends: "klass:<id>".
PAGES = {"klass": ("group", "group"), "sal": ("room", "room"), "kollega": ("colleague", "person")}


@page(may_see_staff_side)
def index(request: HubRequest) -> HttpResponse:
    if "visa_schema" in request.GET:
        return _to_chosen(request.GET["visa_schema"])
    asked = asked_for(request.GET, request.viewer.today)
    days = week_of_teacher(request.viewer, request.viewer.person_id, asked)
    return _week(request, asked, days, "", "")


@page(may_see_staff_side)
def group(request: HubRequest, group: str) -> HttpResponse:
    found = Group.objects.visible_to(request.viewer).get_or_404(public_id=group)
    asked = asked_for(request.GET, request.viewer.today)
    return _week(request, asked, week_of_group(request.viewer, found, asked), found.name, f"klass:{group}")


@page(may_see_staff_side)
def room(request: HubRequest, room: str) -> HttpResponse:
    found = Room.objects.visible_to(request.viewer).get_or_404(public_id=room)
    asked = asked_for(request.GET, request.viewer.today)
    return _week(request, asked, week_of_room(request.viewer, found, asked), found.name, f"sal:{room}")


@page(may_see_staff_side)
def colleague(request: HubRequest, person: str) -> HttpResponse:
    found = colleagues(request.viewer).get_or_404(public_id=person)
    asked = asked_for(request.GET, request.viewer.today)
    days = week_of_teacher(request.viewer, found.pk, asked)
    return _week(request, asked, days, found.full_name, f"kollega:{person}")


def _week(request: HubRequest, asked: Asked, days: Sequence[Day], whose: str, chosen: str) -> HttpResponse:
    context = {
        "asked": asked,
        "days": days,
        "whose": whose,
        "chosen": chosen,
        "choices": choices_of(request.viewer),
        "nothing": _("Inga lektioner"),
    }
    return render(request, "schedule/staff/index.html", context)


def _to_chosen(said: str) -> HttpResponse:
    """Where the form leads; one's own week where nothing is picked. Nonsense is no page."""
    if not said:
        return redirect("schedule_staff:index")
    kind, _colon, public_id = said.partition(":")
    if kind not in PAGES or not _is_id(public_id):
        raise Http404
    name, parameter = PAGES[kind]
    return redirect(url(f"schedule_staff:{name}", **{parameter: public_id}))


def _is_id(text: str) -> bool:
    return re.fullmatch(PublicIdConverter.regex, text) is not None
