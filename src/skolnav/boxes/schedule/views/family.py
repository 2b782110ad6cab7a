"""The families' side: a day or a week of one child, or of all of them."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect

from skolnav.core.access.pages import HubRequest, page
from skolnav.core.notifications.reading import meet
from skolnav.core.web import render
from skolnav.core.web.addresses import url

from ..queries.asked import asked_for
from ..queries.news import entries_of, shown_in, unseen_by
from ..queries.weeks import weeks_of_pupils
from ..rules import may_open


@page(may_open)
def index(request: HubRequest, pupil: str | None = None) -> HttpResponse:
    pupils = request.viewer.chosen(pupil)
    asked = asked_for(request.GET, request.viewer.today)
    weeks = weeks_of_pupils(request.viewer, pupils, asked)
    met, elsewhere = shown_in(unseen_by(request.viewer, pupils), asked)
    meet(request.viewer.person_id, entries_of(met))
    return render(
        request, "schedule/index.html", {"asked": asked, "weeks": weeks, "elsewhere": elsewhere[:5]}
    )


@page(may_open)
def day(request: HubRequest, day: date, pupil: str | None = None) -> HttpResponse:
    """Where notices, the calendar and the search lead: the same page, on that day."""
    request.viewer.chosen(pupil)
    return redirect(f"{url('schedule:index', pupil=pupil)}?dag={day.isoformat()}")
