"""A child's times, written in when a guardian telephones."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from skolnav.boxes.educare.actions.telephoned import set_telephoned_times
from skolnav.boxes.educare.actions.times import DaysEditedMeanwhile
from skolnav.boxes.educare.forms.family import initial_of
from skolnav.boxes.educare.forms.staff_times import TelephonedForm
from skolnav.boxes.educare.queries.people import guardians_of_one
from skolnav.boxes.educare.queries.plans import Known, Plan
from skolnav.boxes.educare.queries.reading import read
from skolnav.boxes.educare.queries.sections import staffed_memberships
from skolnav.boxes.educare.rules import has_sections
from skolnav.core.access.pages import HubRequest, page
from skolnav.core.people.actions.refusals import Refused
from skolnav.core.people.models import Person
from skolnav.core.web import render
from skolnav.core.web.once import once

# As far from today as a day's address makes sense. What is over, the action refuses.
LONGEST_AHEAD = 400


@page(has_sections)
def edit(request: HubRequest, pupil: str, day: date) -> HttpResponse:
    """The day's form; both versions where somebody else has saved it meanwhile."""
    child = _child(request, pupil)
    if abs((day - request.viewer.today).days) > LONGEST_AHEAD:
        raise Http404
    known = Known(read([child.pk], day, day))
    plan = known.plan(child.pk, day)
    form = TelephonedForm(
        request.POST or None,
        known=known,
        pupil_id=child.pk,
        day=day,
        guardians=_guardians(child),
        initial=initial_of(known, plan),
    )
    if form.is_valid():
        try:
            return once(request, lambda: _save(request, child, form))
        except Refused as refused:
            form.add_error(None, refused.message)
        except DaysEditedMeanwhile as meanwhile:
            return _meanwhile(request, child, form, meanwhile.theirs[0])
    return _show(request, child, form, 422 if form.is_bound else 200)


def _child(request: HubRequest, public_id: str) -> Person:
    place = (
        staffed_memberships(request.viewer)
        .filter(person__public_id=public_id)
        .select_related("person")
        .first()
    )
    if place is None:
        raise Http404
    return place.person


def _guardians(child: Person) -> list[tuple[int, str, str]]:
    """Id, public id and what they are called here: of a protected home nobody is named."""
    return [
        (one.id, one.public_id, "" if child.is_protected else one.name) for one in guardians_of_one(child.pk)
    ]


def _save(request: HubRequest, child: Person, form: TelephonedForm) -> HttpResponse:
    if set_telephoned_times(actor=request.viewer, wish=form.wish, guardian_id=form.guardian_id):
        messages.success(request, _("Tiderna är sparade. Familjen får veta det."))
    else:
        messages.info(request, _("Det är samma tider som redan gäller."))
    return redirect("educare_staff:child", child.public_id, form.day)


def _meanwhile(request: HubRequest, child: Person, form: TelephonedForm, theirs: Plan) -> HttpResponse:
    """What was typed stays, now upon what stands."""
    typed = request.POST.copy()
    typed["version"] = str(theirs.version)
    form.data = typed
    return _show(request, child, form, 409, theirs)


def _show(
    request: HubRequest, child: Person, form: TelephonedForm, status: int, theirs: Plan | None = None
) -> HttpResponse:
    context = {"person": child, "day": form.day, "form": form, "theirs": theirs}
    return render(request, "educare/staff/times.html", context, status=status)
