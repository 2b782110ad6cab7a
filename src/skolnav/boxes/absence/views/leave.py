"""Leave as families apply for it and follow it."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from skolnav.boxes.absence.actions import leave as actions
from skolnav.boxes.absence.forms.leave import LeaveForm
from skolnav.boxes.absence.models import LeaveApplication
from skolnav.boxes.absence.queries.leave import LeaveView, leaves_of, views_of
from skolnav.boxes.absence.queries.leave_days import granted_days, school_year_of
from skolnav.boxes.absence.queries.leave_plans import happenings_in, plans_of, touches_school_duty
from skolnav.boxes.absence.rules import may_open, may_report
from skolnav.core.access.pages import HubRequest, page
from skolnav.core.people.actions.refusals import NotAllowed, Refused
from skolnav.core.web import render
from skolnav.core.web.addresses import url
from skolnav.core.web.once import once

ON_A_PAGE = 20


@page(may_open)
def index(request: HubRequest, pupil: str | None = None) -> HttpResponse:
    viewer = request.viewer
    pupils = viewer.chosen(pupil)
    leaves = Paginator(leaves_of(viewer, pupils), ON_A_PAGE).get_page(request.GET.get("sida"))
    year = school_year_of(viewer.today)
    granted = granted_days([one.id for one in pupils], year.first_day, year.last_day)
    used = [(one, len(granted[one.id])) for one in pupils if one.id in granted]
    context = {"page": leaves, "leaves": views_of(viewer, pupils, leaves), "used": used}
    return render(request, "absence/leave/index.html", context)


@page(may_report)
def apply(request: HubRequest, pupil: str | None = None) -> HttpResponse:
    """The form; "Visa dagarna" (and any change, where there is JavaScript) shows what the period would mean."""
    viewer = request.viewer
    chosen = [one for one in viewer.chosen(pupil) if one.id in viewer.child_ids]
    if not chosen:  # one's own page as a pupil
        raise Http404
    only = [chosen[0].public_id] if len(chosen) == 1 else []
    form = LeaveForm(
        request.POST or None, children=viewer.children, today=viewer.today, initial={"pupils": only}
    )
    is_preview = "show" in request.POST
    refusal = ""
    if is_preview:
        form.as_preview()
    elif form.is_valid():
        try:
            return once(request, lambda: _apply(request, form))
        except Refused as refused:
            refusal = refused.message
            form.add_error(None, refusal)
    is_part = is_preview and "HX-Request" in request.headers
    context = {"form": form, "is_part": is_part} | _preview(request, form)
    if is_part:
        return render(request, "absence/leave/period.html", context)
    return render(request, "absence/leave/apply.html", context, status=422 if refusal else 200)


@page(may_open)
def show(request: HubRequest, leave: str, pupil: str | None = None) -> HttpResponse:
    return render(request, "absence/leave/show.html", {"one": _one(request, leave, pupil)})


@page(may_open)
def decision(request: HubRequest, leave: str, pupil: str | None = None) -> HttpResponse:
    """The decision on a sheet of its own, to print."""
    one = _one(request, leave, pupil)
    if one.leave.decision is None:
        raise Http404
    back = (url("absence:leave_show", leave=one.leave.public_id), _("Ledighet"))
    context = {"leave": one.leave, "decision": one.leave.decision, "name": one.pupil.full_name, "back": back}
    return render(request, "absence/leave/decision.html", context | {"class_name": one.pupil.class_name})


@page(may_report)
@require_POST
def answer(request: HubRequest, leave: str, pupil: str | None = None) -> HttpResponse:
    found = _own(request, leave, pupil)
    agrees = {"ja": True, "nej": False}.get(request.POST.get("svar", ""))
    if agrees is None:
        return redirect("absence:leave_show", leave=leave)
    said = _("Du har sagt ja.") if agrees else _("Du har sagt nej.")
    return _act(
        request, found, lambda: actions.answer_leave(actor=request.viewer, leave=found, agrees=agrees), said
    )


@page(may_report)
@require_POST
def withdraw(request: HubRequest, leave: str, pupil: str | None = None) -> HttpResponse:
    found = _own(request, leave, pupil)
    return _act(
        request,
        found,
        lambda: actions.withdraw_leave(actor=request.viewer, leave=found),
        _("Ansökan är tillbakatagen."),
    )


@page(may_report)
@require_POST
def give_up(request: HubRequest, leave: str, pupil: str | None = None) -> HttpResponse:
    found = _own(request, leave, pupil)
    return _act(
        request,
        found,
        lambda: actions.give_up_leave(actor=request.viewer, leave=found),
        _("Ledigheten är borttagen. Skolan vet om det."),
    )


def _one(request: HubRequest, public_id: str, pupil: str | None) -> LeaveView:
    """The application as the viewer reads it, or Http404. Five statements."""
    pupils = request.viewer.chosen(pupil)
    found = leaves_of(request.viewer, pupils).get_or_404(public_id=public_id)
    return views_of(request.viewer, pupils, [found])[0]


def _own(request: HubRequest, public_id: str, pupil: str | None) -> LeaveApplication:
    """An application for one of the viewer's children, or Http404."""
    children = [one.id for one in request.viewer.chosen(pupil) if one.id in request.viewer.child_ids]
    rows = LeaveApplication.objects.visible_to(request.viewer).filter(pupil__in=children)
    return rows.get_or_404(public_id=public_id)


def _preview(request: HubRequest, form: LeaveForm) -> dict[str, object]:
    """What the chosen days would mean; nothing while children and days make no sense. Five statements."""
    if not form.has_period:
        return {"plans": []}
    first, last, chosen = form.cleaned_data["first_day"], form.cleaned_data["last_day"], form.chosen
    return {
        "plans": plans_of(request.viewer, chosen, first, last),
        "happenings": happenings_in(request.viewer, chosen, first, last),
        "is_long": touches_school_duty(first, last),
    }


def _apply(request: HubRequest, form: LeaveForm) -> HttpResponse:
    data = form.cleaned_data
    leaves = actions.apply_for_leave(
        actor=request.viewer,
        pupils=form.chosen,
        first=data["first_day"],
        last=data["last_day"],
        reason=data["reason"].replace("\r\n", "\n"),
    )
    sent = ngettext("Ansökan är skickad.", "Ansökningarna är skickade.", len(leaves))
    messages.success(request, sent)
    return redirect("absence:leave")


def _act(request: HubRequest, leave: LeaveApplication, act: Callable[[], None], said: str) -> HttpResponse:
    """Do it once and say so; what makes no sense any more is told, and what is not the viewer's does not exist."""

    def done() -> HttpResponse:
        act()
        messages.success(request, said)
        return redirect("absence:leave_show", leave=leave.public_id)

    try:
        return once(request, done)
    except Refused as refused:
        messages.error(request, refused.message)
    except NotAllowed as forbidden:
        raise Http404 from forbidden
    return redirect("absence:leave_show", leave=leave.public_id)
