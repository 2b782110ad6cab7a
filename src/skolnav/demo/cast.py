"""The cast: named people whom the tests and the demo share. `docs/demo.md` tells what each is good for."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password

from skolnav.core.people.models import Group, Person, Protection
from skolnav.core.people.models.guardianship import Source
from skolnav.core.people.models.protection import SecurityMarking
from skolnav.core.schools.models import Organiser, SchoolUnit, SchoolYear, Term
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.scope import of_organiser

from .identity import tax_agency_test_number
from .people import PASSWORD, Town


@dataclass(frozen=True)
class Cast:
    """Everybody by name, and where they meet."""

    ekdal: Organiser
    granby: Organiser
    ekdalsskolan: SchoolUnit
    lillaskolan: SchoolUnit
    granby_skola: SchoolUnit
    class_5b: Group
    class_2a: Group
    educare: Group
    people: dict[str, Person]

    def __getattr__(self, name: str) -> Person:
        try:
            return self.people[name]
        except KeyError:
            raise AttributeError(name) from None


def build_cast() -> Cast:
    """Make both municipalities with the cast alone; every password is "ekdal-demo"."""
    password_hash = make_password(PASSWORD)
    ekdal = Organiser.objects.create(
        name="Ekdals kommun", municipality_code="9901", email="skola@ekdal.example", phone="0990-100 00"
    )
    granby = Organiser.objects.create(
        name="Granby kommun", municipality_code="9902", email="skola@granby.example"
    )
    for organiser in (ekdal, granby):
        _school_year(organiser)
    with of_organiser(granby.pk):
        granby_skola, granby_people = _granby(Town(granby, password_hash))
    with of_organiser(ekdal.pk):
        schools, groups, people = _ekdal(Town(ekdal, password_hash))
    return Cast(ekdal, granby, *schools, granby_skola, *groups, people | granby_people)


def _school_year(organiser: Organiser) -> None:
    """The school year of today, with both terms (178 school days and more)."""
    autumn = _august_of(clock.today())
    year = SchoolYear.objects.create(
        organiser=organiser,
        name=f"{autumn.year}/{(autumn.year + 1) % 100:02}",
        first_day=autumn,
        last_day=date(autumn.year + 1, 6, 11),
    )
    Term.objects.create(
        school_year=year, kind=Term.Kind.AUTUMN, first_day=autumn, last_day=date(autumn.year, 12, 18)
    )
    Term.objects.create(
        school_year=year,
        kind=Term.Kind.SPRING,
        first_day=date(autumn.year + 1, 1, 11),
        last_day=date(autumn.year + 1, 6, 11),
    )


def _august_of(day: date) -> date:
    return date(day.year if day.month >= 8 else day.year - 1, 8, 17)


def _born(age_in_autumn: int, month: int, day: int) -> date:
    return date(_august_of(clock.today()).year - age_in_autumn, month, day)


def _ekdal(town: Town) -> tuple[tuple[SchoolUnit, SchoolUnit], tuple[Group, Group, Group], dict[str, Person]]:
    ekdalsskolan = SchoolUnit.objects.create(
        organiser=town.organiser,
        name="Ekdalsskolan",
        school_unit_code="99010001",
        email="ekdalsskolan@ekdal.example",
        phone="0990-101 00",
        street_address="Skolvägen 1",
        postal_code="990 10",
        locality="Ekdal",
        office_hours="Vardagar 7.30–15.30",
    )
    lillaskolan = SchoolUnit.objects.create(
        organiser=town.organiser,
        name="Lillåskolan",
        school_unit_code="99010002",
        email="lillaskolan@ekdal.example",
        phone="0990-102 00",
        street_address="Lillågatan 4",
        postal_code="990 12",
        locality="Ekdal",
        office_hours="Vardagar 7.00–16.00",
    )
    class_5b, class_2a = town.group(ekdalsskolan, "5B"), town.group(lillaskolan, "2A")
    educare = town.group(lillaskolan, "Fritids Eken", Group.Kind.EDUCARE)
    people = _families(town, ekdalsskolan, lillaskolan, (class_5b, class_2a, educare))
    people |= _staff(town, ekdalsskolan, lillaskolan, people, (class_5b, class_2a, educare))
    return (ekdalsskolan, lillaskolan), (class_5b, class_2a, educare), people


def _families(
    town: Town, ekdalsskolan: SchoolUnit, lillaskolan: SchoolUnit, groups: tuple[Group, Group, Group]
) -> dict[str, Person]:
    class_5b, class_2a, educare = groups
    kim = _child(town, "Kim", "Larsson", _born(11, 4, 12), 1)
    alva = _child(town, "Alva", "Larsson", _born(8, 9, 3), 2)
    elis = _child(town, "Elis", "Åkesson", _born(11, 2, 20), 3)
    tuva = _child(town, "Tuva", "Wall", _born(8, 5, 30), 4)
    town.enrol(kim, ekdalsskolan, 5, class_5b)
    town.enrol(elis, ekdalsskolan, 5, class_5b)
    town.enrol(alva, lillaskolan, 2, class_2a, educare)
    town.enrol(tuva, lillaskolan, 2, class_2a)
    anna = _adult(town, "Anna", "Larsson", 1984, mobile="070-174 06 05", street_address="Ekbacken 3")
    omar = _adult(town, "Omar", "Rashid", 1982, mobile="070-174 06 06", street_address="Storgatan 18")
    robin = _adult(town, "Robin", "Nilsson", 1980, mobile="070-174 06 07")
    maja = _adult(town, "Maja", "Åkesson", 1986, mobile="070-174 06 08", street_address="Hemliga gatan 7")
    erik = _adult(town, "Erik", "Wall", 1979, mobile="070-174 06 09")
    town.custody(anna, kim, alva)
    town.custody(omar, kim, alva)
    town.custody(robin, kim, until=clock.today() - timedelta(days=7))
    town.custody(maja, elis)
    town.custody(erik, tuva)
    for person in (maja, elis):
        Protection.everything.create(
            organiser=town.organiser,
            person=person,
            marking=SecurityMarking.CONFIDENTIALITY,
            source=Source.OFFICE,
            set_by_id=None,
        )
        Person.everything.filter(pk=person.pk).update(is_protected=True)
        person.is_protected = True
    for username, person in {"anna": anna, "omar": omar, "robin": robin, "maja": maja, "erik": erik}.items():
        town.account(person, username, email=person.email)
    for username, person in {"kim": kim, "elis": elis}.items():
        town.account(person, username)
    return {
        "kim": kim,
        "alva": alva,
        "elis": elis,
        "tuva": tuva,
        "anna": anna,
        "omar": omar,
        "robin": robin,
        "maja": maja,
        "erik": erik,
    }


def _staff(
    town: Town,
    ekdalsskolan: SchoolUnit,
    lillaskolan: SchoolUnit,
    families: dict[str, Person],
    groups: tuple[Group, Group, Group],
) -> dict[str, Person]:
    class_5b, class_2a, educare = groups
    people = {
        name.lower(): _adult(town, name, family_name, born)
        for name, family_name, born in (
            ("Sara", "Holm", 1988),
            ("Nour", "Said", 1991),
            ("Pelle", "Ask", 1999),
            ("Ingrid", "Berg", 1970),
            ("Lena", "Lund", 1975),
            ("Ulla", "Norén", 1968),
        )
    }
    town.duty(people["sara"], ekdalsskolan, "teacher", mentor=[class_5b], teacher=[class_5b])
    town.duty(families["erik"], ekdalsskolan, "teacher", teacher=[class_5b])
    town.duty(people["nour"], lillaskolan, "educare_staff", educare=[educare])
    town.duty(people["pelle"], ekdalsskolan, "substitute")
    town.duty(people["ingrid"], ekdalsskolan, "principal")
    town.duty(people["lena"], None, "administrator")
    town.duty(people["ulla"], lillaskolan, "teacher", mentor=[class_2a])
    for username, person in people.items():
        town.account(person, username, email=person.email)
    return people


def _granby(town: Town) -> tuple[SchoolUnit, dict[str, Person]]:
    school = SchoolUnit.objects.create(
        organiser=town.organiser,
        name="Granby skola",
        school_unit_code="99020001",
        email="granbyskola@granby.example",
        phone="0991-200 00",
    )
    nils = _child(town, "Nils", "Gran", _born(9, 3, 8), 5)
    town.enrol(nils, school, 3, town.group(school, "3"))
    gun, greta = _adult(town, "Gun", "Gran", 1985), _adult(town, "Greta", "Falk", 1973)
    town.custody(gun, nils)
    town.duty(greta, school, "administrator")
    for username, person in {"greta": greta, "gun": gun}.items():
        town.account(person, username, email=person.email)
    return school, {"nils": nils, "gun": gun, "greta": greta}


def _child(town: Town, given_name: str, family_name: str, born: date, serial: int) -> Person:
    return town.person(given_name, family_name, tax_agency_test_number(born, serial), birth_date=born)


def _adult(town: Town, given_name: str, family_name: str, born: int, **columns: object) -> Person:
    return town.person(
        given_name,
        family_name,
        tax_agency_test_number(date(born, 6, 15), len(given_name)),
        birth_date=date(born, 6, 15),
        email=f"{given_name}.{family_name}@post.example".lower().translate(str.maketrans("åäöé", "aaoe")),
        **columns,
    )
