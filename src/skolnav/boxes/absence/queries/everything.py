"""All absence of a term, day by day: what was reported or granted, and what teachers have registered."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from skolnav.boxes.absence.models import AbsenceReport, LessonAttendance
from skolnav.core.access.viewer import PupilInCare, Viewer
from skolnav.core.presence.models import Absence, Reason
from skolnav.core.tenancy import clock
from skolnav.core.web.words import say_times

from .overview import attendance_of
from .reports import said_by
from .saying import said_times
from .terms import TermChoice

State = LessonAttendance.State


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of a day. `tone` "alert" is absence that nobody has explained."""

    text: str
    soft: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class AbsentDay:
    """One pupil's day, with all that is known of it."""

    pupil: PupilInCare
    day: date
    facts: Sequence[Fact]


def absences_in(viewer: Viewer, pupils: Sequence[PupilInCare], term: TermChoice) -> list[Absence]:
    """What was reported or granted for the pupils' days of a term up to today. One statement."""
    last = min(term.last_day, viewer.today)
    rows = Absence.objects.visible_to(viewer).filter(
        pupil__in=[pupil.id for pupil in pupils], day__gte=term.first_day, day__lte=last
    )
    return list(rows.order_by("starts"))


def absent_days(
    viewer: Viewer, pupils: Sequence[PupilInCare], term: TermChoice, absences: Sequence[Absence]
) -> list[AbsentDay]:
    """Each day of the term with absence, the latest first. Two statements."""
    said: dict[tuple[date, int], list[Fact]] = defaultdict(list)
    reports = _reports(absences)
    by_source: dict[tuple[str, date], list[Absence]] = defaultdict(list)
    for one in absences:
        by_source[one.source, one.day].append(one)
    for (source, day), parts in by_source.items():
        said[day, parts[0].pupil_id].append(_reported(viewer, parts, reports.get(source)))
    rows = attendance_of(viewer, pupils, term.first_day, term.last_day).exclude(state=State.PRESENT)
    for line in rows.select_related("register").order_by("register__starts"):
        key = line.day, line.pupil_id
        # What a report of the day has explained already is not said once for each lesson.
        if line.state != State.ABSENT or line.invalid_minutes or not said[key]:
            said[key].append(_registered(line))
    theirs = {pupil.id: pupil for pupil in pupils}
    order = sorted((key for key, facts in said.items() if facts), reverse=True)
    return [AbsentDay(theirs[pupil_id], day, said[day, pupil_id]) for day, pupil_id in order]


def _reports(absences: Iterable[Absence]) -> dict[str, AbsenceReport]:
    """The reports behind the absences, by source. One statement."""
    prefix = AbsenceReport.SOURCE
    keys = {one.source.removeprefix(prefix) for one in absences if one.source.startswith(prefix)}
    found = AbsenceReport.everything.filter(pk__in=keys).select_related("reported_by")
    return {one.source: one for one in found}


def _reported(viewer: Viewer, parts: Sequence[Absence], report: AbsenceReport | None) -> Fact:
    reason = str(Reason(parts[0].reason).label)
    whole = any(one.is_whole_day for one in parts)
    times = _("hela dagen") if whole else said_times(parts)
    return Fact(f"{reason}, {times}", said_by(viewer, report) if report else "")


def _registered(line: LessonAttendance) -> Fact:
    """What a teacher has registered: the lesson, how, and whether it is explained."""
    register = line.register
    times = say_times(register.starts.astimezone(clock.STOCKHOLM), register.ends.astimezone(clock.STOCKHOLM))
    name = f"{register.subject or _('Hela dagen')} {times}"
    if line.state == State.ABSENT:
        said = _("borta")
    else:
        minutes = line.minutes
        words = (
            ngettext("%(minutes)s minut sen", "%(minutes)s minuter sen", minutes)
            if line.state == State.LATE
            else ngettext(
                "gick %(minutes)s minut före slutet", "gick %(minutes)s minuter före slutet", minutes
            )
        )
        said = words % {"minutes": minutes}
    unexplained = _("Inte anmält") if line.invalid_minutes else ""
    return Fact(f"{name}: {said}", unexplained, "alert" if line.invalid_minutes else "")
