"""Absence without a report or leave (ogiltig): the guardians are told the same day, and it can be proved.

Skollagen (2010:800) 7 kap. 17 §: if a pupil is absent without valid reason, the principal sees to it that the
guardian is told the same day, unless special reasons speak against it.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from skolnav.core.people.models import Person
from skolnav.core.schools.models import SchoolUnit
from skolnav.core.tenancy.ids import PublicIdField
from skolnav.core.tenancy.managers import Guarded
from skolnav.core.tenancy.viewer import Viewer

from .doors import of_family, of_those_responsible
from .reports import NOTE_LENGTH, REPORTED_REASONS


class UnexcusedCase(Guarded):
    """One child's unexcused absence on one day. Its proof is the notice's deliveries and the contacts below."""

    FACT: ClassVar[str] = "unexcused:"  # its notices are known by this and the key

    public_id = PublicIdField()
    pupil = models.ForeignKey(Person, models.CASCADE, related_name="+")
    school = models.ForeignKey(SchoolUnit, models.CASCADE, related_name="+")
    day = models.DateField()
    opened_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=0)
    # Raised by each further lesson of the day: bell and mail tell anew, an SMS goes once.
    revision = models.PositiveIntegerField(default=1)
    # Nobody had been reached by the school's hour: a task for the office until somebody has telephoned.
    escalated_at = models.DateTimeField(null=True, blank=True)
    # By a report, a leave, a correction or a decision: the last of its Excusals says which.
    excused_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(Guarded.Meta):
        ordering = ["-day"]
        indexes = [models.Index(fields=["school", "day"], name="unexcused_of_school")]
        constraints = [models.UniqueConstraint(fields=["pupil", "day"], name="unexcused_once_a_day")]

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        return of_family(viewer) | of_those_responsible(viewer)

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        return of_those_responsible(viewer)

    @property
    def fact(self) -> str:
        """What its notices are known by."""
        return f"{self.FACT}{self.pk}"

    @property
    def source(self) -> str:
        """What the absences say that an accepted explanation of it makes."""
        return f"excuse:{self.pk}"


class CaseContact(models.Model):
    """That somebody of the school spoke to a guardian, or tried to. Append only."""

    class Outcome(models.TextChoices):
        REACHED = "reached", _("Nådde vårdnadshavaren")
        NO_ANSWER = "no_answer", _("Inget svar")
        MESSAGE = "message", _("Lämnade meddelande")
        SPECIAL_REASONS = "special", _("Särskilda skäl att inte underrätta")

    case = models.ForeignKey(UnexcusedCase, models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    guardian = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    outcome = models.CharField(max_length=9, choices=Outcome)
    note = models.CharField(max_length=200, blank=True)

    # After one of these the guardian counts as told, or need not be.
    TOLD: ClassVar[tuple[str, ...]] = (Outcome.REACHED, Outcome.MESSAGE, Outcome.SPECIAL_REASONS)

    class Meta:
        ordering = ["at"]
        indexes = [models.Index(fields=["case", "at"], name="contact_of_case")]


class Excuse(models.Model):
    """A guardian's explanation when the lesson can no longer be reported: mentor or office accepts it, or does not."""

    public_id = PublicIdField()
    case = models.ForeignKey(UnexcusedCase, models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=5, choices=[(one.value, one.label) for one in REPORTED_REASONS])
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    is_accepted = models.BooleanField(null=True, blank=True)
    answer = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(answered_at=None), name="excuse_asked_once")
        ]


class Excusal(models.Model):
    """That a case was excused: when, by whom and by what. Stays when it is undone, which is noted too."""

    class How(models.TextChoices):
        REPORT = "report", _("Anmälan")
        LEAVE = "leave", _("Beviljad ledighet")
        CORRECTION = "corrected", _("Rättad närvaro")
        ACCEPTED = "accepted", _("Godtagen förklaring")
        STAFF = "staff", _("Skolans beslut")

    # What a decision of the school made can be undone by one; the rest follows what it came of.
    DECIDED: ClassVar[tuple[str, ...]] = (How.ACCEPTED, How.STAFF)

    case = models.ForeignKey(UnexcusedCase, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    how = models.CharField(max_length=9, choices=How)
    reason = models.CharField(max_length=200, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["at"]
        indexes = [models.Index(fields=["case", "at"], name="excusal_of_case")]
