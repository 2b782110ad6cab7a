"""When a child who is well again can be back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from skolnav.boxes.absence.models import AbsenceReport
from skolnav.core.tenancy import clock
from skolnav.core.web.words import say_day, say_time, upper_first

from .reportable import Reportable

NOW = "now"


@dataclass(frozen=True, slots=True)
class WayBack:
    """A moment from which the child is back; `value` is what its button sends."""

    value: str
    label: str
    moment: datetime


def ways_back(report: AbsenceReport, pupil: Reportable) -> list[WayBack]:
    """Today, from the next lesson, and each later school day of the report. None when there is nothing left of it."""
    if report.withdrawn_at is not None:
        return []
    today = pupil.today
    found = []
    back = pupil.back_for() if report.first_day <= today <= report.last_day else None
    if back is not None:
        found.append(WayBack(NOW, _label(back), back))
    first = max(today + timedelta(days=1), report.first_day)
    return found + [
        WayBack(day.isoformat(), upper_first(say_day(day)), clock.start_of(day))
        for day in pupil.school_days(first, report.last_day)
    ]


def _label(back: datetime) -> str:
    if back == clock.start_of(clock.today()):
        return _("I dag, från första lektionen")
    return _("I dag, från %(time)s") % {"time": say_time(back)}
