"""Finding a school by its name, and the contact details that a school shows to anybody."""

from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from django.db.models import Q, QuerySet

from skolnav.core.access.viewer import Viewer
from skolnav.core.schools.models import SchoolUnit
from skolnav.core.tenancy import clock

SHOWN_AT_MOST = 20
LONGEST_QUESTION = 100
MOST_WORDS = 6


@dataclass(frozen=True)
class Found:
    schools: tuple[SchoolUnit, ...] = ()
    has_more: bool = False


def find_schools(asked: str) -> Found:
    """Open schools whose name, place or organiser holds every word asked for."""
    words = asked.replace("\0", "")[:LONGEST_QUESTION].split()[:MOST_WORDS]
    if not words:
        return Found()
    found = list(_open().filter(reduce(and_, map(_holds, words)))[: SHOWN_AT_MOST + 1])
    return Found(tuple(found[:SHOWN_AT_MOST]), len(found) > SHOWN_AT_MOST)


def schools_of(viewer: Viewer) -> tuple[SchoolUnit, ...]:
    """The viewer's own: their children's, and where they work."""
    ids = {school.id for pupil in viewer.pupils for school in pupil.schools} | viewer.staff_school_ids
    # An administrator of a whole organiser works at every one of its schools.
    return tuple(_open().filter(pk__in=ids)[:SHOWN_AT_MOST])


def _open() -> QuerySet[SchoolUnit]:
    today = clock.today()
    return SchoolUnit.objects.filter(Q(ended_on=None) | Q(ended_on__gte=today)).select_related("organiser")


def _holds(word: str) -> Q:
    """In any case. SQLite folds the case of a to z alone, so å, ä and ö are tried both ways."""
    forms = {word, word.lower(), word.upper(), word.capitalize()}
    columns = ("name", "locality", "organiser__name")
    return reduce(or_, (Q(**{f"{column}__icontains": form}) for column in columns for form in forms))
