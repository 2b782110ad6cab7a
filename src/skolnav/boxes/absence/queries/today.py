"""What the start page's cards say of absence."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils.translation import gettext as _

from skolnav.core.access.viewer import Viewer
from skolnav.core.boxes.registry import BoxToday, DayFact, PreviewLine, PupilDay
from skolnav.core.presence.models import Absence, Reason
from skolnav.core.tenancy import clock
from skolnav.core.web.addresses import url
from skolnav.core.web.words import say_day

from .reportable import WEEKS_AHEAD
from .saying import said_times
from .waiting import todo_of


def today(viewer: Viewer, days: Sequence[PupilDay]) -> BoxToday:
    """Who is reported away, the way to report, absence to explain, and leave to say yes or no to.

    One statement for all of them: the days hold their absences.
    """
    facts: dict[int, list[DayFact]] = {}
    lines = []
    for day in days:
        states = _states(day)
        facts[day.pupil.id] = [*states, *_actions(viewer, day)]
        lines += [PreviewLine(one.text, (day.pupil,)) for one in states]
    todo = todo_of(viewer, [day.pupil for day in days])
    return BoxToday(lines=lines, todo=todo, facts=facts, nothing=_("Ingen är anmäld borta."))


def _states(day: PupilDay) -> list[DayFact]:
    """The tag beside the hours: "Sjuk i dag", "Borta 13.00–14.20", "Ledig i dag"."""
    away = day.absences_on(day.day)
    if day.day is None or not away:
        return []
    whole = next((one for one in away if one.is_whole_day), None)
    if whole is None:
        text = _("Borta %(times)s") % {"times": said_times(away)}
        return [DayFact(text, "thermometer", place="state", tone="heed", order=10)]
    said = {
        Reason.ILL: _("Sjuk %(day)s"),
        Reason.LEAVE: _("Ledig %(day)s"),
    }.get(Reason(whole.reason), _("Borta %(day)s"))
    return [DayFact(said % {"day": say_day(day.day)}, "thermometer", place="state", tone="heed", order=10)]


def _actions(viewer: Viewer, day: PupilDay) -> list[DayFact]:
    """ "Anmäl frånvaro", or "Frisk igen" for a child who is reported away; nothing for a pupil, nor in a lov so long
    that there is no day to report yet."""
    if day.pupil.id not in viewer.child_ids:
        return []
    if any(_lasts(one) for one in day.absences_on(day.day)):
        address = url("absence:well_now", pupil=day.pupil.public_id)
        return [DayFact(_("Frisk igen"), "sun", address, place="action", order=10)]
    if day.day is None or day.day > day.today + timedelta(weeks=WEEKS_AHEAD):
        return []
    address = url("absence:report", pupil=day.pupil.public_id)
    return [DayFact(_("Anmäl frånvaro"), "thermometer", address, place="action", order=10)]


def _lasts(absence: Absence) -> bool:
    """Whether it was reported to the day's end: not leave, nor lessons that were ticked."""
    lasts = absence.is_whole_day or absence.ends >= clock.end_of(absence.day)
    return lasts and absence.kind == Absence.Kind.REPORTED
