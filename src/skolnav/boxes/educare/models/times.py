"""When a child comes to fritids and leaves: for a day, by a pattern of weeks, and whose week it is.

`comes_at` is the morning (dropped off; empty: comes from school), `leaves_at` the afternoon (picked up; empty: no care
after school). SS 12000: AttendanceSchedule, which has the same two halves.
"""

from django.db import models
from django.db.models import F, Q

from skolnav.core.people.models import Person
from skolnav.core.tenancy.ids import PublicIdField
from skolnav.core.tenancy.managers import Guarded
from skolnav.core.tenancy.viewer import Viewer

from .asking import Collector
from .doors import of_family, of_guardians, of_staff

LONGEST_CYCLE = 52  # weeks


class CareTime(Guarded):
    """A child's times on one day, as set for that very day. It wins over every pattern."""

    pupil = models.ForeignKey(Person, models.CASCADE, related_name="+")
    day = models.DateField()
    comes_at = models.TimeField(null=True, blank=True)
    leaves_at = models.TimeField(null=True, blank=True)
    is_off = models.BooleanField(default=False)
    # Somebody of the standing list, or a name for this day alone; neither means the usual one.
    collector = models.ForeignKey(Collector, models.SET_NULL, null=True, blank=True, related_name="+")
    collected_by = models.CharField(max_length=80, blank=True)
    goes_alone = models.BooleanField(default=False)
    set_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    set_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta(Guarded.Meta):
        ordering = ["day"]
        indexes = [models.Index(fields=["organiser", "day"], name="care_time_of_day")]
        constraints = [
            models.UniqueConstraint(fields=["pupil", "day"], name="care_time_once"),
            models.CheckConstraint(
                condition=Q(comes_at=None) | Q(leaves_at=None) | Q(leaves_at__gt=F("comes_at")),
                name="care_time_runs_forward",
            ),
        ]

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        return of_family(viewer) | of_staff(viewer)

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        return of_guardians(viewer) | of_staff(viewer)


class CarePattern(Guarded):
    """Weeks that repeat, from one day to another: `weeks` of them, the first beginning on `cycle_start`."""

    public_id = PublicIdField()
    pupil = models.ForeignKey(Person, models.CASCADE, related_name="+")
    owner = models.ForeignKey(Person, models.CASCADE, related_name="+")
    weeks = models.PositiveSmallIntegerField()
    cycle_start = models.DateField(help_text="A Monday.")
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)
    begun_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta(Guarded.Meta):
        ordering = ["first_day"]
        indexes = [models.Index(fields=["pupil", "first_day"], name="care_pattern_of_pupil")]
        constraints = [
            models.CheckConstraint(
                condition=Q(weeks__gte=1, weeks__lte=LONGEST_CYCLE), name="care_pattern_within_a_year"
            ),
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")), name="care_pattern_runs_forward"
            ),
        ]

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        return of_family(viewer) | of_staff(viewer)

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        return of_guardians(viewer)


class PatternTime(models.Model):
    """A weekday (0 is Monday) in one of a pattern's weeks (counted from 0). A weekday without a row is free."""

    pattern = models.ForeignKey(CarePattern, models.CASCADE, related_name="times")
    week = models.PositiveSmallIntegerField()
    weekday = models.PositiveSmallIntegerField()
    comes_at = models.TimeField(null=True, blank=True)
    leaves_at = models.TimeField(null=True, blank=True)
    collector = models.ForeignKey(Collector, models.SET_NULL, null=True, blank=True, related_name="+")
    goes_alone = models.BooleanField(default=False)

    class Meta:
        ordering = ["week", "weekday"]
        constraints = [
            models.UniqueConstraint(fields=["pattern", "week", "weekday"], name="pattern_time_once"),
            models.CheckConstraint(
                condition=Q(comes_at=None) | Q(leaves_at=None) | Q(leaves_at__gt=F("comes_at")),
                name="pattern_time_runs_forward",
            ),
        ]


class HomeAgreement(Guarded):
    """Whose week it is where a child lives in two homes: proposed by one guardian, in force when another agrees."""

    public_id = PublicIdField()
    pupil = models.ForeignKey(Person, models.CASCADE, related_name="+")
    weeks = models.PositiveSmallIntegerField()
    cycle_start = models.DateField(help_text="A Monday.")
    proposed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField()
    agreed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    # Declined, withdrawn, or replaced by the next.
    ended_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(Guarded.Meta):
        ordering = ["-proposed_at"]
        indexes = [models.Index(fields=["pupil"], condition=Q(ended_at=None), name="home_agreement_of_pupil")]
        constraints = [
            models.UniqueConstraint(
                fields=["pupil"], condition=Q(ended_at=None, agreed_at=None), name="home_proposal_once"
            ),
            models.UniqueConstraint(
                fields=["pupil"],
                condition=Q(ended_at=None, agreed_at__isnull=False),
                name="home_agreement_once",
            ),
            models.CheckConstraint(
                condition=Q(weeks__gte=2, weeks__lte=LONGEST_CYCLE), name="home_agreement_within_a_year"
            ),
        ]

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        return of_family(viewer)

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        return of_guardians(viewer)


class HomeWeek(models.Model):
    """Which guardian has the child in one week (counted from 0) of an agreement's cycle."""

    agreement = models.ForeignKey(HomeAgreement, models.CASCADE, related_name="home_weeks")
    week = models.PositiveSmallIntegerField()
    guardian = models.ForeignKey(Person, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["week"]
        constraints = [models.UniqueConstraint(fields=["agreement", "week"], name="home_week_once")]
