"""Lov: answered for by itself, until its own deadline."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from skolnav.boxes.educare.actions.times import DaysEditedMeanwhile, DaysRefused, save_days
from skolnav.boxes.educare.forms.family import WeekForm
from skolnav.boxes.educare.queries.opening import Round
from skolnav.boxes.educare.queries.plans import Known
from skolnav.boxes.educare.queries.reading import read
from skolnav.boxes.educare.queries.weeks import FARTHEST, Day, days_of, in_educare
from skolnav.boxes.educare.queries.wishes import Wish, for_sibling
from skolnav.boxes.educare.rules import may_register
from skolnav.core.access.pages import HubRequest, page
from skolnav.core.access.viewer import PupilInCare
from skolnav.core.web import render
from skolnav.core.web.addresses import url
from skolnav.core.web.once import once
from skolnav.core.web.returning import back_to

from .family_week import at_their_days, copied, own_child


@page(may_register)
def index(request: HubRequest, holiday: str, pupil: str | None = None) -> HttpResponse:
    """A lov's days, one small form each."""
    child = own_child(request, pupil)
    known, found = _found(request, [child], holiday)
    siblings = _siblings(request, child, known, found)
    days = days_of(request.viewer, known, child.id, _dates(found))
    data = copied(request.POST) if request.method == "POST" else None
    open_days = [day.plan for day in days if day.may_change]
    form = WeekForm(data, known=known, pupil_id=child.id, plans=open_days)
    theirs: Sequence[object] = ()
    if data is not None and "copy" not in data and form.is_valid():
        chosen = [one for one in siblings if one.public_id in request.POST.getlist("siblings")]
        # An empty day is an answer here: no fritids.
        wishes = [replace(wish, is_off=wish.is_free) for wish in form.wishes]
        wishes += [for_sibling(known, wish, one.id) for one in chosen for wish in wishes]
        try:
            return once(request, lambda: _save(request, child, found, wishes))
        except DaysRefused as refused:
            form.say(at_their_days(refused, [child, *chosen]))
        except DaysEditedMeanwhile as meanwhile:
            theirs = meanwhile.theirs
            for plan in meanwhile.theirs:
                data[f"{plan.day}-version"] = str(plan.version)
    return _page(request, child, found, days, form, siblings, theirs)


@require_POST
@page(may_register)
def not_needed(request: HubRequest, holiday: str, pupil: str | None = None) -> HttpResponse:
    """No fritids on any day of the lov, for the children that the form names."""
    asked = set(request.POST.get("pupils", "").split())
    children = [one for one in in_educare(request.viewer.children) if one.public_id in asked]
    if not children or (pupil and asked != {pupil}):
        raise Http404
    known, found = _found(request, children, holiday)
    return once(request, lambda: _not_needed(request, children, known, found))


def _not_needed(
    request: HubRequest, children: Sequence[PupilInCare], known: Known, found: Round
) -> HttpResponse:
    wishes = [
        Wish(child.id, day, is_off=True, version=known.plan(child.id, day).version)
        for child in children
        for day in _dates(found)
        if (opening := known.of_school(child.id)) and found in opening.rounds and opening.hours_on(day)
        if known.owner(child.id, day) in (None, request.viewer.person_id)
    ]
    try:
        save_days(actor=request.viewer, wishes=wishes)
        messages.success(request, _("%(name)s: inget fritids. Tack för svaret.") % {"name": found.name})
    except DaysRefused as refused:
        messages.error(request, next(iter(refused.reasons.values())))
    except DaysEditedMeanwhile:
        messages.error(request, _("Någon annan sparade samtidigt. Titta igen innan du svarar."))
    return back_to(request, request.POST.get("next", ""), _address(found))


def _page(
    request: HubRequest,
    child: PupilInCare,
    found: Round,
    days: Sequence[Day],
    form: WeekForm,
    siblings: Sequence[PupilInCare],
    theirs: Sequence[object],
) -> HttpResponse:
    context = {
        "pupil": child,
        "holiday": found,
        "days": days,
        "form": form,
        "forms": {one.day: one for one in form.days},
        "siblings": siblings,
        "chosen": request.POST.getlist("siblings"),
        "theirs": theirs,
        "not_needed_for": " ".join(one.public_id for one in (child, *siblings)),
    }
    return render(request, "educare/family/holiday.html", context, status=422 if form.wrong else 200)


def _found(request: HubRequest, children: Sequence[PupilInCare], public_id: str) -> tuple[Known, Round]:
    """The lov of one of the children's schools; Http404 for others. The siblings are read along."""
    today = request.viewer.today
    ids = {one.id for one in (*children, *in_educare(request.viewer.children))}
    known = Known(read(sorted(ids), today - timedelta(days=100), today + FARTHEST))
    for child in children:
        opening = known.of_school(child.id)
        for one in opening.rounds if opening else ():
            if one.public_id == public_id:
                return known, one
    raise Http404


def _siblings(request: HubRequest, child: PupilInCare, known: Known, found: Round) -> list[PupilInCare]:
    """The other children whose school has the same lov."""
    others = [one for one in in_educare(request.viewer.children) if one.id != child.id]
    return [one for one in others if (opening := known.of_school(one.id)) and found in opening.rounds]


def _dates(found: Round) -> list[date]:
    return [
        found.first_day + timedelta(days=number)
        for number in range((found.last_day - found.first_day).days + 1)
    ]


def _save(request: HubRequest, child: PupilInCare, found: Round, wishes: Sequence[Wish]) -> HttpResponse:
    save_days(actor=request.viewer, wishes=wishes)
    messages.success(request, _("Svaret om %(name)s är sparat.") % {"name": found.name})
    return redirect(url("educare:index", pupil=child.public_id) + f"?vecka={found.first_day}")


def _address(found: Round) -> str:
    return url("educare:index") + f"?vecka={found.first_day}"
