"""All absence: what is reported now, the term day by day, and its figures."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpResponse

from skolnav.boxes.absence.queries.everything import absences_in, absent_days
from skolnav.boxes.absence.queries.overview import overviews
from skolnav.boxes.absence.queries.reports import coming_reports
from skolnav.boxes.absence.queries.terms import begun_terms, chosen_term
from skolnav.boxes.absence.rules import may_open, may_report
from skolnav.core.access.pages import HubRequest, page
from skolnav.core.schools.calendar import school_calendar
from skolnav.core.web import render

ON_A_PAGE = 30


@page(may_open)
def index(request: HubRequest, pupil: str | None = None) -> HttpResponse:
    viewer = request.viewer
    pupils = viewer.chosen(pupil)
    calendar = school_calendar(viewer.organiser_id, viewer.today, viewer.today + timedelta(days=1))
    terms = begun_terms(calendar, viewer.today)
    term = chosen_term(terms, request.GET.get("termin", ""))
    absences = absences_in(viewer, pupils, term)
    on_paper = request.GET.get("visa") == "papper"
    rows = absent_days(viewer, pupils, term, absences)
    days = Paginator(rows, max(len(rows), 1) if on_paper else ON_A_PAGE)
    context = {
        "on_paper": on_paper,
        "coming": coming_reports(viewer, pupils),
        "terms": terms,
        "term": term,
        "days": days.get_page(request.GET.get("sida")),
        "overviews": overviews(viewer, pupils, term, absences),
        "may_report": may_report(viewer) and any(one.id in viewer.child_ids for one in pupils),
    }
    return render(request, "absence/index.html", context)
