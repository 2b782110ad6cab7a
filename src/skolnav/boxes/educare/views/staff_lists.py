"""What fritids prints: the evening's list, who to count when the alarm goes, and the need for staff."""

from datetime import date, timedelta

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from skolnav.boxes.educare.queries.dayboard import board_of
from skolnav.boxes.educare.queries.evacuation import evacuees
from skolnav.boxes.educare.queries.sections import Section, chosen_sections, sections_of
from skolnav.boxes.educare.queries.staffing import need_of
from skolnav.boxes.educare.rules import has_sections
from skolnav.boxes.educare.views.staff import asked, asked_day
from skolnav.core.access.pages import HubRequest, page
from skolnav.core.tenancy import clock
from skolnav.core.web import render


@page(has_sections)
def staffing(request: HubRequest) -> HttpResponse:
    sections, chosen = _sections(request)
    monday = clock.monday_of(asked_day(request))
    context = {
        "sections": sections,
        "tabs": _tabs(sections, monday, asked(request, "grupp")),
        "chosen": asked(request, "grupp"),
        "shown": chosen,
        "monday": monday,
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
        "need": need_of(request.viewer, chosen, monday) if chosen else None,
    }
    return render(request, "educare/staff/staffing.html", context)


@page(has_sections)
def evening(request: HubRequest) -> HttpResponse:
    chosen = _sections(request)[1]
    if not chosen:
        return render(request, "educare/staff/nothing.html")
    board = board_of(request.viewer, chosen, asked_day(request))
    coming = [
        child
        for child in board.children
        if child.plan.leaves_at and (child.is_awaited or child.state == "here")
    ]
    coming.sort(key=lambda child: (child.plan.leaves_at, child.member.person.given_name.casefold()))
    context = {"board": board, "children": coming, "now": clock.now()}
    return render(request, "educare/staff/evening.html", context)


@page(has_sections)
def evacuation(request: HubRequest) -> HttpResponse:
    chosen = _sections(request)[1]
    if not chosen:
        return render(request, "educare/staff/nothing.html")
    board = board_of(request.viewer, chosen, request.viewer.today)
    context = {"board": board, "evacuees": evacuees(board), "now": clock.now()}
    return render(request, "educare/staff/evacuation.html", context)


def _sections(request: HubRequest) -> tuple[list[Section], list[Section]]:
    """All of the viewer's sections, and those that the address chooses; none where a leader's school has none."""
    sections = sections_of(request.viewer)
    if not sections:
        if asked(request, "grupp"):
            raise Http404
        return [], []
    return sections, chosen_sections(sections, asked(request, "grupp"))


def _tabs(sections: list[Section], monday: date, chosen: str) -> list[tuple[str, str, bool]]:
    every = (_("Alla avdelningar"), f"?dag={monday}", not chosen)
    each = [(one.name, f"?dag={monday}&grupp={one.public_id}", one.public_id == chosen) for one in sections]
    return [every, *each]
