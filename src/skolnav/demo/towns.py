"""The rest of Ekdal: two schools, twelve classes, some 250 pupils with homes and teachers. The same every time."""

import random
from datetime import date, timedelta

from skolnav.core.people.models import Enrolment, Group, Person
from skolnav.core.schools.models import SchoolUnit

from . import names
from .cast import Cast
from .identity import number_for
from .people import Town

PUPILS_IN_A_CLASS = 21
CLASSES = {
    "ekdalsskolan": {4: ["4A", "4B"], 5: ["5A", "5B"], 6: ["6A", "6B"]},
    "lillaskolan": {0: ["F"], 1: ["1A", "1B"], 2: ["2A"], 3: ["3A", "3B"]},
}


class Populace:
    """Invents pupils, homes and teachers from a seed."""

    def __init__(self, town: Town, seed: int, locality: str = "Ekdal", suffix: str = "") -> None:
        self.town = town
        self.locality = locality
        self.suffix = suffix  # user names are unique in the installation
        self.random = random.Random(seed)
        self.taken: dict[date, int] = {}
        self.usernames: set[str] = set()
        # The hardest names to set stand in these classes.
        self.special = {"4A": names.LONG_NAME, "3B": names.ARABIC_NAME}

    def fill(self, school: SchoolUnit, year: int, group: Group, most: int = PUPILS_IN_A_CLASS) -> None:
        """A class of pupils with their homes."""
        for _ in range(most):
            self._family(school, year, group)

    def _family(self, school: SchoolUnit, year: int, group: Group) -> None:
        chosen = (self.random.choice(names.GIVEN), self.random.choice(names.FAMILY))
        given_name, family_name = self.special.pop(group.name, chosen)
        pupil = self._child(given_name, family_name, year)
        self.town.enrol(pupil, school, year, group)
        for _ in range(self.random.choice((1, 2, 2, 2))):
            self.town.custody(self._guardian(family_name), pupil)

    def _child(self, given_name: str, family_name: str, year: int) -> Person:
        born = self.town.since.replace(month=1, day=1, year=self.town.since.year - year - 6)
        born += timedelta(days=self.random.randrange(364))
        return self.person(given_name, family_name, born)

    def _guardian(self, family_name: str) -> Person:
        born = date(self.random.randrange(1972, 1994), 1, 1) + timedelta(days=self.random.randrange(364))
        name = self.random.choice(names.GIVEN_ADULT)
        own = family_name if self.random.random() < 0.7 else self.random.choice(names.FAMILY)
        username = self.username(name, own)
        guardian = self.person(
            name,
            own,
            born,
            email=f"{username}@post.example",
            mobile=f"070-174 {self.random.randrange(6, 99):02} {self.random.randrange(99):02}",
            street_address=f"{self.random.choice(names.STREETS)} {self.random.randrange(1, 60)}",
            postal_code="990 10",
            locality=self.locality,
        )
        if self.random.random() < 0.9:  # some have not been given credentials yet: the office has work to do
            self.town.account(guardian, username, email=guardian.email)
        return guardian

    def person(self, given_name: str, family_name: str, born: date, **columns: object) -> Person:
        serial = self.taken.get(born, 6)  # the first of each day are the cast's
        self.taken[born] = serial + 1
        return self.town.person(given_name, family_name, number_for(born, serial), birth_date=born, **columns)

    def username(self, given_name: str, family_name: str) -> str:
        plain = f"{given_name}.{family_name}".lower().translate(str.maketrans("åäöéıćž", "aaoeicz"))
        username, number = plain, 2
        while username in self.usernames:
            username, number = f"{plain}{number}", number + 1
        self.usernames.add(username)
        return username + self.suffix


def fill_ekdal(cast: Cast, password_hash: str) -> None:
    """Add the classes, pupils, homes and teachers around the cast. Needs Ekdal's scope."""
    town = Town(cast.ekdal, password_hash)
    populace = Populace(town, seed=20261123)
    known = {"5B": cast.class_5b, "2A": cast.class_2a}
    for school_name, years in CLASSES.items():
        school: SchoolUnit = getattr(cast, school_name)
        for year, class_names in years.items():
            for class_name in class_names:
                group = known.get(class_name) or town.group(school, class_name)
                populace.fill(school, year, group)
                if class_name not in known:
                    _teacher(populace, school, group)
    _more_staff(town, cast)
    _more_groups(town, cast)


def fill_granby(cast: Cast, password_hash: str) -> None:
    """Classmates for the one child of the small school. Needs Granby's scope."""
    populace = Populace(Town(cast.granby, password_hash), seed=9902, locality="Granby", suffix=".granby")
    populace.fill(cast.granby_skola, 3, Group.everything.get(name="3"), most=15)


def _more_staff(town: Town, cast: Cast) -> None:
    """A principal for the other school, and a teacher of the pupils' mother tongue."""
    asa = town.person("Åsa", "Dahl", number_for(date(1972, 11, 3), 0), birth_date=date(1972, 11, 3))
    town.duty(asa, cast.lillaskolan, "principal")
    town.account(asa, "asa.dahl")
    samira = town.person("Samira", "Khalil", number_for(date(1981, 4, 9), 0), birth_date=date(1981, 4, 9))
    arabic = town.group(cast.ekdalsskolan, "Modersmål arabiska", Group.Kind.TEACHING)
    town.duty(samira, cast.ekdalsskolan, "teacher", teacher=[arabic])
    town.account(samira, "samira")
    town.join(arabic, cast.kim, *_members(cast.ekdalsskolan, every=11))


def _more_groups(town: Town, cast: Cast) -> None:
    """Half of the youngest go to the after-school centre as well."""
    town.join(cast.educare, *(pupil for pupil in _members(cast.lillaskolan, every=2) if pupil != cast.alva))


def _members(school: SchoolUnit, every: int) -> list[Person]:
    """Some of a school's pupils: each second, each eleventh …; the protected one is left in peace."""
    enrolments = Enrolment.everything.filter(school=school, pupil__is_protected=False)
    return [enrolment.pupil for enrolment in enrolments.select_related("pupil").order_by("pk")[every::every]]


def _teacher(populace: Populace, school: SchoolUnit, group: Group) -> None:
    """A mentor for a class that nobody of the cast has."""
    given_name, family_name = populace.random.choice(names.GIVEN_ADULT), populace.random.choice(names.FAMILY)
    born = date(populace.random.randrange(1962, 1998), 3, 1)
    teacher = populace.person(given_name, family_name, born)
    populace.town.duty(teacher, school, "teacher", mentor=[group], teacher=[group])
    populace.town.account(teacher, populace.username(given_name, family_name) + ".personal")
