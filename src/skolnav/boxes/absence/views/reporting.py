"""Reporting, as families do it: the form, the receipt, and what one can do with a report afterwards."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from skolnav.boxes.absence.actions.reporting import NotReportable, change_report, report_each, undo_report
from skolnav.boxes.absence.forms.reporting import ReportForm, initial_of
from skolnav.boxes.absence.models import AbsenceReport
from skolnav.boxes.absence.queries.reportable import reportable
from skolnav.boxes.absence.queries.reports import (
    children_to_report,
    lines_of,
    own_report,
    receipt_of,
)
from skolnav.boxes.absence.rules import may_open, may_report
from skolnav.core.access.pages import HubRequest, page
from skolnav.core.access.viewer import PupilInCare
from skolnav.core.tenancy.versions import EditedMeanwhile
from skolnav.core.web import render
from skolnav.core.web.addresses import url
from skolnav.core.web.once import once


@page(may_report)
def report(request: HubRequest, pupil: str | None = None) -> HttpResponse:
    children = children_to_report(request.viewer)
    chosen = [pupil] if pupil else [one.public_id for one in children if len(children) == 1]
    if not children or (pupil and pupil not in {one.public_id for one in children}):
        raise Http404
    facts = reportable(request.viewer.organiser_id, {one.id: one.short_name for one in children})
    form = ReportForm(request.POST or None, pupils=children, facts=facts, chosen=chosen)
    if form.is_valid():
        try:
            return once(request, lambda: _send(request, form, pupil))
        except NotReportable as refused:
            form.refuse(refused)
    context = {"form": form, "line": None, "theirs": None}
    return render(request, "absence/report/form.html", context, status=422 if form.errors else 200)


@page(may_open)
def receipt(request: HubRequest, report: str, pupil: str | None = None) -> HttpResponse:
    beside = [one for one in request.GET.get("med", "").split(",")[:20] if one.isalnum()]
    lines = lines_of(request.viewer, receipt_of(request.viewer, report, beside))
    return render(request, "absence/report/receipt.html", {"lines": lines})


@page(may_report)
def change(request: HubRequest, report: str, pupil: str | None = None) -> HttpResponse:
    found = own_report(request.viewer, report)
    child = _child(request, found)
    facts = reportable(request.viewer.organiser_id, {child.id: child.short_name})
    form = ReportForm(
        request.POST or None,
        pupils=[child],
        facts=facts,
        chosen=[child.public_id],
        is_change=True,
        initial=initial_of(found, child, facts[child.id]),
    )
    theirs = None
    if form.is_valid():
        try:
            return once(request, lambda: _change(request, found, form, pupil))
        except NotReportable as refused:
            form.refuse(refused)
        except EditedMeanwhile as meanwhile:
            # What was typed stays in the form; the other version stands above it, and a second save is a choice.
            now = cast(AbsenceReport, meanwhile.row)
            theirs = lines_of(request.viewer, [now])[0]
            typed = request.POST.copy()
            typed["version"] = str(now.version)
            form.data = typed
    context = {"form": form, "line": lines_of(request.viewer, [found])[0], "theirs": theirs}
    return render(request, "absence/report/form.html", context, status=422 if form.errors else 200)


@page(may_report)
@require_POST
def undo(request: HubRequest, report: str, pupil: str | None = None) -> HttpResponse:
    found = own_report(request.viewer, report)
    return once(request, lambda: _undo(request, found, pupil))


def _send(request: HubRequest, form: ReportForm, pupil: str | None) -> HttpResponse:
    reports = report_each(actor=request.viewer, wanted=form.wanted, known=form.facts)
    first, *others = [one.public_id for one in reports]
    address = url("absence:receipt", pupil=pupil, report=first)
    return redirect(f"{address}?med={','.join(others)}" if others else address)


def _change(request: HubRequest, found: AbsenceReport, form: ReportForm, pupil: str | None) -> HttpResponse:
    change_report(
        actor=request.viewer,
        report=found,
        version=form.cleaned_data["version"] or 0,
        wanted=form.wanted[found.pupil_id],
        known=form.facts,
    )
    messages.success(request, _("Anmälan är ändrad."))
    return redirect(url("absence:receipt", pupil=pupil, report=found.public_id))


def _undo(request: HubRequest, found: AbsenceReport, pupil: str | None) -> HttpResponse:
    try:
        undone = undo_report(
            actor=request.viewer, report=found, with_siblings=request.POST.get("vilka") == "alla"
        )
    except NotReportable as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _said_undone(len(undone), _child(request, found)))
    return redirect(url("absence:index", pupil=pupil))


def _said_undone(number: int, child: PupilInCare) -> str:
    if number > 1:
        return _("Anmälningarna är ångrade. Skolan räknar med att barnen kommer.")
    return _("Anmälan är ångrad. Skolan räknar med att %(name)s kommer.") % {"name": child.short_name}


def _child(request: HubRequest, found: AbsenceReport) -> PupilInCare:
    return next(one for one in request.viewer.children if one.id == found.pupil_id)
