"""What the start page's cards say of absence."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.utils.translation import gettext as _

from skolnav.boxes.absence.models import UnexcusedCase
from skolnav.core.access.viewer import PupilInCare, Viewer
from skolnav.core.boxes.registry import BoxToday, DayFact, PreviewLine, PupilDay, Waiting
from skolnav.core.presence.models import Absence, Reason
from skolnav.core.tenancy import clock
from skolnav.core.web.addresses import url, url_if_there
from skolnav.core.web.words import say_day, upper_first

from .leave import leave_todo
from .saying import said_times

# What nobody has explained in two weeks is the mentor's to take up, and no longer on the start page.
LOOKS_BACK = timedelta(days=14)
MOST_TO_EXPLAIN = 6


def today(viewer: Viewer, days: Sequence[PupilDay]) -> BoxToday:
    """Who is reported away, the way to report, absence to explain, and leave to say yes or no to.

    Two statements at most, for all of them: the days hold their absences.
    """
    facts: dict[int, list[DayFact]] = {}
    lines = []
    for day in days:
        states = _states(day)
        facts[day.pupil.id] = [*states, *_actions(viewer, day)]
        lines += [PreviewLine(one.text, (day.pupil,)) for one in states]
    todo = [*_to_explain(viewer, days), *leave_todo(viewer, [day.pupil for day in days])]
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
    """ "Anmäl frånvaro", or "Frisk igen" for a child who is reported away; nothing for a pupil."""
    if day.pupil.id not in viewer.child_ids:
        return []
    if any(_lasts(one) for one in day.absences_on(day.day)):
        address = url("absence:well_now", pupil=day.pupil.public_id)
        return [DayFact(_("Frisk igen"), "sun", address, place="action", order=10)]
    address = url("absence:report", pupil=day.pupil.public_id)
    return [DayFact(_("Anmäl frånvaro"), "thermometer", address, place="action", order=10)]


def _lasts(absence: Absence) -> bool:
    """Whether it was reported to the day's end: not leave, nor lessons that were ticked."""
    lasts = absence.is_whole_day or absence.ends >= clock.end_of(absence.day)
    return lasts and absence.kind == Absence.Kind.REPORTED


def _to_explain(viewer: Viewer, days: Iterable[PupilDay]) -> list[Waiting]:
    """Unexcused absence of the children's last days. One statement."""
    children: dict[int, PupilInCare] = {
        day.pupil.id: day.pupil for day in days if day.pupil.id in viewer.child_ids
    }
    if not children:
        return []
    cases = UnexcusedCase.objects.visible_to(viewer).filter(
        pupil__in=children, excused_at=None, minutes__gt=0, day__gte=viewer.today - LOOKS_BACK
    )
    return [_waiting(case, children[case.pupil_id]) for case in cases.order_by("day")[:MOST_TO_EXPLAIN]]


def _waiting(case: UnexcusedCase, pupil: PupilInCare) -> Waiting:
    return Waiting(
        title=_("%(name)s har varit borta utan anmälan") % {"name": pupil.short_name},
        soft=_("%(day)s, %(minutes)s minuter")
        % {"day": upper_first(say_day(case.day)), "minutes": case.minutes},
        address=url_if_there("absence:case", pupil=pupil.public_id, case=case.public_id)
        or url("absence:index", pupil=pupil.public_id),
        button=_("Förklara"),
        pupils=(pupil,),
    )
