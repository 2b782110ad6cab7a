"""Applying for leave (ledighet), and the decision.

Skollagen 7 kap. 18 §: short leave for private matters, longer only for exceptional reasons; the principal decides, and
may not delegate decisions beyond ten days of a school year.
"""

from datetime import date, timedelta

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from skolnav.core.people.models import Person
from skolnav.core.schools.models import SchoolUnit
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.ids import PublicIdField
from skolnav.core.tenancy.managers import Guarded
from skolnav.core.tenancy.viewer import Viewer

from .doors import of_family, of_mentors

ANSWER_WITHIN = timedelta(days=7)


class LeaveState(models.TextChoices):
    """How an application stands, worked out from its records."""

    CONSENT = "consent", _("Väntar på den andra vårdnadshavaren")
    DISAGREED = "disagreed", _("Vårdnadshavarna är inte överens")
    WAITING = "waiting", _("Väntar på beslut")
    GRANTED = "granted", _("Beviljad")
    REFUSED = "refused", _("Avslagen")
    WITHDRAWN = "withdrawn", _("Tillbakatagen")
    EXPIRED = "expired", _("Svaret kom inte i tid")
    GIVEN_UP = "given_up", _("Ledigheten tas inte ut")


class LeaveApplication(Guarded):
    """For one child; siblings applied for together share `batch`, and each school decides about its own pupil.

    Read it with `prefetch_related("decisions", "consents")`: what it says of itself comes out of these.
    """

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
    # Granted, but the family came to school after all: no leave from this day on.
    given_up_from = models.DateField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    given_up_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
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

    @property
    def applied_on(self) -> date:
        """The Stockholm day of the application."""
        return self.applied_at.astimezone(clock.STOCKHOLM).date()

    @property
    def decision(self) -> "LeaveDecision | None":
        """The decision that holds."""
        return next((one for one in self.decisions.all() if one.replaced_at is None), None)

    @property
    def earlier_decisions(self) -> "list[LeaveDecision]":
        """Those that a later one took the place of, the last first."""
        old = [one for one in self.decisions.all() if one.replaced_at]
        return sorted(old, key=lambda one: one.decided_at, reverse=True)

    @property
    def state(self) -> LeaveState:
        if self.withdrawn_at:
            return LeaveState.WITHDRAWN
        if self.decision:
            return self._decided(self.decision)
        if self.expired_at:
            return LeaveState.EXPIRED
        answers = [one.agrees for one in self.consents.all()]
        if False in answers:
            return LeaveState.DISAGREED
        return LeaveState.CONSENT if None in answers else LeaveState.WAITING

    def _decided(self, decision: "LeaveDecision") -> LeaveState:
        if not decision.is_granted:
            return LeaveState.REFUSED
        never_taken = self.given_up_from is not None and self.given_up_from <= self.first_day
        return LeaveState.GIVEN_UP if never_taken else LeaveState.GRANTED

    @property
    def is_open(self) -> bool:
        """Whether it still waits: for a guardian or for the school."""
        return self.state in (LeaveState.CONSENT, LeaveState.DISAGREED, LeaveState.WAITING)

    @staticmethod
    def open_q() -> Q:
        """The same as `is_open`, for the database."""
        decided = LeaveDecision.objects.filter(application=OuterRef("pk"), replaced_at=None)
        return Q(~Exists(decided), withdrawn_at=None, expired_at=None)

    @staticmethod
    def agreed_q() -> Q:
        """Everybody who was asked has said yes."""
        asked = LeaveConsent.objects.filter(application=OuterRef("pk"))
        return Q(~Exists(asked.exclude(agrees=True)))

    @staticmethod
    def disagreed_q() -> Q:
        """Somebody who was asked has said no."""
        return Q(Exists(LeaveConsent.objects.filter(application=OuterRef("pk"), agrees=False)))

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        return of_family(viewer) | of_mentors(viewer)

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        return Q(pupil__in=viewer.child_ids) | of_mentors(viewer)

    @staticmethod
    def of_staff_q(viewer: Viewer) -> Q:
        """Those that reach the viewer in their work: never as the child's own family."""
        return of_mentors(viewer)


class LeaveConsent(models.Model):
    """The other guardian's answer, where the school asks for it."""

    application = models.ForeignKey(LeaveApplication, models.CASCADE, related_name="consents")
    guardian = models.ForeignKey(Person, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    # The last Stockholm day to answer on.
    answer_by = models.DateField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    agrees = models.BooleanField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["guardian"], condition=Q(answered_at=None), name="leave_consent_awaited"),
        ]
        constraints = [models.UniqueConstraint(fields=["application", "guardian"], name="leave_consent_once")]

    @staticmethod
    def last_day_to_answer(asked_on: date, first_day: date) -> date:
        """A week after the question, or the day before the leave begins; never before the day of the question."""
        return max(asked_on, min(asked_on + ANSWER_WITHIN, first_day - timedelta(days=1)))


class LeaveDecision(models.Model):
    """Granted or refused, with its reasons. Granted days stand as Absences in core.presence.

    A principal's change is a new row: the earlier one stays, with `replaced_at`.
    """

    application = models.ForeignKey(LeaveApplication, models.CASCADE, related_name="decisions")
    is_granted = models.BooleanField()
    reasons = models.CharField(max_length=600)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField()
    # Days of the school year with this one, as counted when it was decided: the figure of 7 kap. 18 §.
    days_of_the_year = models.PositiveSmallIntegerField()
    by_principal = models.BooleanField(default=False)
    # Decided though another guardian had not said yes.
    without_consent = models.BooleanField(default=False)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["decided_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(replaced_at=None), name="leave_decision_holds_once"
            )
        ]

    @property
    def decided_on(self) -> date:
        """The Stockholm day of the decision."""
        return self.decided_at.astimezone(clock.STOCKHOLM).date()
