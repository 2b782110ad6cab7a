"""What the form for reporting offers: days and lessons, by what can still be reported."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from skolnav.core.access.viewer import PupilInCare
from skolnav.core.tenancy import clock
from skolnav.core.timetable.occurrences import Occurrence
from skolnav.core.web.words import say_date, say_day, say_times, upper_first

from .reportable import Reportable

REST, LESSONS, DAYS = "rest", "lessons", "days"
MOST_LAST_DAYS = 9
Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class LessonChoice:
    """A lesson that can be ticked. `value` is its place in the form: pupil, lesson and day."""

    value: str
    pupil_id: int
    address: tuple[str, date]
    label: str


@dataclass(frozen=True, slots=True)
class LessonsOfDay:
    """A child's lessons of one day."""

    pupil: PupilInCare
    day: date
    lessons: Sequence[LessonChoice]


def coming_days(of: Sequence[Reportable]) -> list[date]:
    """The days that can be reported for any of the pupils."""
    return sorted({day for pupil in of for day in pupil.coming_days()})


def whens(days: Sequence[date], of: Sequence[Reportable], lessons: Sequence[LessonsOfDay]) -> list[Choice]:
    """The nearest day, what is left of it, the day after it, lessons, several days: what there is of these."""
    first = [(days[0].isoformat(), _("%(day)s, hela dagen") % {"day": upper_first(say_day(days[0]))})]
    today = clock.today()
    rest = [(REST, _("Resten av dagen"))] if any(one.lessons_on(today) for one in of) else []
    second = [(day.isoformat(), upper_first(say_day(day))) for day in days[1:2]]
    parts = [(LESSONS, _("Vissa lektioner"))] if lessons else []
    return [*first, *(rest if days[0] == today else []), *second, *parts, (DAYS, _("Flera dagar"))]


def last_days(days: Sequence[date], of: Sequence[Reportable]) -> list[Choice]:
    """ "t.o.m. fre 27 nov": up to as many school days as the school takes at once."""
    most = min((pupil.settings_on(days[0]).most_days for pupil in of), default=1)
    shown = days[1 : min(most, MOST_LAST_DAYS + 1)]
    return [(day.isoformat(), _("t.o.m. %(day)s") % {"day": say_date(day)}) for day in shown]


def lessons_to_tick(pupil: PupilInCare, facts: Reportable) -> list[LessonsOfDay]:
    """The child's lessons that can be reported, of today and of the next school day."""
    days = facts.coming_days()
    shown = days[:2] if days[:1] == [facts.today] else days[:1]
    found = []
    for day in shown:
        opens = facts.opens(day)
        left = [
            _choice(pupil, one)
            for one in facts.lessons_on(day)
            if one.ends > facts.now and (opens is None or one.starts >= opens)
        ]
        if left:
            found.append(LessonsOfDay(pupil, day, left))
    return found


def _choice(pupil: PupilInCare, lesson: Occurrence) -> LessonChoice:
    return LessonChoice(
        value=f"{pupil.public_id}.{lesson.public_id}.{lesson.day.isoformat()}",
        pupil_id=pupil.id,
        address=(lesson.public_id, lesson.day),
        label=f"{say_times(lesson.starts, lesson.ends)} {lesson.title}",
    )
