"""What guardians telephone about, typed in by the office or the mentor."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from skolnav.boxes.absence.actions.reporting import NotReportable, report_absence
from skolnav.boxes.absence.forms.desk import PhoneForm
from skolnav.boxes.absence.queries.phone import found_pupils, reportable_pupils
from skolnav.boxes.absence.queries.reportable import reportable
from skolnav.boxes.absence.rules import may_see_staff_side
from skolnav.core.access.pages import HubRequest, page
from skolnav.core.people.models import Person
from skolnav.core.web import render
from skolnav.core.web.once import once


@page(may_see_staff_side)
def phone(request: HubRequest) -> HttpResponse:
    """Who it is about."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:80]
    context = {"words": words, "found": found_pupils(request.viewer, words)}
    return render(request, "absence/staff/phone.html", context)


@page(may_see_staff_side)
def phone_report(request: HubRequest, pupil: str) -> HttpResponse:
    person = reportable_pupils(request.viewer).get_or_404(public_id=pupil)
    facts = reportable(request.viewer.organiser_id, {person.pk: person.given_name})[person.pk]
    form = PhoneForm(request.POST or None, facts=facts)
    if form.is_valid():
        try:
            return once(request, lambda: _report(request, person, form))
        except NotReportable as refused:
            form.refuse(refused)
    context = {"form": form, "person": person}
    return render(request, "absence/staff/phone_report.html", context, status=422 if form.errors else 200)


def _report(request: HubRequest, person: Person, form: PhoneForm) -> HttpResponse:
    report_absence(
        actor=request.viewer,
        pupil_ids=[person.pk],
        wanted=form.wanted,
        telephoned_by=form.cleaned_data["telephoned_by"],
    )
    messages.success(request, _("%(name)s är anmäld.") % {"name": person.full_name})
    return redirect("absence_staff:index")
