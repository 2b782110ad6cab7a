"""From what is wanted to the stretches that hold: every limit of a report, each with its plain answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from skolnav.boxes.absence.models import AbsenceReport
from skolnav.boxes.absence.queries.reportable import WEEKS_AHEAD, Reportable
from skolnav.core.people.actions.refusals import Refused
from skolnav.core.presence.stretches import Away, after
from skolnav.core.tenancy import clock
from skolnav.core.timetable.occurrences import Occurrence
from skolnav.core.web.words import say_date, say_day, say_time, upper_first

Extent = AbsenceReport.Extent


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to report. `starts` (aware) is of REST, None for this moment; `lessons` are the addresses
    of LESSONS, (public id, day)."""

    extent: AbsenceReport.Extent
    first_day: date
    last_day: date
    reason: str
    note: str = ""
    starts: datetime | None = None
    lessons: tuple[tuple[str, date], ...] = ()


class NotReportable(Refused):
    """What is wanted may not be; `field` is the part of it that the message is about: when, last_day or lessons."""

    def __init__(self, message: str, field: str = "when") -> None:
        super().__init__(message)
        self.field = field


def away_of(wanted: Wanted, pupil: Reportable, *, by_staff: bool = False) -> list[Away]:
    """The stretches that a report makes for a pupil. Raises NotReportable.

    A school's lock and the end of the day bind guardians; the office may type in what came by telephone before.
    """
    _check_days(wanted, pupil)
    if wanted.extent == Extent.LESSONS:
        return [Away(one.starts.date(), one.starts, one.ends) for one in _lessons(wanted, pupil, by_staff)]
    days = pupil.school_days(wanted.first_day, wanted.last_day)
    _check_school_days(wanted, pupil, days)
    return _rest(wanted, pupil, by_staff) if wanted.extent == Extent.REST else _days(days, pupil, by_staff)


def _check_days(wanted: Wanted, pupil: Reportable) -> None:
    if wanted.first_day < pupil.today:
        raise NotReportable(
            _(
                "%(day)s har redan varit och kan inte anmälas här. Kontakta skolan om det har blivit fel, "
                "eller välj i dag eller en senare dag."
            )
            % {"day": upper_first(say_day(wanted.first_day))}
        )
    if wanted.last_day < wanted.first_day:
        raise NotReportable(_("Sista dagen ligger före den första. Byt plats på dem."), "last_day")
    if wanted.last_day > pupil.last_day:
        raise NotReportable(
            _(
                "Du kan anmäla frånvaro högst %(weeks)s veckor i förväg, till och med %(day)s. "
                "Ansök om ledighet eller kontakta skolan om det gäller senare."
            )
            % {"weeks": WEEKS_AHEAD, "day": say_date(pupil.last_day)},
            "last_day",
        )


def _check_school_days(wanted: Wanted, pupil: Reportable, days: list[date]) -> None:
    if not days:
        raise NotReportable(_no_school(wanted, pupil))
    most = pupil.settings_on(days[0]).most_days
    if len(days) > most:
        raise NotReportable(
            _(
                "Du kan anmäla högst %(most)s skoldagar åt gången, till och med %(day)s. "
                "Kontakta skolan om %(name)s är borta längre."
            )
            % {"most": most, "day": say_date(days[most - 1]), "name": pupil.name},
            "last_day",
        )


def _no_school(wanted: Wanted, pupil: Reportable) -> str:
    """Why there is nothing to report, with the break's name where it has one."""
    day, school = wanted.first_day, pupil.school_on(wanted.first_day)
    closed = pupil.calendar.break_on(school, day) if school is not None else None
    said = {"day": upper_first(say_day(day)), "name": pupil.name, "why": closed.name if closed else ""}
    if wanted.last_day > day:
        return _("%(name)s har ingen skoldag de dagarna.") % said
    if closed and closed.name:
        return _("%(day)s är ingen skoldag för %(name)s: %(why)s.") % said
    return _("%(day)s är ingen skoldag för %(name)s.") % said


def _days(days: Iterable[date], pupil: Reportable, by_staff: bool) -> list[Away]:
    found = []
    for day in days:
        if by_staff or day != pupil.today:
            found.append(Away(day))
            continue
        opens = pupil.opens(day)
        if not pupil.is_over(day):
            found += after(opens, [Away(day)]) if opens else [Away(day)]
    if not found:
        raise NotReportable(_over(pupil))
    return found


def _over(pupil: Reportable) -> str:
    if pupil.is_over(pupil.today):
        return _("Dagen är slut för %(name)s. Välj nästa skoldag.") % {"name": pupil.name}
    return _(
        "Skolan tar inte emot anmälningar till lektioner som har börjat, och %(name)s har inga fler i dag. Ring skolan."
    ) % {"name": pupil.name}


def _rest(wanted: Wanted, pupil: Reportable, by_staff: bool) -> list[Away]:
    day, starts = wanted.first_day, wanted.starts or pupil.now
    if starts.astimezone(clock.STOCKHOLM).date() != day or wanted.last_day != day:
        raise NotReportable(_("Resten av dagen gäller en enda dag. Välj flera dagar i stället."))
    lessons = pupil.lessons_on(day)
    if not lessons:
        raise NotReportable(_no_timetable(pupil, day))
    if not by_staff:
        starts = max(starts, pupil.now, pupil.opens(day) or starts)
    if lessons[-1].ends <= starts:
        raise NotReportable(_over(pupil))
    return [Away(day, starts, clock.end_of(day))]


def _no_timetable(pupil: Reportable, day: date) -> str:
    return _("%(name)s har inga lektioner i schemat %(day)s. Välj hela dagen.") % {
        "name": pupil.name,
        "day": say_day(day),
    }


def _lessons(wanted: Wanted, pupil: Reportable, by_staff: bool) -> list[Occurrence]:
    if not wanted.lessons:
        raise NotReportable(_("Välj minst en lektion för %(name)s.") % {"name": pupil.name}, "lessons")
    theirs = {(one.public_id, one.day): one for one in pupil.lessons if one.is_teaching}
    found = [theirs.get(address) for address in wanted.lessons]
    kept = [one for one in found if one is not None and one.starts.date() <= pupil.last_day]
    if len(kept) < len(found):
        raise NotReportable(
            _("En av lektionerna står inte längre i schemat för %(name)s. Välj igen.") % {"name": pupil.name},
            "lessons",
        )
    for lesson in kept if not by_staff else ():
        _check_lesson(lesson, pupil)
    return sorted(kept, key=lambda one: one.starts)


def _check_lesson(lesson: Occurrence, pupil: Reportable) -> None:
    said = {"lesson": lesson.title, "time": say_time(lesson.starts)}
    if lesson.ends <= pupil.now:
        raise NotReportable(_("%(lesson)s %(time)s är redan slut. Ta bort den.") % said, "lessons")
    opens = pupil.opens(lesson.starts.date())
    if opens is not None and lesson.starts < opens:
        raise NotReportable(
            _(
                "%(lesson)s %(time)s har börjat, och skolan tar inte längre emot anmälan till den. Ta bort den."
            )
            % said,
            "lessons",
        )
