"""Protected identity: set by one, lowered by two."""

from collections.abc import Callable

from django.http import HttpResponse
from django.utils.translation import gettext as _

from skolnav.core.access.pages import HubRequest, page
from skolnav.core.people.actions.protection import (
    ask_to_lower_protection,
    confirm_lowering,
    keep_protection,
    set_protection,
)
from skolnav.core.web import render
from skolnav.office.forms.custody import ProtectionForm
from skolnav.office.rules import may_run_office

from .answering import act_and_return, carry_out, person_or_404, to_person


@page(may_run_office)
def protect(request: HubRequest, person: str) -> HttpResponse:
    """Set protection, or another marking."""
    found = person_or_404(request.viewer, person)
    form = ProtectionForm(request.POST or None)

    def done() -> HttpResponse:
        set_protection(actor=request.viewer, person_id=found.pk, marking=form.cleaned_data["marking"])
        return to_person(found)

    said = _("Personuppgifterna är skyddade från och med nu.")
    answer = carry_out(request, form, done, said) if form.is_valid() else None
    return answer or render(request, "office/protect.html", {"person": found, "form": form})


@page(may_run_office)
def ask(request: HubRequest, person: str) -> HttpResponse:
    said = _("Begärt. En annan administratör måste bekräfta innan skyddet tas bort.")
    return _act(request, person, ask_to_lower_protection, said)


@page(may_run_office)
def keep(request: HubRequest, person: str) -> HttpResponse:
    return _act(request, person, keep_protection, _("Skyddet är kvar."))


@page(may_run_office)
def confirm(request: HubRequest, person: str) -> HttpResponse:
    return _act(request, person, confirm_lowering, _("Skyddet är borttaget."))


def _act(request: HubRequest, person: str, action: Callable[..., object], said: str) -> HttpResponse:
    found = person_or_404(request.viewer, person)
    return act_and_return(
        request, lambda: action(actor=request.viewer, person_id=found.pk), to_person(found), said
    )
