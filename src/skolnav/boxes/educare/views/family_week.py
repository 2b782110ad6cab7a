"""Filling in a child's week."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from skolnav.boxes.educare.actions.times import WEEK, DaysEditedMeanwhile, DaysRefused, save_days
from skolnav.boxes.educare.forms.family import WeekForm
from skolnav.boxes.educare.queries.plans import Known
from skolnav.boxes.educare.queries.reading import read
from skolnav.boxes.educare.queries.weeks import FARTHEST, ChildWeek, in_educare, week_of
from skolnav.boxes.educare.queries.wishes import Wish, for_sibling
from skolnav.boxes.educare.rules import may_register
from skolnav.core.access.pages import HubRequest, page
from skolnav.core.access.viewer import PupilInCare
from skolnav.core.tenancy import clock
from skolnav.core.web import render
from skolnav.core.web.addresses import url
from skolnav.core.web.once import once

COPIED = ("comes_at", "leaves_at", "is_off", "who", "other_name")


def own_child(request: HubRequest, pupil: str | None) -> PupilInCare:
    """The child of the address, or the first with a place; Http404 where the viewer sets nobody's times."""
    chosen = [one for one in in_educare(request.viewer.chosen(pupil)) if one.id in request.viewer.child_ids]
    if not chosen:
        raise Http404
    return chosen[0]


def near(request: HubRequest, day: date) -> date:
    """The day of an address; one that lies more than a year away is no page, and nothing is written there."""
    if abs(day - request.viewer.today) > FARTHEST:
        raise Http404
    return day


@page(may_register)
def edit(request: HubRequest, day: date, pupil: str | None = None) -> HttpResponse:
    """The days of a week that can be changed, one small form each."""
    child, monday = own_child(request, pupil), clock.monday_of(near(request, day))
    siblings = [one for one in in_educare(request.viewer.children) if one.id != child.id]
    known = Known(read([child.id, *(one.id for one in siblings)], monday - WEEK, monday + WEEK))
    week = week_of(request.viewer, known, child, monday)
    if week is None:
        raise Http404
    data = copied(request.POST) if request.method == "POST" else None
    plans = [one.plan for one in week.days if one.may_change]
    form = WeekForm(data, known=known, pupil_id=child.id, plans=plans)
    theirs: Sequence[object] = ()
    if data is not None and "copy" not in data and form.is_valid():
        chosen = [one for one in siblings if one.public_id in request.POST.getlist("siblings")]
        wishes = [*form.wishes, *(for_sibling(known, wish, one.id) for one in chosen for wish in form.wishes)]
        try:
            return once(request, lambda: _save(request, child, monday, wishes))
        except DaysRefused as refused:
            form.say(at_their_days(refused, [child, *chosen]))
        except DaysEditedMeanwhile as meanwhile:
            theirs = meanwhile.theirs
            for plan in meanwhile.theirs:
                data[f"{plan.day}-version"] = str(plan.version)
    return _page(request, week, form, siblings, theirs, monday)


def _page(
    request: HubRequest,
    week: ChildWeek,
    form: WeekForm,
    siblings: Sequence[PupilInCare],
    theirs: Sequence[object],
    monday: date,
) -> HttpResponse:
    context = {
        "week": week,
        "forms": {one.day: one for one in form.days},
        "form": form,
        "siblings": siblings,
        "chosen": request.POST.getlist("siblings"),
        "theirs": theirs,
        "monday": monday,
        "last": monday + timedelta(days=6),
    }
    return render(request, "educare/family/week.html", context, status=422 if form.wrong else 200)


def copied(post: QueryDict) -> QueryDict:
    """What was typed; after "same all days" the day that the button stood at is in every day."""
    data = post.copy()
    source = data.get("copy", "")
    days = {name.removesuffix("-version") for name in data if name.endswith("-version")}
    for day in days - {source} if source in days else set():
        for name in COPIED:
            data.pop(f"{day}-{name}", None)
            data.setlist(f"{day}-{name}", data.getlist(f"{source}-{name}"))
    return data


def at_their_days(refused: DaysRefused, children: Sequence[PupilInCare]) -> dict[date, str]:
    """Reasons by day; a sibling's by name."""
    names = {one.id: "" if one == children[0] else f"{one.short_name}: " for one in children}
    said: dict[date, str] = {}
    for (pupil_id, day), reason in refused.reasons.items():
        said[day] = f"{said.get(day, '')} {names[pupil_id]}{reason}".strip()
    return said


def _save(request: HubRequest, child: PupilInCare, monday: date, wishes: Sequence[Wish]) -> HttpResponse:
    days = save_days(actor=request.viewer, wishes=wishes)
    if days:
        said = ngettext("%(days)s dag är sparad.", "%(days)s dagar är sparade.", days)
        messages.success(request, said % {"days": days})
    else:
        messages.info(request, _("Inget var ändrat."))
    return redirect(url("educare:index", pupil=child.public_id) + f"?vecka={monday}")
