"""The school day of a municipality, for measuring: every class's week of lessons, and one school of 900 pupils."""

from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from typing import Any

from skolnav.core.people.models import AssignmentRole, Duty, Enrolment, Group, Membership, Person
from skolnav.core.people.models.guardianship import Source
from skolnav.core.schools.models import Organiser, SchoolUnit, SchoolYear, Term
from skolnav.core.tenancy import clock
from skolnav.core.timetable.models import Activity, ActivityGroup, ActivityTeacher, Lesson, Room

from .lessons import FIRST_YEARS, MIDDLE_YEARS, SUBJECTS
from .people import school_year_start

LARGE_SCHOOL = "Storskolan"
# 36 classes of 25: years F to 8, four of each.
CLASSES_OF_THE_LARGE = [f"{year}{letter}" for year in range(9) for letter in "ABCD"]
PUPILS_OF_A_CLASS = 25


class Days:
    """Writes rows in bulk through `save(what, model, rows, total)`, which gives them back with their ids."""

    def __init__(self, organiser: Organiser, save: Any) -> None:
        self.organiser, self.save, self.since = organiser, save, school_year_start()
        self.common: dict[str, Any] = {
            "organiser": organiser,
            "source": Source.IMPORT,
            "valid_from": self.since,
        }

    def plan_the_year(self) -> None:
        """The school year with its terms, or no day would be a school day."""
        last_day = date(self.since.year + 1, 6, 11)
        year = SchoolYear.objects.create(
            organiser=self.organiser, name=f"{self.since.year}", first_day=self.since, last_day=last_day
        )
        spring = date(self.since.year + 1, 1, 11)
        Term.objects.create(
            school_year=year,
            kind=Term.Kind.AUTUMN,
            first_day=self.since,
            last_day=spring - timedelta(days=20),
        )
        Term.objects.create(school_year=year, kind=Term.Kind.SPRING, first_day=spring, last_day=last_day)

    def teach(self, groups: list[Group], teachers: list[Person]) -> None:
        """A week of lessons for each class, all of them its mentor's."""
        rooms = self.save(
            "Rooms",
            Room,
            (Room(organiser=self.organiser, school_id=g.school_id, name=f"Sal {g.name}") for g in groups),
            len(groups),
        )
        subjects = len(SUBJECTS)
        activities = self.save("Activities", Activity, self._activities(groups), subjects * len(groups))
        of_class = [activities[i : i + subjects] for i in range(0, len(activities), subjects)]
        pairs = [(group, one) for group, mine in zip(groups, of_class, strict=True) for one in mine]
        self.save(
            "Activities' groups",
            ActivityGroup,
            (ActivityGroup(activity=one, group=group) for group, one in pairs),
            len(pairs),
        )
        teaching = [
            (teacher, one)
            for teacher, mine in zip(teachers, of_class, strict=True)
            for one in mine
            if one.subject_code
        ]
        self.save(
            "Activities' teachers",
            ActivityTeacher,
            (ActivityTeacher(activity=one, person=t, valid_from=self.since) for t, one in teaching),
            len(teaching),
        )
        lessons = list(self._lessons(groups, of_class, rooms))
        self.save("Lessons", Lesson, iter(lessons), len(lessons))

    def _activities(self, groups: Iterable[Group]) -> Iterator[Activity]:
        for group in groups:
            for code, subject in SUBJECTS.items():
                yield Activity(
                    **self.common,
                    school_id=group.school_id,
                    kind=Activity.Kind.TEACHING if code else Activity.Kind.BREAK,
                    name=f"{subject} {group.name}",
                    subject_code=code,
                    subject=subject,
                )

    def _lessons(
        self, groups: list[Group], of_class: list[list[Activity]], rooms: list[Room]
    ) -> Iterator[Lesson]:
        for number, (group, mine, room) in enumerate(zip(groups, of_class, rooms, strict=True)):
            by_code = {one.subject_code: one for one in mine}
            week = FIRST_YEARS if int(group.name[:-1]) < 4 else MIDDLE_YEARS
            for weekday, lessons in week.items():
                for starts, ends, said in lessons:
                    code, _, letter = said.partition("/")
                    yield self._lesson(by_code[code], (weekday + number) % 5, (starts, ends), letter, room)

    def _lesson(
        self, activity: Activity, weekday: int, hours: tuple[str, str], letter: str, room: Room
    ) -> Lesson:
        return Lesson(
            organiser=self.organiser,
            activity=activity,
            weekday=weekday,
            starts_at=time.fromisoformat(hours[0]),
            ends_at=time.fromisoformat(hours[1]),
            weeks=2 if letter else 1,
            week=1 if letter == "B" else 0,
            cycle_start=clock.monday_of(self.since),
            first_day=self.since,
            last_day=date(self.since.year + 1, 6, 11),
            room=room,
            source=Source.IMPORT,
        )


class LargeSchool:
    """A school of 900 pupils with a mentor for each class and a principal: what the office's desk is measured on."""

    def __init__(self, days: Days, person: Any, accounts: Any) -> None:
        self.days, self.person, self.accounts = days, person, accounts

    def build(self) -> None:
        """Its people and their lessons. (No homes: those of the municipality are measured by themselves.)"""
        days = self.days
        [school] = days.save(
            "The large school", SchoolUnit, iter([SchoolUnit(organiser=days.organiser, name=LARGE_SCHOOL)]), 1
        )
        groups = days.save(
            "Its classes",
            Group,
            (
                Group(**days.common, school=school, name=name, kind=Group.Kind.CLASS)
                for name in CLASSES_OF_THE_LARGE
            ),
            len(CLASSES_OF_THE_LARGE),
        )
        self._pupils(school, groups)
        days.teach(groups, self._staff(school, groups))

    def _pupils(self, school: SchoolUnit, groups: list[Group]) -> None:
        places = [group for group in groups for _ in range(PUPILS_OF_A_CLASS)]
        pupils = self.days.save(
            "Its pupils", Person, (self.person(year=int(g.name[:-1])) for g in places), len(places)
        )
        common = self.days.common
        self.days.save(
            "Its enrolments",
            Enrolment,
            (
                Enrolment(**common, pupil=pupil, school=school, school_year=int(group.name[:-1]))
                for pupil, group in zip(pupils, places, strict=True)
            ),
            len(places),
        )
        self.days.save(
            "Its memberships",
            Membership,
            (
                Membership(**common, person=pupil, group=group)
                for pupil, group in zip(pupils, places, strict=True)
            ),
            len(places),
        )

    def _staff(self, school: SchoolUnit, groups: list[Group]) -> list[Person]:
        people = self.days.save(
            "Its staff", Person, (self.person() for _ in range(len(groups) + 1)), len(groups) + 1
        )
        teachers, principal = people[:-1], people[-1]
        roles = [*((one, Duty.Role.TEACHER) for one in teachers), (principal, Duty.Role.PRINCIPAL)]
        duties = self.days.save(
            "Its duties",
            Duty,
            (Duty(**self.days.common, person=one, school=school, role=role) for one, role in roles),
            len(roles),
        )
        self.days.save(
            "Its mentors",
            AssignmentRole,
            (
                AssignmentRole(**self.days.common, duty=duty, group=group, kind=AssignmentRole.Kind.MENTOR)
                for duty, group in zip(duties[:-1], groups, strict=True)
            ),
            len(groups),
        )
        self.accounts("storlarare", teachers)
        self.accounts("storrektor", [principal])
        return list(teachers)
