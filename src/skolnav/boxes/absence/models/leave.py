"""Applying for leave (ledighet), and the decision.

Skollagen 7 kap. 18 §: short leave for private matters, longer only for exceptional reasons; the principal decides, and
may not delegate decisions beyond ten days of a school year.
"""

from django.db import models
from django.db.models import F, Q

from skolnav.core.people.models import Person
from skolnav.core.schools.models import SchoolUnit
from skolnav.core.tenancy.ids import PublicIdField
from skolnav.core.tenancy.managers import Guarded
from skolnav.core.tenancy.viewer import Viewer

from .doors import of_family, of_mentors


class LeaveApplication(Guarded):
    """For one child; siblings applied for together share `batch`, and each school decides about its own pupil."""

    public_id = PublicIdField()
    batch = models.CharField(max_length=16)
    pupil = models.ForeignKey(Person, models.CASCADE, related_name="+")
    school = models.ForeignKey(SchoolUnit, models.CASCADE, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    # School days in the period, counted when it was sent (terms and study days as they then were).
    school_days = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=600)
    applied_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    applied_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    # The second guardian never answered in time.
    expired_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(Guarded.Meta):
        ordering = ["-applied_at"]
        indexes = [
            models.Index(fields=["pupil", "first_day"], name="leave_of_pupil"),
            models.Index(fields=["school", "applied_at"], name="leave_of_school"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="leave_runs_forward")
        ]

    @property
    def source(self) -> str:
        """What its Absences say they came of."""
        return f"leave:{self.pk}"

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        return of_family(viewer) | of_mentors(viewer)

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        return Q(pupil__in=viewer.child_ids) | of_mentors(viewer)


class LeaveConsent(models.Model):
    """The other guardian's answer, where the school asks for it."""

    application = models.ForeignKey(LeaveApplication, models.CASCADE, related_name="+")
    guardian = models.ForeignKey(Person, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    agrees = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "guardian"], name="leave_consent_once")]


class LeaveDecision(models.Model):
    """Granted or refused, with its reasons. Granted days stand as Absences in core.presence."""

    application = models.OneToOneField(LeaveApplication, models.CASCADE, related_name="decision")
    is_granted = models.BooleanField()
    reasons = models.CharField(max_length=600)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField()
    # Days of the school year with this one, as counted when it was decided: the figure of 7 kap. 18 §.
    days_of_the_year = models.PositiveSmallIntegerField()
    by_principal = models.BooleanField(default=False)
