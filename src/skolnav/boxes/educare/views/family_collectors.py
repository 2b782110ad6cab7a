"""Who may collect: the standing list."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from skolnav.boxes.educare.actions.collectors import add_collector, make_usual, remove_collector
from skolnav.boxes.educare.forms.family_asking import CollectorForm
from skolnav.boxes.educare.models import Collector
from skolnav.boxes.educare.queries.collectors import standing_collectors
from skolnav.boxes.educare.rules import may_register
from skolnav.core.access.pages import HubRequest, page
from skolnav.core.access.viewer import PupilInCare
from skolnav.core.people.actions.refusals import Refused
from skolnav.core.web import render
from skolnav.core.web.once import once

from .family_week import own_child


@page(may_register)
def index(request: HubRequest, pupil: str | None = None) -> HttpResponse:
    """The list, and a form for one more."""
    child = own_child(request, pupil)
    form = CollectorForm(request.POST or None)
    if form.is_valid():
        try:
            return once(request, lambda: _add(request, child, form))
        except Refused as refused:
            form.add_error(None, refused.message)
    context = {"pupil": child, "form": form, "collectors": list(standing_collectors(child.id))}
    return render(request, "educare/family/collectors.html", context, status=422 if form.errors else 200)


@require_POST
@page(may_register)
def usual(request: HubRequest, collector: str, pupil: str | None = None) -> HttpResponse:
    """Make somebody the one who collects unless a day says otherwise."""
    child, found = _found(request, collector, pupil)
    make_usual(actor=request.viewer, collector=found)
    messages.success(request, _("%(name)s hämtar nu om inget annat sägs.") % {"name": found.name})
    return redirect("educare:collectors", pupil=child.public_id)


@require_POST
@page(may_register)
def remove(request: HubRequest, collector: str, pupil: str | None = None) -> HttpResponse:
    """Take somebody off the list."""
    child, found = _found(request, collector, pupil)
    remove_collector(actor=request.viewer, collector=found)
    messages.success(request, _("%(name)s står inte längre på listan.") % {"name": found.name})
    return redirect("educare:collectors", pupil=child.public_id)


def _add(request: HubRequest, child: PupilInCare, form: CollectorForm) -> HttpResponse:
    added = add_collector(actor=request.viewer, pupil_id=child.id, **form.cleaned_data)
    messages.success(request, _("%(name)s får hämta.") % {"name": added.name})
    return redirect("educare:collectors", pupil=child.public_id)


def _found(request: HubRequest, collector: str, pupil: str | None) -> tuple[PupilInCare, Collector]:
    found = Collector.objects.editable_by(request.viewer).get_or_404(public_id=collector)
    child = next(one for one in request.viewer.children if one.id == found.pupil_id)
    if pupil not in (None, child.public_id):
        raise Http404
    return child, found
