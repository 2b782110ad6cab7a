"""Letters with user name and initial password, as a PDF with one page for each person."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import typst
from django.conf import settings
from django.urls import reverse

from skolnav.core.people.models import Duty, Enrolment, Guardianship, Person
from skolnav.core.people.validity import valid_on
from skolnav.core.schools.models import SchoolUnit
from skolnav.core.tenancy import clock

from .models import Account

TEMPLATE = Path(__file__).with_name("letters.typ")
# The compiler keeps the whole document in memory; a municipality's letters are made piece by piece.
PAGES_AT_MOST = 2000


@dataclass(frozen=True)
class Page:
    """One letter. `address` is empty for somebody to whom it is handed in person."""

    name: str
    address: tuple[str, ...]
    username: str
    initial_password: str
    login_address: str
    school: tuple[str, ...]
    organiser: str
    day: str


def pages_for(people: Sequence[Person], issued: Sequence[tuple[Account, str]]) -> list[Page]:
    """A page for each person, in order, with the school that they turn to. A fixed number of statements."""
    schools = _school_of_each(people)
    day = clock.today().isoformat()
    login_address = settings.PUBLIC_URL + reverse("login:password")
    return [
        Page(
            name=person.full_name,
            address=_postal_address(person),
            username=account.username,
            initial_password=password,
            login_address=login_address,
            school=_contact(schools.get(person.pk)),
            organiser=school.organiser.name if (school := schools.get(person.pk)) else "",
            day=day,
        )
        for person, (account, password) in zip(people, issued, strict=True)
    ]


def as_pdf(pages: Sequence[Page]) -> bytes:
    """The letters as one PDF. Raises ValueError for more pages than one file holds."""
    if len(pages) > PAGES_AT_MOST:
        raise ValueError(f"At most {PAGES_AT_MOST} letters in one file.")
    data = json.dumps([asdict(page) for page in pages], ensure_ascii=False)
    made = typst.compile(TEMPLATE, format="pdf", sys_inputs={"letters": data})
    return bytes(made)


def _postal_address(person: Person) -> tuple[str, ...]:
    """Nothing for a protected person: such a letter is handed over, never posted."""
    if person.is_protected or not person.street_address:
        return ()
    return person.street_address, f"{person.postal_code} {person.locality}".strip()


def _contact(school: SchoolUnit | None) -> tuple[str, ...]:
    if school is None:
        return ()
    return tuple(line for line in (school.name, school.phone, school.email, school.office_hours) if line)


def _school_of_each(people: Sequence[Person]) -> dict[int, SchoolUnit]:
    """Each person's school: a pupil's own, else where they work, else an (unprotected) child's."""
    today, ids = clock.today(), [person.pk for person in people]
    children = (
        Guardianship.everything.filter(Guardianship.gives_access_on(today), guardian__in=ids)
        .order_by("-pupil__is_protected", "-pk")
        .values_list("pupil_id", "guardian_id")
    )
    guardians_of: dict[int, list[int]] = {}
    for pupil, guardian in children:
        guardians_of.setdefault(pupil, []).append(guardian)
    pupils = Enrolment.everything.filter(valid_on(today), pupil__in={*ids, *guardians_of}).order_by("pk")
    enrolled = dict(pupils.values_list("pupil_id", "school_id"))
    duties = Duty.everything.filter(valid_on(today), person__in=ids).exclude(school=None).order_by("-pk")
    school_ids: dict[int, int | None] = {
        guardian: enrolled[pupil]
        for pupil in guardians_of
        if pupil in enrolled
        for guardian in guardians_of[pupil]
    }
    school_ids |= dict(duties.values_list("person_id", "school_id"))
    school_ids |= {pupil: school for pupil, school in enrolled.items() if pupil in set(ids)}
    found = SchoolUnit.objects.select_related("organiser").in_bulk(set(school_ids.values()))
    return {person: found[school] for person, school in school_ids.items() if school in found}
