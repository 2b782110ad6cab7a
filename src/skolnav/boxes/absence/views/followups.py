"""Pupils who have passed a threshold: the tasks of mentor and principal."""

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from skolnav.boxes.absence.actions.followups import close_follow_up, reopen_follow_up
from skolnav.boxes.absence.forms.followups import ConclusionForm
from skolnav.boxes.absence.models import FollowUp
from skolnav.boxes.absence.queries.cases import class_names
from skolnav.boxes.absence.queries.followups import follow_up_page, follow_ups
from skolnav.boxes.absence.rules import may_follow_up
from skolnav.core.access.pages import HubRequest, page
from skolnav.core.tenancy.versions import EditedMeanwhile
from skolnav.core.web import render
from skolnav.core.web.once import once

ON_A_PAGE = 30


@page(may_follow_up)
def followups(request: HubRequest) -> HttpResponse:
    closed = request.GET.get("visa") == "avslutade"
    shown = Paginator(follow_ups(request.viewer, closed=closed), ON_A_PAGE).get_page(request.GET.get("sida"))
    classes = class_names(request.viewer, [one.pupil_id for one in shown])
    return render(
        request, "absence/cases/followups.html", {"page": shown, "classes": classes, "closed": closed}
    )


@page(may_follow_up)
def followup(request: HubRequest, followup: str) -> HttpResponse:
    return _show(request, followup)


@require_POST
@page(may_follow_up)
def close(request: HubRequest, followup: str) -> HttpResponse:
    found, form = _mine(request, followup), ConclusionForm(request.POST)
    if form.is_valid():
        try:
            return once(request, lambda: _close(request, found, form))
        except EditedMeanwhile as meanwhile:
            # What was typed stays; the other version stands above it, and a second save is a choice.
            typed = request.POST.copy()
            typed["version"] = str(cast(FollowUp, meanwhile.row).version)
            form.data = typed
            form.add_error(
                None, _("Någon annan sparade medan du skrev. Läs det först, och spara sedan igen.")
            )
    return _show(request, followup, form)


@require_POST
@page(may_follow_up)
def reopen(request: HubRequest, followup: str) -> HttpResponse:
    found = _mine(request, followup)

    def act() -> HttpResponse:
        reopen_follow_up(actor=request.viewer, follow_up=found, version=found.version)
        return redirect("absence_staff:followup", found.public_id)

    return once(request, act)


def _mine(request: HubRequest, public_id: str) -> FollowUp:
    return FollowUp.objects.editable_by(request.viewer).get_or_404(public_id=public_id)


def _close(request: HubRequest, found: FollowUp, form: ConclusionForm) -> HttpResponse:
    data = form.cleaned_data
    close_follow_up(
        actor=request.viewer, follow_up=found, version=data["version"] or 0, conclusion=data["conclusion"]
    )
    messages.success(request, _("Uppföljningen är avslutad."))
    return redirect("absence_staff:followups")


def _show(request: HubRequest, public_id: str, form: ConclusionForm | None = None) -> HttpResponse:
    about = follow_up_page(request.viewer, public_id)
    now = about.follow_up
    unbound = ConclusionForm(initial={"conclusion": now.conclusion, "version": now.version})
    context: dict[str, Any] = {"about": about, "now": now, "form": form or unbound}
    return render(request, "absence/cases/followup.html", context, status=422 if form else 200)
