"""Well again: from the next lesson, or from a later day."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from skolnav.boxes.absence.actions.reporting import mark_well
from skolnav.boxes.absence.models import AbsenceReport
from skolnav.boxes.absence.queries.reportable import reportable
from skolnav.boxes.absence.queries.reports import lines_of, own_report, running_report
from skolnav.boxes.absence.queries.well import ways_back
from skolnav.boxes.absence.rules import may_report
from skolnav.core.access.pages import HubRequest, page
from skolnav.core.tenancy import clock
from skolnav.core.web import render
from skolnav.core.web.addresses import url
from skolnav.core.web.once import once
from skolnav.core.web.words import say_day


@page(may_report)
def well_now(request: HubRequest, pupil: str | None = None) -> HttpResponse:
    """Of the report that the child of the day card is away by; all absence where there is none any more."""
    found = running_report(request.viewer, request.viewer.chosen(pupil))
    if found is None:
        return redirect(url("absence:index", pupil=pupil))
    return _ask(request, found, pupil)


@page(may_report)
def well(request: HubRequest, report: str, pupil: str | None = None) -> HttpResponse:
    return _ask(request, own_report(request.viewer, report), pupil)


def _ask(request: HubRequest, found: AbsenceReport, pupil: str | None) -> HttpResponse:
    name = next(one.short_name for one in request.viewer.children if one.id == found.pupil_id)
    facts = reportable(request.viewer.organiser_id, {found.pupil_id: name})
    ways = ways_back(found, facts[found.pupil_id])
    moment = next((one.moment for one in ways if one.value == request.POST.get("from")), None)
    if moment is not None:
        return once(request, lambda: _end(request, found, moment, name, pupil))
    line = lines_of(request.viewer, [found])[0]
    context = {"line": line, "ways": ways, "is_gone": request.method == "POST"}
    return render(request, "absence/report/well.html", context)


def _end(
    request: HubRequest, found: AbsenceReport, moment: datetime, name: str, pupil: str | None
) -> HttpResponse:
    mark_well(actor=request.viewer, report=found, moment=moment)
    said = {"name": name, "day": say_day(moment)}
    if moment >= clock.end_of(request.viewer.today):
        messages.success(request, _("%(name)s är anmäld som frisk från %(day)s.") % said)
    else:
        messages.success(request, _("%(name)s är anmäld som frisk igen.") % said)
    return redirect(url("absence:receipt", pupil=pupil, report=found.public_id))
