"""Who came and who went home. SS 12000: AttendanceEvent."""

from django.db import models
from django.db.models import Q

from skolnav.core.people.models import Group, Person
from skolnav.core.schools.models import SchoolUnit
from skolnav.core.tenancy.ids import PublicIdField
from skolnav.core.tenancy.managers import Guarded
from skolnav.core.tenancy.viewer import Viewer


class CheckEvent(Guarded):
    """A child checked in or out of fritids. Undone ones stay, with who undid them; `day` is Stockholm's."""

    class Kind(models.TextChoices):
        IN = "in"
        OUT = "out"

    public_id = PublicIdField()
    pupil = models.ForeignKey(Person, models.CASCADE, related_name="+")
    school = models.ForeignKey(SchoolUnit, models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    day = models.DateField()
    kind = models.CharField(max_length=3, choices=Kind)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta(Guarded.Meta):
        ordering = ["at", "pk"]
        indexes = [
            models.Index(fields=["school", "day"], name="educare_check_of_day"),
            models.Index(fields=["pupil", "day"], name="educare_check_of_pupil"),
        ]

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        """The family's own; those of the sections one works in; all of a school that one leads."""
        return (
            Q(pupil__in=viewer.pupil_ids)
            | Q(group__in=viewer.educare_group_ids)
            | Q(school__in=viewer.led_school_ids)
        )

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        return Q(group__in=viewer.educare_group_ids) | Q(school__in=viewer.led_school_ids)
