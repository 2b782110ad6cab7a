"""The day's board: who is here, and one tap for each who comes or goes."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from skolnav.boxes.educare.actions.checks import check as check_pupils
from skolnav.boxes.educare.actions.checks import undo_batch
from skolnav.boxes.educare.models import CheckEvent
from skolnav.boxes.educare.queries.dayboard import Board, board_of, by_hour, is_morning
from skolnav.boxes.educare.queries.sections import Section, chosen_sections, sections_of
from skolnav.boxes.educare.queries.states import Child
from skolnav.boxes.educare.rules import has_sections, may_see_staff_side
from skolnav.core.access.pages import HubRequest, page
from skolnav.core.access.viewer import Viewer
from skolnav.core.people.actions.refusals import NotAllowed
from skolnav.core.web import render
from skolnav.core.web.addresses import url
from skolnav.core.web.once import once

KEPT = ("grupp", "dag", "visa", "sok")
KINDS = {"in": CheckEvent.Kind.IN, "out": CheckEvent.Kind.OUT}


@page(may_see_staff_side)
def index(request: HubRequest) -> HttpResponse:
    sections = sections_of(request.viewer)
    if not sections:
        return render(request, "educare/staff/nothing.html")
    chosen = chosen_sections(sections, asked(request, "grupp"))
    board = board_of(request.viewer, chosen, asked_day(request))
    words = asked(request, "sok").casefold()[:60]
    morning = asked(request, "visa") == "morgon" or (not asked(request, "visa") and is_morning(board))
    shown = [
        child for child in board.children if _is_found(child, words) and (not morning or _arrives(child))
    ]
    context = {
        "board": board,
        "sections": sections,
        "chosen": asked(request, "grupp"),
        "hours": by_hour(shown, by_arrival=morning),
        "morning": morning,
        "words": asked(request, "sok"),
        "kept": {name: asked(request, name) for name in KEPT if asked(request, name)},
    }
    template = "educare/staff/board.html" if _wants_part(request) else "educare/staff/index.html"
    return render(request, template, context)


@page(has_sections)
@require_POST
def check(request: HubRequest) -> HttpResponse:
    """In, out, many or all, or undo, by which button was pressed. Its buttons carry no form id: a board is tapped
    many times, and twice on the same child does nothing by itself."""
    try:
        return once(request, lambda: _check(request))
    except NotAllowed:
        raise Http404 from None


def _check(request: HubRequest) -> HttpResponse:
    if "undo" in request.POST:
        events = CheckEvent.objects.editable_by(request.viewer)
        undo_batch(actor=request.viewer, event=events.get_or_404(public_id=asked(request, "undo")))
    for name, kind in KINDS.items():
        pupils = _tapped(request, name)
        if pupils:
            check_pupils(actor=request.viewer, kind=kind, pupils=pupils)
    kept = {name: asked(request, name) for name in KEPT if asked(request, name)}
    return redirect(url("educare_staff:index") + (f"?{urlencode(kept)}" if kept else ""))


def _tapped(request: HubRequest, name: str) -> Sequence[str]:
    """Whom a button was about: one child, those ticked, or all who are due now."""
    if name in request.POST:
        return [asked(request, name)]
    if f"{name}_ticked" in request.POST:
        return request.POST.getlist("pupil")[:500]
    if name == "in" and "in_due" in request.POST:
        sections = sections_of(request.viewer)
        return _due(request.viewer, chosen_sections(sections, asked(request, "grupp"))) if sections else []
    return []


def _due(viewer: Viewer, sections: Sequence[Section]) -> Sequence[str]:
    board: Board = board_of(viewer, sections, viewer.today)
    return [child.member.person.public_id for child in board.children if child.is_due]


def asked(request: HubRequest, name: str) -> str:
    """A word of the address or the form, without what no database takes."""
    found = request.POST.get(name) or request.GET.get(name) or ""
    return found.replace("\0", "").strip()


def asked_day(request: HubRequest) -> date:
    """The day that the address asks for; today for one that makes no sense or lies far away."""
    today = request.viewer.today
    try:
        day = date.fromisoformat(asked(request, "dag"))
    except ValueError:
        return today
    return day if abs((day - today).days) <= 400 else today


def _is_found(child: Child, words: str) -> bool:
    return all(word in child.member.person.full_name.casefold() for word in words.split())


def _arrives(child: Child) -> bool:
    return child.plan.comes_at is not None or child.state == "here"


def _wants_part(request: HubRequest) -> bool:
    return bool(request.htmx)  # type: ignore[attr-defined]
