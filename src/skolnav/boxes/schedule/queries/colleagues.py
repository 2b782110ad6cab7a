"""Who works at a school: whose week one may look at, and who can take a lesson."""

from django.db.models import Q

from skolnav.core.access.viewer import Viewer
from skolnav.core.people.models import Duty, Person
from skolnav.core.people.validity import valid_on
from skolnav.core.tenancy.managers import DoorQuerySet
from skolnav.core.timetable.occurrences import Occurrence


def colleagues(viewer: Viewer) -> DoorQuerySet[Person]:
    """Everybody on duty today at one of the viewer's schools; what is shown of them is their name and their lessons."""
    duties = Duty.objects.visible_to(viewer).filter(
        valid_on(viewer.today), Q(school__in=viewer.staff_school_ids) | Q(school=None)
    )
    people = Person.everything.filter(pk__in=duties.values("person"), is_active=True)
    return people.order_by("given_name", "family_name")


def on_duty(lesson: Occurrence) -> DoorQuerySet[Person]:
    """Who can be set to take a lesson: those on duty at its school on its day, other than who has it already."""
    at_school = Q(school=lesson.school_id) | Q(school=None)
    duties = Duty.everything.filter(at_school, valid_on(lesson.starts.date()))
    people = Person.everything.filter(pk__in=duties.values("person"), is_active=True)
    taken = [one.id for one in lesson.teachers + lesson.substitutes]
    return people.exclude(pk__in=taken).order_by("given_name", "family_name")
