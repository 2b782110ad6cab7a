"""What may be reported of some pupils: their schools, school days, lessons and the schools' limits."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from skolnav.boxes.absence.models import AbsenceSettings
from skolnav.core.people.models import Enrolment
from skolnav.core.schools.calendar import FARTHEST, SchoolCalendar, school_calendar
from skolnav.core.tenancy import clock
from skolnav.core.timetable.computing import timetables_of_pupils
from skolnav.core.timetable.occurrences import Occurrence

from .settings import settings_of

# Nobody is ill by appointment: what is planned further ahead is leave, or a call to the school.
WEEKS_AHEAD = 3
# When a school day is over at a school that has no timetable here.
OVER_AT = time(16, 0)


@dataclass(frozen=True, slots=True)
class Place:
    """A school that a pupil goes to between two days; `until` is None while it goes on."""

    school_id: int
    since: date
    until: date | None


@dataclass(frozen=True)
class Reportable:
    """One pupil's days as a report may be about them. `lessons` are those from today to the last day asked for."""

    pupil_id: int
    name: str
    places: Sequence[Place]
    lessons: Sequence[Occurrence]
    calendar: SchoolCalendar
    settings: Mapping[int, AbsenceSettings]
    now: datetime

    @property
    def today(self) -> date:
        return self.now.astimezone(clock.STOCKHOLM).date()

    @property
    def last_day(self) -> date:
        """The last day that may be reported."""
        return self.today + timedelta(weeks=WEEKS_AHEAD)

    def school_on(self, day: date) -> int | None:
        """The school that the pupil goes to on a day: the day of a change, the new one decides."""
        theirs = [one for one in self.places if one.since <= day and (one.until is None or one.until >= day)]
        return max(theirs, key=lambda one: one.since).school_id if theirs else None

    def settings_on(self, day: date) -> AbsenceSettings:
        """What the school of the day has chosen."""
        return self.settings.get(self.school_on(day) or 0) or AbsenceSettings()

    def is_school_day(self, day: date) -> bool:
        school = self.school_on(day)
        return school is not None and self.calendar.is_school_day(school, day)

    def school_days(self, first: date, last: date) -> list[date]:
        """The pupil's school days between two days, inclusive."""
        days = (first + timedelta(days=number) for number in range((last - first).days + 1))
        return [day for day in days if self.is_school_day(day)]

    def lessons_on(self, day: date) -> list[Occurrence]:
        """The lessons that will be on a day, in order: no breaks, none that is cancelled."""
        return [one for one in self.lessons if one.is_teaching and one.starts.date() == day]

    def is_over(self, day: date) -> bool:
        """Whether the last lesson of the day has ended."""
        ends = [one.ends for one in self.lessons_on(day)]
        return self.now >= (max(ends) if ends else datetime.combine(day, OVER_AT, clock.STOCKHOLM))

    def coming_days(self) -> list[date]:
        """The school days that can still be reported, today among them until it is over."""
        days = self.school_days(self.today, self.last_day)
        return [day for day in days if day != self.today or not self.is_over(day)]

    def opens(self, day: date) -> datetime | None:
        """From which moment a guardian may report a day: None for the whole of it. Where the school has locked the
        lesson that is on, the next one; the end of the day when none is left."""
        locks_at = self.settings_on(day).locks_at
        if day != self.today or locks_at is None or self.now.astimezone(clock.STOCKHOLM).time() < locks_at:
            return None
        lessons = self.lessons_on(day)
        if not lessons:
            return self.now
        if lessons[0].starts > self.now:
            return None
        return next((one.starts for one in lessons if one.starts > self.now), clock.end_of(day))

    def changes_from(self) -> datetime:
        """What lies before this moment has been, and stays as it was reported: today's lessons that have begun."""
        lessons = self.lessons_on(self.today)
        if not lessons or lessons[0].starts > self.now:
            return clock.start_of(self.today)
        return next((one.starts for one in lessons if one.starts > self.now), self.now)

    def back_for(self) -> datetime | None:
        """When a pupil who is well again can be back today: for the next lesson; None when none is left."""
        if not self.is_school_day(self.today) or self.is_over(self.today):
            return None
        lessons = self.lessons_on(self.today)
        if not lessons:
            return self.now
        if lessons[0].starts > self.now:
            return clock.start_of(self.today)
        return next((one.starts for one in lessons if one.starts > self.now), None)


def reportable(
    organiser_id: int, names: Mapping[int, str], lessons_until: date | None = None
) -> dict[int, Reportable]:
    """By pupil: what may be reported, with lessons from today to a day (the next school day). Six statements.

    `names` are the pupils, who came through a door, as a refusal calls them. Needs the tenant's scope.
    """
    now = clock.now()
    today = now.astimezone(clock.STOCKHOLM).date()
    calendar = school_calendar(organiser_id, today, today + timedelta(days=FARTHEST))
    places = _places(names)
    settings = settings_of({place.school_id for theirs in places.values() for place in theirs})
    farthest = today + timedelta(weeks=WEEKS_AHEAD)
    until = min(lessons_until or _next_school_day(calendar, places, today), farthest)
    theirs, _ = timetables_of_pupils(organiser_id, names, today, max(today, until), calendar=calendar)
    return {
        pupil_id: Reportable(
            pupil_id, name, places[pupil_id], theirs.get(pupil_id, ()), calendar, settings, now
        )
        for pupil_id, name in names.items()
    }


def _next_school_day(calendar: SchoolCalendar, places: Mapping[int, Sequence[Place]], today: date) -> date:
    """The latest of the pupils' next school days; today where none comes."""
    schools = {place.school_id for theirs in places.values() for place in theirs}
    return max((calendar.next_school_day(school, today) or today for school in schools), default=today)


def _places(pupil_ids: Iterable[int]) -> dict[int, list[Place]]:
    """Where each pupil goes to school, with dates; fritids is no school. One statement."""
    found: dict[int, list[Place]] = defaultdict(list)
    rows = Enrolment.everything.filter(pupil__in=list(pupil_ids)).exclude(school_type="FTH")
    for pupil_id, school_id, since, until in rows.values_list(
        "pupil_id", "school_id", "valid_from", "valid_until"
    ):
        found[pupil_id].append(Place(school_id, since, until))
    return found
