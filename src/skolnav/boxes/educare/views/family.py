"""The families' side: the week."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from skolnav.boxes.educare.actions.times import WEEK, same_as_last_week
from skolnav.boxes.educare.queries.holidays import holidays_of
from skolnav.boxes.educare.queries.weeks import asked_week, find_week, in_educare, know, weeks_of
from skolnav.boxes.educare.rules import may_open, may_register
from skolnav.core.access.pages import HubRequest, page
from skolnav.core.web import render
from skolnav.core.web.addresses import url
from skolnav.core.web.once import once
from skolnav.core.web.returning import back_to
from skolnav.core.web.words import iso_week


@page(may_open)
def index(request: HubRequest, pupil: str | None = None) -> HttpResponse:
    """The week of all the children at fritids, or of one."""
    asked = request.GET.get("vecka", "")
    monday = asked_week(asked, request.viewer.today)
    pupils = in_educare(request.viewer.chosen(pupil))
    known = know(request.viewer, pupils, monday) if pupils else None
    context = {
        "weeks": weeks_of(request.viewer, known, pupils, monday) if known else [],
        "holidays": holidays_of(request.viewer, known, pupils) if known else [],
        "monday": monday,
        "before": monday - WEEK,
        "after": monday + WEEK,
        "last": monday + timedelta(days=6),
        "is_wrong": bool(asked) and find_week(asked, request.viewer.today) is None,
    }
    return render(request, "educare/index.html", context)


@require_POST
@page(may_register)
def same(request: HubRequest, pupil: str | None = None) -> HttpResponse:
    """The times of the week before, for the children and the week that the form names."""
    monday = asked_week(request.POST.get("week", ""), request.viewer.today)
    asked = set(request.POST.get("pupils", "").split())
    children = [one for one in in_educare(request.viewer.children) if one.public_id in asked]
    if not children or (pupil and asked != {pupil}):
        raise Http404
    return once(request, lambda: _same(request, [one.id for one in children], monday))


def _same(request: HubRequest, pupil_ids: list[int], monday: date) -> HttpResponse:
    days = same_as_last_week(actor=request.viewer, pupil_ids=pupil_ids, monday=monday)
    if days:
        said = ngettext(
            "Vecka %(week)s: %(days)s dag har fått förra veckans tider.",
            "Vecka %(week)s: %(days)s dagar har fått förra veckans tider.",
            days,
        )
        messages.success(request, said % {"week": iso_week(monday), "days": days})
    else:
        messages.info(request, _("Inget ändrades: veckan har redan tider, eller så är dagarna låsta."))
    return back_to(request, request.POST.get("next", ""), url("educare:index") + f"?vecka={monday}")
