"""A week of lessons, day by day, as families and staff are shown it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zlib import crc32

from skolnav.core.access.viewer import PupilInCare, Viewer
from skolnav.core.schools.calendar import Break, SchoolCalendar
from skolnav.core.tenancy import clock
from skolnav.core.timetable.computing import timetables_of_pupils
from skolnav.core.timetable.models import Lesson, LessonOccurrence
from skolnav.core.timetable.occurrences import Occurrence

from .asked import Asked

_SATURDAY = 5
_HUES = 72  # in steps of five degrees
# The subjects that stand beside each other every day, far apart on the wheel; others find their own place.
_HUES_OF_SUBJECTS = {
    "MA": 250, "SV": 345, "EN": 290, "NO": 150, "SO": 60, "IDH": 25, "MU": 200, "BL": 105, "SL": 85, "TK": 225,
    "BI": 135, "FY": 175, "KE": 120, "GE": 75, "HI": 45, "RE": 320, "SH": 10, "HKK": 95, "MT": 305,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Card:
    """A lesson where it stands in a week. `has_left`: this is where it was, it has been moved to another day.

    `address` leads to its page, for those of the staff who work with it.
    """

    lesson: Occurrence
    is_now: bool
    has_left: bool = False
    address: str = ""

    @property
    def hue(self) -> int:
        """The subject's colour, the same in every week."""
        said = self.lesson.subject_code or self.lesson.title
        return _HUES_OF_SUBJECTS.get(said, crc32(said.encode()) % _HUES * 5)

    @property
    def at(self) -> datetime:
        """When it begins, or began before it was moved."""
        return self.lesson.was.starts if self.has_left and self.lesson.was else self.lesson.starts

    @property
    def until(self) -> datetime:
        return self.lesson.was.ends if self.has_left and self.lesson.was else self.lesson.ends

    @property
    def where(self) -> str:
        """Room and people: "Sal 214 · Sara Holm"."""
        people = ", ".join([one.name for one in self.lesson.led_by])
        return " · ".join(filter(None, (self.lesson.room, people)))

    @property
    def has_other_room(self) -> bool:
        return self.lesson.was is not None and self.lesson.was.room != self.lesson.room


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a week; `closed` says why there is no school, where there is a reason with a name."""

    date: date
    cards: Sequence[Card]
    closed: Break | None
    is_in_term: bool
    is_today: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class PupilWeek:
    pupil: PupilInCare
    days: Sequence[Day]
    has_timetable: bool


def weeks_of_pupils(viewer: Viewer, pupils: Sequence[PupilInCare], asked: Asked) -> list[PupilWeek]:
    """Each pupil's week. Four statements, and one more where somebody's is empty: has their school a timetable?"""
    found, calendar = timetables_of_pupils(
        viewer.organiser_id, [pupil.id for pupil in pupils], asked.monday, asked.sunday, clip=False
    )
    lessons = {pupil.id: found.get(pupil.id, []) for pupil in pupils}
    dates = shown_dates(asked, [one for mine in lessons.values() for one in mine])
    empty = {pupil.school_id for pupil in pupils if not lessons[pupil.id]}
    with_timetable = schools_with_timetables(empty) if empty else set()
    return [
        PupilWeek(
            pupil,
            days_of(dates, lessons[pupil.id], calendar, pupil.school_id, asked),
            bool(lessons[pupil.id]) or pupil.school_id in with_timetable,
        )
        for pupil in pupils
    ]


def shown_dates(asked: Asked, lessons: Iterable[Occurrence]) -> list[date]:
    """Monday to Friday; a Saturday or Sunday only if something is on it, or it was asked for by name."""
    taken = {one.starts.date() for one in lessons} | {asked.chosen}
    dates = (asked.monday + timedelta(days=number) for number in range(7))
    return [day for day in dates if day.weekday() < _SATURDAY or day in taken]


def days_of(
    dates: Sequence[date],
    lessons: Iterable[Occurrence],
    calendar: SchoolCalendar,
    school_id: int,
    asked: Asked,
    address_of: Callable[[Occurrence], str] = lambda lesson: "",
) -> list[Day]:
    """The days with their lessons; one that was moved to another day leaves its mark where it was."""
    now = clock.now()
    today = now.astimezone(clock.STOCKHOLM).date()
    cards = sorted(
        (card for one in lessons for card in _cards(one, now, address_of(one))),
        key=lambda card: (card.at, card.until),
    )
    return [
        Day(
            day,
            [card for card in cards if card.at.date() == day],
            calendar.break_on(school_id, day),
            calendar.is_in_term(day),
            day == today,
            day == asked.chosen,
        )
        for day in dates
    ]


def schools_with_timetables(school_ids: Iterable[int]) -> set[int]:
    """Those of the schools that have any lesson at all, whatever the day. One statement."""
    weekly = Lesson.everything.filter(activity__school__in=list(school_ids)).order_by()
    single = LessonOccurrence.everything.filter(activity__school__in=list(school_ids)).order_by()
    found = weekly.values_list("activity__school_id").union(single.values_list("activity__school_id"))
    return {school_id for (school_id,) in found}


def _cards(lesson: Occurrence, now: datetime, address: str) -> list[Card]:
    is_now = lesson.starts <= now < lesson.ends and not lesson.is_cancelled
    cards = [Card(lesson, is_now, address=address)]
    if lesson.was and lesson.was.starts.date() != lesson.starts.date():
        cards.append(Card(lesson, False, has_left=True, address=address))
    return cards
