"""Absence without a report or leave (ogiltig): the guardians are told the same day, and it can be proved.

Skollagen (2010:800) 7 kap. 17 §: if a pupil is absent without valid reason, the principal sees to it that the
guardian is told the same day, unless special reasons speak against it.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from skolnav.core.people.models import Person
from skolnav.core.schools.models import SchoolUnit
from skolnav.core.tenancy.ids import PublicIdField
from skolnav.core.tenancy.managers import Guarded
from skolnav.core.tenancy.viewer import Viewer

from .doors import of_family, of_mentors


class UnexcusedCase(Guarded):
    """One child's unexcused absence on one day. Its proof is the notice's deliveries and the contacts below."""

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
    excused_at = models.DateTimeField(null=True, blank=True)
    excused_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    excuse = models.CharField(max_length=120, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(Guarded.Meta):
        ordering = ["-day"]
        indexes = [models.Index(fields=["school", "day"], name="unexcused_of_school")]
        constraints = [models.UniqueConstraint(fields=["pupil", "day"], name="unexcused_once_a_day")]

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        return of_family(viewer) | of_mentors(viewer)

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        return of_mentors(viewer)


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

    class Meta:
        ordering = ["at"]
