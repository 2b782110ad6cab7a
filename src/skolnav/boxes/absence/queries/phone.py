"""Finding the pupil whom somebody telephones about."""

from django.db.models import Q

from skolnav.core.access.viewer import Viewer
from skolnav.core.people.models import Enrolment, Membership, Person
from skolnav.core.people.validity import valid_on
from skolnav.core.tenancy.managers import DoorQuerySet

from .cases import class_names

MOST = 20


def reportable_pupils(viewer: Viewer) -> DoorQuerySet[Person]:
    """Whom the viewer may report for a guardian: a mentor's own pupils, all of a school that one leads."""
    mine = Membership.everything.filter(Membership.valid_on(viewer.today), group__in=viewer.mentor_group_ids)
    led = Enrolment.everything.filter(valid_on(viewer.today), school__in=viewer.led_school_ids)
    pupils = Person.objects.visible_to(viewer).filter(is_active=True)
    return pupils.filter(Q(pk__in=mine.values("person_id")) | Q(pk__in=led.values("pupil_id")))


def found_pupils(viewer: Viewer, words: str) -> list[tuple[Person, str]]:
    """Up to twenty pupils whose names hold all the words, with their classes. Two statements; none without words."""
    asked = words.split()[:5]
    if not asked:
        return []
    named = Q()
    for word in asked:
        # SQLite knows only a to z by both their cases.
        forms = {word, word.lower(), word.upper(), word.capitalize()}
        holds = Q()
        for form in forms:
            holds |= Q(given_name__icontains=form) | Q(family_name__icontains=form)
        named &= holds
    people = list(reportable_pupils(viewer).filter(named).order_by("given_name", "family_name")[:MOST])
    names = class_names(viewer, [one.pk for one in people])
    return [(one, names.get(one.pk, "")) for one in people]
