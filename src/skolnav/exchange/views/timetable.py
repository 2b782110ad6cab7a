"""A timetable from a file: choose it, see what it would change, say yes, read what was done."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from skolnav.boxes.schedule.forms.office import WEEKDAYS
from skolnav.core.access.pages import HubRequest, page
from skolnav.core.schools.models import SchoolUnit
from skolnav.core.web import render
from skolnav.core.web.once import once
from skolnav.exchange.csv.entities import UnreadableFile
from skolnav.exchange.csv.planning import Plan
from skolnav.exchange.csv.running import CannotWrite, Upload, keep_file, plan_of, write_file
from skolnav.exchange.csv.template import template as template_file
from skolnav.exchange.forms import TimetableFileForm
from skolnav.exchange.models import TimetableFile
from skolnav.exchange.rules import may_bring_in_timetables

SHOWN = 300  # lines of a plan that a page shows of each kind; the numbers count all


@page(may_bring_in_timetables)
def upload(request: HubRequest, school: str) -> HttpResponse:
    """Choose a file for a school."""
    place = _school(request, school)
    form = TimetableFileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            return once(request, lambda: _keep(request, place, form))
        except UnreadableFile as fault:
            form.add_error("file", str(fault))
    status = 422 if form.errors else 200
    return render(request, "exchange/upload.html", {"school": place, "form": form}, status=status)


@page(may_bring_in_timetables)
def template(request: HubRequest, school: str) -> HttpResponse:
    """The file to fill in."""
    _school(request, school)
    answer = HttpResponse(template_file(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="schema-mall.csv"'
    return answer


@page(may_bring_in_timetables)
def plan(request: HubRequest, file: str) -> HttpResponse:
    """What a file would change, and the button that does it; afterwards what it did."""
    kept = (
        TimetableFile.objects.editable_by(request.viewer).select_related("school").get_or_404(public_id=file)
    )
    if kept.written_at:
        return render(request, "exchange/written.html", {"file": kept})
    if request.method == "POST":
        try:
            return once(request, lambda: _write(request, kept))
        except CannotWrite as refused:
            messages.warning(request, _why_not(kept, refused.plan))
            return redirect("exchange:timetable_plan", kept.public_id)
    found = plan_of(actor=request.viewer, file=kept)
    context = {"file": kept, "plan": found, "weekdays": dict(WEEKDAYS), "shown": SHOWN}
    return render(request, "exchange/plan.html", context)


def _school(request: HubRequest, public_id: str) -> SchoolUnit:
    schools = SchoolUnit.objects.filter(pk__in=request.viewer.led_school_ids, ended_on=None)
    found = schools.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def _keep(request: HubRequest, school: SchoolUnit, form: TimetableFileForm) -> HttpResponse:
    file = form.cleaned_data["file"]
    name = "".join(mark for mark in file.name or "" if mark.isprintable())
    kept = keep_file(actor=request.viewer, school=school, upload=Upload(name, file.read()))
    return redirect("exchange:timetable_plan", kept.public_id)


def _write(request: HubRequest, file: TimetableFile) -> HttpResponse:
    write_file(actor=request.viewer, file=file, accepts_ends="accept" in request.POST)
    messages.success(request, _("Schemat är inläst."))
    return redirect("exchange:timetable_plan", file.public_id)


def _why_not(file: TimetableFile, plan: Plan) -> str:
    if plan.fingerprint != file.fingerprint:
        return _("Schemat har ändrats sedan du tittade. Inget är inläst: se efter igen vad filen ändrar nu.")
    if plan.problems:
        return _("Inget är inläst. Rätta raderna först.")
    if plan.is_empty:
        return _("Allt i filen ligger redan i schemat.")
    return _("Inget är inläst. Kryssa för att så många lektioner ska försvinna.")
