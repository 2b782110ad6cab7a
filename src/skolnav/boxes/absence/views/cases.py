"""A guardian meets their child's unexcused absence, and explains it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from skolnav.boxes.absence.actions.explaining import explain_case
from skolnav.boxes.absence.forms.unexcused import ExplainForm
from skolnav.boxes.absence.models import UnexcusedCase
from skolnav.boxes.absence.queries.missed import missed_lessons
from skolnav.boxes.absence.queries.proof import proofs
from skolnav.boxes.absence.rules import may_open, may_report
from skolnav.core.access.pages import HubRequest, page
from skolnav.core.access.viewer import PupilInCare
from skolnav.core.web import render
from skolnav.core.web.addresses import url
from skolnav.core.web.once import once


@page(may_open)
def case(request: HubRequest, case: str, pupil: str | None = None) -> HttpResponse:
    return _show(request, *_theirs(request, case, pupil), pupil, ExplainForm())


@require_POST
@page(may_report)
def explain(request: HubRequest, case: str, pupil: str | None = None) -> HttpResponse:
    found, child = _theirs(request, case, pupil)
    if child.id not in request.viewer.child_ids:
        raise Http404
    form = ExplainForm(request.POST)
    if not form.is_valid():
        return _show(request, found, child, pupil, form)
    return once(request, lambda: _explain(request, found, form, pupil))


def _theirs(request: HubRequest, public_id: str, pupil: str | None) -> tuple[UnexcusedCase, PupilInCare]:
    """The case and the viewer's own child that it is about; Http404 for all others, staff with children too."""
    children = {one.id: one for one in request.viewer.chosen(pupil)}
    rows = UnexcusedCase.objects.visible_to(request.viewer).filter(pupil__in=children)
    found = rows.select_related("pupil", "school").get_or_404(public_id=public_id)
    return found, children[found.pupil_id]


def _show(
    request: HubRequest, found: UnexcusedCase, child: PupilInCare, pupil: str | None, form: ExplainForm
) -> HttpResponse:
    proof = proofs([found])[0]
    context: dict[str, Any] = {
        "case": found,
        "about": child,
        "proof": proof,
        "lessons": missed_lessons(found.pupil_id, found.day),
        "form": form,
        "may_explain": child.id in request.viewer.child_ids
        and not found.excused_at
        and not proof.open_excuse,
        "here": {"case": found.public_id, "pupil": pupil},
    }
    return render(request, "absence/case.html", context, status=422 if form.errors else 200)


def _explain(request: HubRequest, found: UnexcusedCase, form: ExplainForm, pupil: str | None) -> HttpResponse:
    data = form.cleaned_data
    now = explain_case(actor=request.viewer, case=found, reason=data["reason"], note=data["note"])
    if now.excused_at:
        messages.success(request, _("Frånvaron är anmäld. Läraren och mentorn får veta det."))
    else:
        messages.success(request, _("Förklaringen är skickad till mentorn, som svarar dig här."))
    return redirect(url("absence:case", case=found.public_id, pupil=pupil))
