"""How many a piece reaches, and who: worked out from what is valid today, as it will be when it is read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from skolnav.core.feed.models import Side
from skolnav.core.people.models import Enrolment, Guardianship, Membership, Person
from skolnav.core.people.validity import valid_on
from skolnav.core.tenancy import clock

from .models import Target


@dataclass(frozen=True, slots=True)
class Count:
    """Distinct people on each side; a side that the piece is not for is 0."""

    pupils: int
    guardians: int


def count_reach(targets: Iterable[Target]) -> Count:
    """How many pupils and guardians a piece reaches today. At most two statements."""
    chosen = list(targets)
    day = clock.today()
    pupils = pupils_behind([one.key for one in chosen if one.sides & Side.PUPILS], day)
    children = pupils_behind([one.key for one in chosen if one.sides & Side.GUARDIANS], day)
    guardians = custody_on(day).filter(pupil__in=children).values("guardian").distinct()
    return Count(pupils.count(), guardians.count())


def pupils_behind(keys: Iterable[str], day: date) -> QuerySet[Person]:
    """The pupils whom audience keys hold on a day. Needs the tenant's scope; empty costs no statement."""
    found = Q(pk__in=[])
    for key in keys:
        found |= _behind(key, day)
    return Person.everything.filter(found)


def custody_on(day: date) -> QuerySet[Guardianship]:
    """The custodies that open a child's pages on a day; they end at eighteen (Föräldrabalken 9 kap. 1 §)."""
    grown = day.replace(year=day.year - 18, day=min(day.day, 28) if day.month == 2 else day.day)
    is_child = Q(pupil__birth_date=None) | Q(pupil__birth_date__gt=grown)
    return Guardianship.everything.filter(Guardianship.gives_access_on(day), is_child)


def _behind(key: str, day: date) -> Q:
    sort, *ids = key.split(":")
    if sort == "p":
        return Q(pk=int(ids[0]))
    if sort == "g":
        members = Membership.everything.filter(Membership.valid_on(day), group=int(ids[0]))
        return Q(pk__in=members.values("person_id"))
    enrolled = Enrolment.everything.filter(valid_on(day), school=int(ids[0]))
    if sort == "y":
        enrolled = enrolled.filter(school_year=int(ids[1]))
    return Q(pk__in=enrolled.values("pupil_id"))
