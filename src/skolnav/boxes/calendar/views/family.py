"""The calendar as families meet it: month, week and list, and one entry."""

from datetime import date

from django.http import HttpResponse

from skolnav.core.access.pages import HubRequest, page
from skolnav.core.feed.publishing import entry_of
from skolnav.core.notifications.reading import meet
from skolnav.core.publishing.models import concerned
from skolnav.core.web import render

from ..models import CalendarEntry, Kind
from ..queries import days_of, lines_in, list_span, month_span, week_span, weeks_of
from ..rules import may_open

SPANS = {"manad": month_span, "vecka": week_span, "lista": list_span}


@page(may_open)
def index(request: HubRequest, pupil: str | None = None) -> HttpResponse:
    pupils = [request.viewer.pupil(pupil)] if pupil else None
    shown = request.GET.get("visa", "")
    view = shown if shown in SPANS else "manad"
    kind = request.GET.get("sort", "")
    span = SPANS[view](_day(request.GET.get("dag", ""), request.viewer.today))
    lines = lines_in(request.viewer, span, pupils, kind if kind in Kind.values else "")
    days = days_of(span, lines, request.viewer.today)
    # On a phone the list below this month's squares begins with today; the squares hold what has been.
    is_now = view == "manad" and span.month == request.viewer.today.replace(day=1)
    ahead = [line for line in lines if not is_now or line.last_day >= request.viewer.today]
    context = {"view": view, "span": span, "kind": kind, "kinds": Kind.choices, "lines": ahead, "days": days}
    return render(request, "calendar/index.html", context | {"weeks": weeks_of(days)})


@page(may_open)
def entry(request: HubRequest, entry: str, pupil: str | None = None) -> HttpResponse:
    visible = CalendarEntry.objects.visible_to(request.viewer).select_related("cancellation")
    found = visible.prefetch_related("audiences").get_or_404(public_id=entry)
    told = entry_of(found)
    meet(request.viewer.person_id, [told] if told else [])
    pupils = concerned(found.targets, request.viewer.pupils)
    return render(
        request, "calendar/entry.html", {"entry": found, "pupils": pupils, "kind": Kind(found.kind).label}
    )


def _day(text: str, today: date) -> date:
    """The day that the address asks for; today for one that makes no sense or lies far away."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today
    return day if abs(day.year - today.year) <= 10 else today
