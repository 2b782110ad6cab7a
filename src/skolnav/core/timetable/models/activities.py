"""What is taught, to whom and by whom (SS 12000: Activity), and where."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from skolnav.core.people.models import Group, Person
from skolnav.core.people.models.guardianship import Source
from skolnav.core.people.validity import runs_forward
from skolnav.core.schools.models import SchoolUnit
from skolnav.core.tenancy.ids import PublicIdField
from skolnav.core.tenancy.managers import Guarded
from skolnav.core.tenancy.viewer import Viewer


class Room(Guarded):
    """A physical room: "Sal 214"."""

    public_id = PublicIdField()
    source_id = models.CharField(max_length=64, blank=True)
    school = models.ForeignKey(SchoolUnit, models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)

    class Meta(Guarded.Meta):
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["school", "name"], name="room_once")]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        return Q(school__in=viewer.staff_school_ids)

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        return Q(school__in=viewer.led_school_ids)


class Activity(Guarded):
    """ "Matematik 5B": a subject for some groups, with its teachers. Lessons are its times."""

    class Kind(models.TextChoices):
        TEACHING = "teaching", _("Undervisning")
        BREAK = "break", _("Rast eller lunch")  # no attendance is taken
        OTHER = "other", _("Annat")

    public_id = PublicIdField()
    source_id = models.CharField(max_length=64, blank=True)
    school = models.ForeignKey(SchoolUnit, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.TEACHING)
    name = models.CharField(max_length=80)
    subject_code = models.CharField(
        max_length=20, blank=True, help_text="As the grades have it: MA, EN, IDH."
    )
    subject = models.CharField(max_length=60, blank=True, help_text="What families read: Matematik.")
    source = models.CharField(max_length=6, choices=Source, default=Source.OFFICE)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(Guarded.Meta):
        ordering = ["name"]
        indexes = [models.Index(fields=["school"], name="activity_of_school")]
        constraints = [
            runs_forward("activity"),
            models.UniqueConstraint(
                fields=["organiser", "source_id"], condition=~Q(source_id=""), name="activity_source_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        """Staff see all of their schools'; a family meets its own through the timetable of its pupils' groups."""
        return Q(school__in=viewer.staff_school_ids)

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        return Q(school__in=viewer.led_school_ids)


class ActivityGroup(models.Model):
    """A group that an activity is for."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "group"], name="activity_group_once")]
        indexes = [models.Index(fields=["group", "activity"], name="activity_by_group")]


class ActivityTeacher(models.Model):
    """Somebody who teaches an activity, with dates. It gives the lessons, as a duty gives the groups."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            runs_forward("activity_teacher"),
            models.UniqueConstraint(fields=["activity", "person"], name="activity_teacher_once"),
        ]
        indexes = [models.Index(fields=["person", "activity"], name="activity_by_teacher")]
