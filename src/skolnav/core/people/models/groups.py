"""Where a pupil goes to school, and the groups they belong to."""

from datetime import date

from django.db import models
from django.db.models import Q

from skolnav.core.people.validity import runs_forward, valid_on
from skolnav.core.schools.models import SchoolUnit
from skolnav.core.tenancy.ids import PublicIdField
from skolnav.core.tenancy.managers import Guarded
from skolnav.core.tenancy.viewer import Viewer

from .guardianship import Source
from .person import Person


class Enrolment(Guarded):
    """A pupil at a school, in a year: 0 is förskoleklass, 1 to 10 compulsory school."""

    pupil = models.ForeignKey(Person, models.CASCADE, related_name="+")
    school = models.ForeignKey(SchoolUnit, models.CASCADE, related_name="+")
    school_year = models.PositiveSmallIntegerField(null=True, blank=True)
    school_type = models.CharField(
        max_length=8, default="GR", help_text="As SS 12000 has it: GR, FKLASS, FTH, …"
    )
    source = models.CharField(max_length=6, choices=Source)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["pupil"]), models.Index(fields=["school", "school_year"])]
        constraints = [runs_forward("enrolment")]

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        return Q(pupil__in=viewer.pupil_ids) | Q(school__in=viewer.staff_school_ids)

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        return Q(school__in=viewer.administered_school_ids)


class Group(Guarded):
    """A class, a teaching group, a mentor group or a fritids section."""

    class Kind(models.TextChoices):
        CLASS = "class"
        TEACHING = "teaching"
        MENTOR = "mentor"
        EDUCARE = "educare"
        OTHER = "other"

    public_id = PublicIdField()
    source_id = models.CharField(max_length=64, blank=True)
    school = models.ForeignKey(SchoolUnit, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=80)
    source = models.CharField(max_length=6, choices=Source)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta(Guarded.Meta):
        ordering = ["name"]
        indexes = [models.Index(fields=["school", "kind"])]
        constraints = [
            runs_forward("group"),
            models.UniqueConstraint(
                fields=["organiser", "source_id"], condition=~Q(source_id=""), name="group_source_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        """Staff see the groups of their schools; a family sees its own through the viewer."""
        return Q(school__in=viewer.staff_school_ids)

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        return Q(school__in=viewer.administered_school_ids)


class Membership(Guarded):
    """A pupil in a group, with dates."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    source = models.CharField(max_length=6, choices=Source)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["person"]), models.Index(fields=["group"])]
        constraints = [runs_forward("membership")]

    @staticmethod
    def valid_on(day: date) -> Q:
        """Memberships that hold on the day, in groups that exist on it."""
        return valid_on(day) & valid_on(day, "group__")

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        """Staff see who is in the groups they work with, and in all of a school they administer."""
        return Q(group__in=viewer.staff_group_ids) | Membership.editable_q(viewer)

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        return Q(group__school__in=viewer.administered_school_ids)
