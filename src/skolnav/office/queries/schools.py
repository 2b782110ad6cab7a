"""The schools that somebody administers, and their groups."""

from django.db.models import QuerySet
from django.http import Http404

from skolnav.core.access.viewer import Viewer
from skolnav.core.people.models import Group
from skolnav.core.people.validity import valid_on
from skolnav.core.schools.models import SchoolUnit


def schools_of(viewer: Viewer) -> QuerySet[SchoolUnit]:
    """The schools that the viewer administers today."""
    return SchoolUnit.objects.filter(organiser_id=viewer.organiser_id, pk__in=viewer.administered_school_ids)


def school_or_404(viewer: Viewer, public_id: str) -> SchoolUnit:
    """One of them, or Http404: the same answer for "none" and "not yours"."""
    school = schools_of(viewer).filter(public_id=public_id).first()
    if school is None:
        raise Http404
    return school


def groups_of(viewer: Viewer, school: SchoolUnit, *kinds: str) -> QuerySet[Group]:
    """The groups of a school today, of these kinds or of all."""
    groups = Group.objects.editable_by(viewer).filter(valid_on(viewer.today), school=school)
    return groups.filter(kind__in=kinds) if kinds else groups
