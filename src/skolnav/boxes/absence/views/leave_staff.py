"""Leave as those who decide meet it."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from skolnav.boxes.absence.actions.leave_decisions import change_decision, decide_leave
from skolnav.boxes.absence.forms.leave import DecisionForm
from skolnav.boxes.absence.models import LeaveApplication
from skolnav.boxes.absence.queries.leave_staff import (
    LeaveCase,
    absence_share,
    cases_of,
    classes_of,
    in_class,
    leaves_for_staff,
    with_parts,
)
from skolnav.boxes.absence.rules import may_see_leave
from skolnav.core.access.pages import HubRequest, page
from skolnav.core.people.actions.refusals import NotAllowed, Refused
from skolnav.core.tenancy.versions import EditedMeanwhile
from skolnav.core.web import render
from skolnav.core.web.addresses import url
from skolnav.core.web.once import once

ON_A_PAGE = 30


@page(may_see_leave)
def index(request: HubRequest) -> HttpResponse:
    viewer, decided = request.viewer, request.GET.get("visa") == "avgjorda"
    classes = classes_of(viewer)
    chosen = next((one for one in classes if one.public_id == request.GET.get("klass")), None)
    rows = leaves_for_staff(viewer)
    is_open = LeaveApplication.open_q()
    rows = rows.exclude(is_open).order_by("-first_day", "-pk") if decided else rows.filter(is_open)
    if not decided:
        rows = rows.order_by("first_day", "pk")
    if chosen:
        rows = in_class(rows, chosen, viewer.today)
    leaves = Paginator(with_parts(rows), ON_A_PAGE).get_page(request.GET.get("sida"))
    cases = cases_of(viewer, list(leaves))
    context = {"page": leaves, "cases": cases, "classes": classes, "chosen": chosen, "decided": decided}
    led = [school for school in viewer.staff_schools if school.id in viewer.led_school_ids]
    return render(request, "absence/leave/staff.html", context | {"led": led})


@page(may_see_leave)
def show(request: HubRequest, leave: str) -> HttpResponse:
    """An application, and the form to decide or to change the decision for whom it is theirs."""
    if request.method != "POST":
        return _page(request, leave, None)
    found = leaves_for_staff(request.viewer).get_or_404(public_id=leave)
    form = DecisionForm(request.POST)
    if form.is_valid():
        try:
            return once(request, lambda: _decide(request, found, form))
        except EditedMeanwhile as meanwhile:
            form.meet(cast(LeaveApplication, meanwhile.row))
            return _page(request, leave, form, meanwhile=True)
        except Refused as refused:
            form.add_error(None, refused.message)
        except NotAllowed:
            messages.error(request, _("Ansökan väntar inte på ditt beslut. Så här står den nu."))
            return redirect("absence_staff:leave_show", leave=leave)
    return _page(request, leave, form)


@page(may_see_leave)
def decision(request: HubRequest, leave: str) -> HttpResponse:
    """The decision on a sheet of its own, to print."""
    case = _case(request, leave)
    if case.leave.decision is None:
        raise Http404
    context = {
        "leave": case.leave,
        "decision": case.leave.decision,
        "name": case.leave.pupil.full_name,
        "class_name": case.class_name,
        "back": (url("absence_staff:leave_show", leave=leave), _("Ledighet")),
    }
    return render(request, "absence/leave/decision.html", context)


def _case(request: HubRequest, public_id: str) -> LeaveCase:
    """The application with its figures, or Http404. Six statements."""
    found = with_parts(leaves_for_staff(request.viewer)).get_or_404(public_id=public_id)
    return cases_of(request.viewer, [found])[0]


def _page(
    request: HubRequest, public_id: str, form: DecisionForm | None, *, meanwhile: bool = False
) -> HttpResponse:
    """As it stands now; with the form for whom it waits, or who may change the decision."""
    case = _case(request, public_id)
    share = absence_share(case.leave.pupil_id, request.viewer.today)
    is_mine = case.may_decide or case.may_change
    context = {
        "case": case,
        "leave": case.leave,
        "form": form or DecisionForm(initial={"version": case.leave.version}),
        "is_mine": is_mine,
        "share": share,
        "meanwhile": meanwhile,
    }
    return render(request, "absence/leave/case.html", context)


def _decide(request: HubRequest, leave: LeaveApplication, form: DecisionForm) -> HttpResponse:
    act = change_decision if "change" in request.POST else decide_leave
    act(
        actor=request.viewer,
        leave=leave,
        version=form.cleaned_data["version"],
        is_granted=form.is_granted,
        reasons=form.reasons,
    )
    said = _("Ledigheten är beviljad.") if form.is_granted else _("Ledigheten är inte beviljad.")
    messages.success(request, said + " " + _("Vårdnadshavarna får veta det."))
    return redirect("absence_staff:leave")
