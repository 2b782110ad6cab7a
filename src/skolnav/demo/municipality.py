"""A municipality of 100,000 pupils in 300 schools, for measuring: the shape of the real thing, nobody's names.

Rows are written in bulk, without audit and without actions, as a load of data may; what the boxes have told
is written by `municipality_news`. It takes some minutes in PostgreSQL, once.
"""

import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from rich.progress import Progress

from skolnav.core.accounts.models import Account, folded
from skolnav.core.people.models import (
    AssignmentRole,
    Duty,
    Enrolment,
    Group,
    Guardianship,
    Membership,
    Person,
)
from skolnav.core.people.models.guardianship import Source
from skolnav.core.schools.models import Organiser, SchoolUnit
from skolnav.core.tenancy.scope import of_organiser

from . import names
from .loading import copy_in, trust_ties
from .municipality_days import Days, LargeSchool
from .municipality_fritids import fill_sections
from .municipality_news import News
from .people import PASSWORD, school_year_start

NAME = "Storstads kommun"
SCHOOLS = 300
YEARS = range(10)
PUPILS_IN_A_CLASS = 34
BATCH = 5_000


def build_municipality(progress: Progress, *, schools: int = SCHOOLS) -> Organiser:
    """Make the municipality unless it is there. Raises RuntimeError on a database other than PostgreSQL."""
    if connection.vendor != "postgresql":
        raise RuntimeError("A municipality wants PostgreSQL. Set DATABASE_URL to one.")
    known = Organiser.objects.filter(name=NAME).first()
    if known:
        return known
    with transaction.atomic():
        trust_ties()
        organiser = Organiser.objects.create(name=NAME, municipality_code="9999")
        with of_organiser(organiser.pk):
            _Builder(organiser, progress).build(schools)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return organiser


class _Builder:
    def __init__(self, organiser: Organiser, progress: Progress) -> None:
        self.organiser, self.progress = organiser, progress
        self.random = random.Random(100_000)
        self.since = school_year_start()
        self.password = make_password(PASSWORD)
        self.common: dict[str, Any] = {
            "organiser": organiser,
            "source": Source.IMPORT,
            "valid_from": self.since,
        }

    def build(self, count: int) -> None:
        schools = self._save(
            "Schools",
            SchoolUnit,
            (SchoolUnit(organiser=self.organiser, name=f"Skola {number:03}") for number in range(count)),
            count,
        )
        groups = self._save(
            "Classes",
            Group,
            (
                Group(**self.common, school=s, name=f"{y}A", kind=Group.Kind.CLASS)
                for s in schools
                for y in YEARS
            ),
            count * len(YEARS),
        )
        teachers = self._staff(groups)
        days = Days(self.organiser, self._save)
        days.plan_the_year()
        days.teach(groups, teachers)
        LargeSchool(days, self._person, self._accounts).build()
        pupils = self._pupils(groups)
        guardians, owner_of = self._homes(pupils)
        placed = list(zip(pupils, self._places(groups), strict=True))
        fill_sections(days, self._person, self._accounts, placed, owner_of)
        news = News(self.organiser, self._save)
        news.tell(groups)
        news.ring(guardians)

    def _pupils(self, groups: list[Group]) -> list[Person]:
        total = len(groups) * PUPILS_IN_A_CLASS
        pupils = self._save(
            "Pupils", Person, (self._person(year=int(g.name[:-1])) for g in self._places(groups)), total
        )
        self._save(
            "Enrolments",
            Enrolment,
            (
                Enrolment(
                    **self.common, pupil=pupil, school_id=group.school_id, school_year=int(group.name[:-1])
                )
                for pupil, group in zip(pupils, self._places(groups), strict=True)
            ),
            total,
        )
        self._save(
            "Memberships",
            Membership,
            (
                Membership(**self.common, person=pupil, group=group)
                for pupil, group in zip(pupils, self._places(groups), strict=True)
            ),
            total,
        )
        return pupils

    def _places(self, groups: list[Group]) -> Iterator[Group]:
        """Each class as many times as it has pupils."""
        return (group for group in groups for _ in range(PUPILS_IN_A_CLASS))

    def _homes(self, pupils: list[Person]) -> tuple[list[Person], dict[int, int]]:
        """Homes of one to three children, the third at a neighbouring school; two guardians each. Gives them, and which
        one plans for which pupil."""
        homes = list(self._siblings(len(pupils)))
        guardians = self._save(
            "Guardians", Person, (self._person() for _ in range(2 * len(homes))), 2 * len(homes)
        )
        self._save(
            "Guardianships",
            Guardianship,
            (
                Guardianship(**self.common, pupil=pupils[child], guardian=guardian)
                for number, children in enumerate(homes)
                for guardian in guardians[2 * number : 2 * number + 2]
                for child in children
            ),
            2 * len(pupils),
        )
        self._accounts("hem", guardians)
        planners = {
            pupils[child].pk: guardians[2 * number].pk
            for number, children in enumerate(homes)
            for child in children
        }
        return guardians, planners

    def _siblings(self, pupils: int) -> Iterator[list[int]]:
        """Positions of the children of each home: classmates of different years, or of the school beside."""
        per_school = len(YEARS) * PUPILS_IN_A_CLASS
        free = list(range(pupils - 1, -1, -1))
        taken = bytearray(pupils)
        while free:
            first = free.pop()
            if taken[first]:
                continue
            home = [first]
            for step in self.random.choice(((), (PUPILS_IN_A_CLASS,), (PUPILS_IN_A_CLASS, per_school))):
                sibling = first + step
                if sibling < pupils and not taken[sibling]:
                    home.append(sibling)
            for child in home:
                taken[child] = 1
            yield home

    def _staff(self, groups: list[Group]) -> list[Person]:
        """A mentor for each class."""
        teachers = self._save("Teachers", Person, (self._person() for _ in groups), len(groups))
        duties = self._save(
            "Duties",
            Duty,
            (
                Duty(**self.common, person=teacher, school_id=group.school_id, role=Duty.Role.TEACHER)
                for teacher, group in zip(teachers, groups, strict=True)
            ),
            len(groups),
        )
        self._save(
            "Mentors",
            AssignmentRole,
            (
                AssignmentRole(**self.common, duty=duty, group=group, kind=AssignmentRole.Kind.MENTOR)
                for duty, group in zip(duties, groups, strict=True)
            ),
            len(groups),
        )
        self._accounts("larare", teachers)
        return teachers

    def _accounts(self, stem: str, people: list[Person]) -> None:
        rows = (
            Account(
                person=person,
                organiser_id=self.organiser.pk,
                username=f"{stem}{number}",
                username_folded=folded(f"{stem}{number}"),
                password=self.password,
            )
            for number, person in enumerate(people)
        )
        self._save("Accounts", Account, rows, len(people))

    def _person(self, year: int | None = None) -> Person:
        born = date(self.since.year - 6 - year, 5, 5) if year is not None else date(1984, 5, 5)
        given = names.GIVEN if year is not None else names.GIVEN_ADULT
        return Person(
            organiser=self.organiser,
            given_name=self.random.choice(given),
            family_name=self.random.choice(names.FAMILY),
            birth_date=born + timedelta(days=self.random.randrange(200)),
        )

    def _save(self, what: str, model: Any, rows: Iterable[Any], total: int) -> list[Any]:
        """Write rows in batches under a bar of their own; gives them back with their ids."""
        bar = self.progress.add_task(what, total=total)
        waiting, saved = iter(rows), []
        while batch := list(islice(waiting, BATCH)):
            copy_in(batch)
            saved += batch
            self.progress.advance(bar, len(batch))
        return saved
