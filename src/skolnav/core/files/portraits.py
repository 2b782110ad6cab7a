"""A pupil's picture, for those who teach them: one StoredFile hangs on each row."""

from django.db import models
from django.db.models import Q, QuerySet

from skolnav.core.people.models import Enrolment, Membership, Person
from skolnav.core.people.validity import valid_on
from skolnav.core.tenancy.managers import Guarded
from skolnav.core.tenancy.viewer import Viewer
from skolnav.core.timetable.models import ActivityGroup
from skolnav.core.timetable.rights import groups_taken_now

from .access import register_file_owner


class Portrait(Guarded):
    """That a pupil has a picture. Nobody with protected identity is shown, whatever was uploaded before."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    set_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    set_at = models.DateTimeField()

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        """Staff of the pupil's groups, a substitute around the lesson, and who leads the school; no family, not even
        one's own."""
        if not viewer.staff_school_ids:
            return Q(pk__in=[])
        now = _in_groups(viewer, groups_taken_now(viewer))
        return _unprotected() & (_in_groups(viewer, viewer.staff_group_ids) | now | _led(viewer))

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        """The pupil's mentor, and who leads the school."""
        return _unprotected() & (_in_groups(viewer, viewer.mentor_group_ids) | _led(viewer))


def _unprotected() -> Q:
    return Q(person__is_protected=False)


def _in_groups(viewer: Viewer, group_ids: frozenset[int] | QuerySet[ActivityGroup, int]) -> Q:
    members = Membership.everything.filter(Membership.valid_on(viewer.today), group__in=group_ids)
    return Q(person__in=members.values("person_id"))


def _led(viewer: Viewer) -> Q:
    pupils = Enrolment.everything.filter(valid_on(viewer.today), school__in=viewer.led_school_ids)
    return Q(person__in=pupils.values("pupil_id"))


register_file_owner("files.portrait", lambda viewer: Portrait.objects.visible_to(viewer))
