"""Custody: ended, begun anew, without access."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from skolnav.core.access.pages import HubRequest, page
from skolnav.core.access.viewer import Viewer
from skolnav.core.accounts.access_changes import (
    end_guardianship,
    lift_restriction,
    restore_guardianship,
    restrict_guardianship,
)
from skolnav.core.people.models import Guardianship, Person
from skolnav.core.web import render
from skolnav.office.forms.custody import EndCustodyForm, RestrictForm
from skolnav.office.queries.custody import what_follows
from skolnav.office.queries.person_page import is_over
from skolnav.office.rules import may_run_office
from skolnav.office.words import isolated

from .answering import act_and_return, carry_out_on_version, to_person


def _relation_or_404(viewer: Viewer, person: str, guardian: str, *, over: bool = False) -> Guardianship:
    """The relation of two people that goes on today, or the latest that is over; Http404 without one."""
    relations = Guardianship.objects.editable_by(viewer).filter(
        pupil__public_id=person, guardian__public_id=guardian
    )
    known = Person.editable_q(viewer)
    relations = relations.filter(guardian__in=Person.everything.filter(known)).select_related(
        "pupil", "guardian"
    )
    for relation in relations.order_by("-valid_from", "-pk"):
        if is_over(relation, viewer) == over:
            return relation
    raise Http404


def _context(request: HubRequest, relation: Guardianship, form: Any) -> dict[str, Any]:
    return {
        "relation": relation,
        "guardian": isolated(relation.guardian.full_name),
        "pupil": isolated(relation.pupil.full_name),
        "form": form,
        "follows": what_follows(request.viewer, relation),
    }


@page(may_run_office)
def end(request: HubRequest, person: str, guardian: str) -> HttpResponse:
    """Say when and why, after reading what follows from it."""
    relation = _relation_or_404(request.viewer, person, guardian)
    form = EndCustodyForm(request.POST or None, relation=relation)

    def done() -> HttpResponse:
        end_guardianship(
            actor=request.viewer,
            guardianship_id=relation.pk,
            last_day=form.chosen_day,
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"],
        )
        return to_person(relation.pupil)

    said = _("Vårdnaden är avslutad. Du kan ångra det här på sidan.")
    answer = carry_out_on_version(request, form, done, said) if form.is_valid() else None
    return answer or render(request, "office/end_custody.html", _context(request, relation, form))


@page(may_run_office)
def restore(request: HubRequest, person: str, guardian: str) -> HttpResponse:
    """Undo an end: as a new relation, or by taking back an end that has not come."""
    over = request.POST.get("kommande") != "1"
    relation = _relation_or_404(request.viewer, person, guardian, over=over)
    return act_and_return(
        request,
        lambda: restore_guardianship(actor=request.viewer, guardianship_id=relation.pk),
        to_person(relation.pupil),
        _("%(name)s har vårdnaden igen, från och med i dag.") % {"name": relation.guardian.full_name},
    )


@page(may_run_office)
def restrict(request: HubRequest, person: str, guardian: str) -> HttpResponse:
    """The custody remains, and opens nothing."""
    relation = _relation_or_404(request.viewer, person, guardian)
    form = RestrictForm(request.POST or None, relation=relation)

    def done() -> HttpResponse:
        restrict_guardianship(
            actor=request.viewer,
            guardianship_id=relation.pk,
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"],
        )
        return to_person(relation.pupil)

    said = _("Tillgången är borta. Vårdnaden finns kvar.")
    answer = carry_out_on_version(request, form, done, said) if form.is_valid() else None
    return answer or render(request, "office/restrict.html", _context(request, relation, form))


@page(may_run_office)
def lift(request: HubRequest, person: str, guardian: str) -> HttpResponse:
    """Give the access back."""
    relation = _relation_or_404(request.viewer, person, guardian)
    return act_and_return(
        request,
        lambda: lift_restriction(actor=request.viewer, guardianship_id=relation.pk),
        to_person(relation.pupil),
        _("%(name)s har tillgång igen.") % {"name": relation.guardian.full_name},
    )
