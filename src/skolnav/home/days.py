"""Each child's day: which one it is, its hours, and what the boxes know of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from skolnav.core.access.viewer import PupilInCare, Viewer
from skolnav.core.boxes.registry import Box, BoxToday, DayFact, PupilDay
from skolnav.core.presence.reading import absences_of
from skolnav.core.schools.calendar import FARTHEST, SchoolCalendar, school_calendar
from skolnav.core.tenancy import clock
from skolnav.core.timetable.computing import timetable
from skolnav.core.timetable.occurrences import Occurrence


@dataclass(frozen=True)
class Today:
    """What the boxes with a state say of the pupils' days, by box and by pupil."""

    days: Sequence[PupilDay]
    of_box: dict[str, BoxToday] = field(default_factory=dict)

    def facts_of(self, pupil: PupilInCare, place: str) -> list[DayFact]:
        """What stands in a place of a pupil's card, in order."""
        said = [fact for box in self.of_box.values() for fact in box.facts.get(pupil.id, ())]
        return sorted((fact for fact in said if fact.place == place), key=lambda fact: fact.order)


def today_of(viewer: Viewer, pupils: Sequence[PupilInCare], boxes: Sequence[Box]) -> Today:
    """The pupils' days, and what each of the boxes knows of those whose school uses it.

    Four statements, and one of each box that has a state.
    """
    days = pupil_days(viewer, pupils)
    return Today(days, {box.key: box.today(viewer, days) for box in boxes if box.today})


def pupil_days(viewer: Viewer, pupils: Sequence[PupilInCare]) -> list[PupilDay]:
    """For each pupil today until the last lesson is over, then the next school day. Four statements."""
    today, now = viewer.today, clock.now()
    calendar = school_calendar(viewer.organiser_id, today, today + timedelta(days=FARTHEST))
    coming = {pupil.id: calendar.next_school_day(pupil.school_id, today) for pupil in pupils}
    last = max([day for day in coming.values() if day], default=today)
    groups = {group.id for pupil in pupils for group in pupil.groups}
    found = timetable(viewer.organiser_id, "groups", sorted(groups), today, last, calendar=calendar)
    absences = absences_of([pupil.id for pupil in pupils], today, last)
    days = []
    for pupil in pupils:
        mine = {group.id for group in pupil.groups}
        lessons = [one for one in found.occurrences if mine & one.group_ids]
        day = today if _is_going_on(pupil, calendar, lessons, now) else coming[pupil.id]
        of_day = [one for one in lessons if one.starts.date() == day]
        away = [one for one in absences.get(pupil.id, ()) if one.day in (today, day)]
        days.append(PupilDay(pupil, day, today, of_day, away, calendar))
    return days


def _is_going_on(
    pupil: PupilInCare, calendar: SchoolCalendar, lessons: Sequence[Occurrence], now: datetime
) -> bool:
    """Whether today still counts: a school day whose last lesson is not over; without lessons, all day."""
    today = now.astimezone(clock.STOCKHOLM).date()
    ends = [one.ends for one in lessons if one.is_teaching and one.starts.date() == today]
    return max(ends) > now if ends else calendar.is_school_day(pupil.school_id, today)
