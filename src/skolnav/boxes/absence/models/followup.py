"""When absence passes a threshold, and the school's investigation of it.

Skollagen 7 kap. 19 a §: repeated or long absence, valid or not, is investigated promptly together with the pupil, the
guardian and the pupil health team; the organiser is told as soon as it has begun.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from skolnav.core.people.models import Person
from skolnav.core.schools.models import SchoolUnit
from skolnav.core.tenancy.ids import PublicIdField
from skolnav.core.tenancy.managers import Guarded
from skolnav.core.tenancy.viewer import Viewer

from .doors import of_those_responsible


class FollowUp(Guarded):
    """A task on mentor and principal: a pupil has passed a threshold in a month."""

    class Kind(models.TextChoices):
        SHARE = "share", _("Hög frånvaro")
        OCCASIONS = "occasions", _("Upprepad ogiltig frånvaro")

    public_id = PublicIdField()
    pupil = models.ForeignKey(Person, models.CASCADE, related_name="+")
    school = models.ForeignKey(SchoolUnit, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=9, choices=Kind)
    month = models.DateField(help_text="The first of the month it is counted in.")
    # Per cent of the month's minutes, or number of occasions, as last counted.
    figure = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    conclusion = models.CharField(max_length=400, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(Guarded.Meta):
        ordering = ["-opened_at"]
        indexes = [
            models.Index(fields=["school"], condition=Q(closed_at=None), name="follow_up_open"),
        ]
        constraints = [models.UniqueConstraint(fields=["pupil", "kind", "month"], name="follow_up_once")]

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        return of_those_responsible(viewer)

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        return of_those_responsible(viewer)


class Investigation(Guarded):
    """A case that only those who work with it see: its members, none else, the office neither."""

    public_id = PublicIdField()
    pupil = models.ForeignKey(Person, models.CASCADE, related_name="+")
    school = models.ForeignKey(SchoolUnit, models.CASCADE, related_name="+")
    opened_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField()
    background = models.TextField(max_length=4000, blank=True)
    reported_to_organiser_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    conclusion = models.TextField(max_length=4000, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(Guarded.Meta):
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["pupil", "school"], condition=Q(closed_at=None), name="investigation_once"
            )
        ]

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        """Its members, while they are on duty at its school."""
        mine = InvestigationMember.objects.filter(person=viewer.person_id, left_at=None)
        return Q(pk__in=mine.values("investigation_id"), school__in=viewer.staff_school_ids)

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        return Investigation.visible_q(viewer)


class InvestigationMember(models.Model):
    investigation = models.ForeignKey(Investigation, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    added_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["added_at"]
        constraints = [
            models.UniqueConstraint(fields=["investigation", "person"], name="investigation_member_once")
        ]


class InvestigationNote(models.Model):
    """Append only: what is written stays, with who and when."""

    public_id = PublicIdField()
    investigation = models.ForeignKey(Investigation, models.CASCADE, related_name="+")
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()
    text = models.TextField(max_length=4000)

    class Meta:
        ordering = ["written_at"]


class InvestigationMeasure(models.Model):
    """What is done, by whom, until when; and whether it is."""

    public_id = PublicIdField()
    investigation = models.ForeignKey(Investigation, models.CASCADE, related_name="+")
    text = models.CharField(max_length=300)
    responsible = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True, blank=True)
    added_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["added_at"]
