"""What families and staff ask and tell each other: changes of locked days, comments, and who may collect."""

from django.db import models
from django.db.models import F, Q

from skolnav.core.people.models import Person
from skolnav.core.tenancy.ids import PublicIdField
from skolnav.core.tenancy.managers import Guarded
from skolnav.core.tenancy.viewer import Viewer

from .doors import of_family, of_guardians, of_staff


class Collector(Guarded):
    """Somebody who may collect the child: the family's standing list."""

    public_id = PublicIdField()
    pupil = models.ForeignKey(Person, models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    relation = models.CharField(max_length=40, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    is_usual = models.BooleanField(default=False)
    added_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta(Guarded.Meta):
        ordering = ["name"]
        indexes = [models.Index(fields=["pupil"], condition=Q(removed_at=None), name="collector_of_pupil")]
        constraints = [
            models.UniqueConstraint(
                fields=["pupil"], condition=Q(is_usual=True, removed_at=None), name="collector_usual_once"
            )
        ]

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        return of_family(viewer) | of_staff(viewer)

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        return of_guardians(viewer)


class ChangeRequest(Guarded):
    """Other times on a day that is locked. It changes nothing until staff accept it."""

    public_id = PublicIdField()
    pupil = models.ForeignKey(Person, models.CASCADE, related_name="+")
    day = models.DateField()
    comes_at = models.TimeField(null=True, blank=True)
    leaves_at = models.TimeField(null=True, blank=True)
    is_off = models.BooleanField(default=False)
    collector = models.ForeignKey(Collector, models.SET_NULL, null=True, blank=True, related_name="+")
    collected_by = models.CharField(max_length=80, blank=True)
    goes_alone = models.BooleanField(default=False)
    note = models.CharField(max_length=400, blank=True)
    asked_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    is_accepted = models.BooleanField(null=True, blank=True)
    answer = models.CharField(max_length=400, blank=True)

    class Meta(Guarded.Meta):
        ordering = ["day", "asked_at"]
        indexes = [
            models.Index(fields=["pupil", "day"], name="change_request_of_pupil"),
            models.Index(
                fields=["organiser", "day"],
                condition=Q(decided_at=None, withdrawn_at=None),
                name="change_request_open",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["pupil", "day"],
                condition=Q(decided_at=None, withdrawn_at=None),
                name="change_request_once",
            ),
            models.CheckConstraint(
                condition=Q(comes_at=None) | Q(leaves_at=None) | Q(leaves_at__gt=F("comes_at")),
                name="change_request_runs_forward",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.decided_at is None and self.withdrawn_at is None

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        return of_family(viewer) | of_staff(viewer)

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        """Guardians withdraw, staff decide."""
        return of_guardians(viewer) | of_staff(viewer)


class DayComment(Guarded):
    """A few words about a child's day at fritids, from the family or from staff."""

    pupil = models.ForeignKey(Person, models.CASCADE, related_name="+")
    day = models.DateField()
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    text = models.CharField(max_length=400)
    is_from_staff = models.BooleanField()
    written_at = models.DateTimeField()

    class Meta(Guarded.Meta):
        ordering = ["written_at"]
        indexes = [
            models.Index(fields=["pupil", "day"], name="day_comment_of_pupil"),
            models.Index(fields=["organiser", "day"], name="day_comment_of_day"),
        ]

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        return of_family(viewer) | of_staff(viewer)

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        return of_guardians(viewer) | of_staff(viewer)


class CommentSeen(models.Model):
    """Until when somebody has read the comments of a child's day: what is written later is unread."""

    pupil = models.ForeignKey(Person, models.CASCADE, related_name="+")
    day = models.DateField()
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pupil", "day", "person"], name="comment_seen_once")]
