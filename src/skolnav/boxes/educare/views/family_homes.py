"""Two homes: whose week it is."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from skolnav.boxes.educare.actions.homes import agree_to_homes, end_homes, propose_homes
from skolnav.boxes.educare.forms.family_patterns import HomesForm
from skolnav.boxes.educare.models import HomeAgreement
from skolnav.boxes.educare.queries.homes import homes_of
from skolnav.boxes.educare.queries.people import guardians_of_one
from skolnav.boxes.educare.rules import may_register
from skolnav.core.access.pages import HubRequest, page
from skolnav.core.access.viewer import PupilInCare
from skolnav.core.people.actions.refusals import NotAllowed, Refused
from skolnav.core.tenancy import clock
from skolnav.core.web import render
from skolnav.core.web.once import once

from .family_week import own_child


@page(may_register)
def index(request: HubRequest, pupil: str | None = None) -> HttpResponse:
    """What holds, what is proposed, and a form to propose."""
    child = own_child(request, pupil)
    guardians = guardians_of_one(child.id)
    data = request.POST if request.method == "POST" else None
    start = clock.monday_of(request.viewer.today + timedelta(days=7))
    form = HomesForm(
        data, guardians=guardians, own_id=request.viewer.person_id, initial={"weeks": 2, "from_day": start}
    )
    if data is not None and "resize" not in data and form.is_valid():
        try:
            return once(request, lambda: _propose(request, child, form))
        except Refused as refused:
            form.add_error(None, refused.message)
    context = {
        "pupil": child,
        "form": form,
        "has_others": len(guardians) > 1,
        "homes": homes_of(request.viewer, child.id, guardians),
    }
    wrong = data is not None and bool(form.errors)
    return render(request, "educare/family/homes.html", context, status=422 if wrong else 200)


@require_POST
@page(may_register)
def agree(request: HubRequest, agreement: str, pupil: str | None = None) -> HttpResponse:
    """Agree to another guardian's proposal."""
    child, found = _found(request, agreement, pupil)
    try:
        agree_to_homes(actor=request.viewer, proposal=found)
        messages.success(request, _("Nu gäller det. Var och en ändrar sina egna veckor."))
    except NotAllowed:
        raise Http404 from None
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("educare:homes", pupil=child.public_id)


@require_POST
@page(may_register)
def end(request: HubRequest, agreement: str, pupil: str | None = None) -> HttpResponse:
    """Decline, withdraw, or end what holds."""
    child, found = _found(request, agreement, pupil)
    end_homes(actor=request.viewer, agreement=found)
    messages.success(request, _("Det gäller inte längre."))
    return redirect("educare:homes", pupil=child.public_id)


def _propose(request: HubRequest, child: PupilInCare, form: HomesForm) -> HttpResponse:
    monday = clock.monday_of(form.cleaned_data["from_day"])
    propose_homes(actor=request.viewer, pupil_id=child.id, cycle_start=monday, guardians=form.homes)
    messages.success(
        request, _("Förslaget är skickat. Det gäller när den andra vårdnadshavaren har sagt ja.")
    )
    return redirect("educare:homes", pupil=child.public_id)


def _found(request: HubRequest, public_id: str, pupil: str | None) -> tuple[PupilInCare, HomeAgreement]:
    found = HomeAgreement.objects.editable_by(request.viewer).get_or_404(public_id=public_id)
    child = next(one for one in request.viewer.children if one.id == found.pupil_id)
    if pupil not in (None, child.public_id):
        raise Http404
    return child, found
