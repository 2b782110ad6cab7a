"""Fritids of a municipality, for measuring: a section a school, with half of the youngest and their repeating weeks."""

from collections.abc import Iterator
from datetime import time
from typing import Any

from skolnav.boxes.educare.models import CarePattern, PatternTime
from skolnav.core.people.models import AssignmentRole, Duty, Group, Membership, Person
from skolnav.core.tenancy import clock

from .municipality_days import Days

OLDEST_YEAR = 3
LEAVES = (time(14, 30), time(15, 0), time(15, 30), time(16, 0), time(16, 30), time(17, 0))


def fill_sections(
    days: Days, person: Any, accounts: Any, pupils: list[tuple[Person, Group]], owner_of: dict[int, int]
) -> None:
    """`pupils` with their classes; `owner_of` says which guardian has written a pupil's weeks (ids)."""
    chosen = [
        (pupil, group.school_id)
        for number, (pupil, group) in enumerate(pupils)
        if int(group.name[:-1]) <= OLDEST_YEAR and number % 2 == 0
    ]
    schools = sorted({school_id for _, school_id in chosen})
    sections = days.save(
        "Sections of fritids",
        Group,
        (
            Group(**days.common, school_id=school_id, name="Fritids", kind=Group.Kind.EDUCARE)
            for school_id in schools
        ),
        len(schools),
    )
    section_of = {section.school_id: section for section in sections}
    days.save(
        "Children at fritids",
        Membership,
        (Membership(**days.common, person=pupil, group=section_of[school_id]) for pupil, school_id in chosen),
        len(chosen),
    )
    _patterns(days, [pupil for pupil, _ in chosen if pupil.pk in owner_of], owner_of)
    _staff(days, sections, person, accounts)


def _patterns(days: Days, pupils: list[Person], owner_of: dict[int, int]) -> None:
    now = clock.now()
    patterns = days.save(
        "Weeks at fritids",
        CarePattern,
        (
            CarePattern(
                organiser=days.organiser,
                pupil=pupil,
                owner_id=owner_of[pupil.pk],
                weeks=1,
                cycle_start=clock.monday_of(days.since),
                first_day=days.since,
                begun_at=now,
            )
            for pupil in pupils
        ),
        len(pupils),
    )
    days.save("Times at fritids", PatternTime, _times(patterns), 5 * len(patterns))


def _times(patterns: list[CarePattern]) -> Iterator[PatternTime]:
    for number, pattern in enumerate(patterns):
        for weekday in range(5):
            comes = time(6, 45) if number % 4 == 0 else None
            leaves = LEAVES[(number + weekday) % len(LEAVES)]
            yield PatternTime(pattern=pattern, week=0, weekday=weekday, comes_at=comes, leaves_at=leaves)


def _staff(days: Days, sections: list[Group], person: Any, accounts: Any) -> None:
    people = days.save("Educators", Person, (person() for _ in sections), len(sections))
    duties = days.save(
        "Their duties",
        Duty,
        (
            Duty(**days.common, person=one, school_id=section.school_id, role=Duty.Role.EDUCARE_STAFF)
            for one, section in zip(people, sections, strict=True)
        ),
        len(sections),
    )
    days.save(
        "Their sections",
        AssignmentRole,
        (
            AssignmentRole(**days.common, duty=duty, group=section, kind=AssignmentRole.Kind.EDUCARE)
            for duty, section in zip(duties, sections, strict=True)
        ),
        len(sections),
    )
    accounts("fritids", people)
