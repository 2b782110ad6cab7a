"""When a school's fritids is open, when lov is asked about, and how long families may change."""

from datetime import time

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from skolnav.core.people.models import Group, Person
from skolnav.core.schools.models import SchoolUnit
from skolnav.core.tenancy.ids import PublicIdField
from skolnav.core.tenancy.managers import Guarded
from skolnav.core.tenancy.viewer import Viewer

# Where a school has entered no hours: Monday to Friday.
DEFAULT_OPENS, DEFAULT_CLOSES = time(6, 0), time(18, 0)
WEEKDAYS = 5


def works_at_q(viewer: Viewer) -> Q:
    """Rows of the schools whose fritids the viewer works in or leads."""
    sections = Group.everything.filter(pk__in=viewer.educare_group_ids)
    return Q(school__in=viewer.led_school_ids) | Q(school__in=sections.values("school"))


class EducareSettings(Guarded):
    """What a school has chosen; without a row the defaults hold. Days lock `lock_days` ahead, today included."""

    school = models.OneToOneField(SchoolUnit, models.CASCADE, related_name="+")
    lock_days = models.PositiveSmallIntegerField(default=7, validators=[MaxValueValidator(28)])
    late_after_minutes = models.PositiveSmallIntegerField(default=10, validators=[MaxValueValidator(120)])
    holiday_reminder_days = models.PositiveSmallIntegerField(default=3, validators=[MaxValueValidator(28)])
    version = models.PositiveIntegerField(default=1)

    class Meta(Guarded.Meta):
        pass

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        return works_at_q(viewer)

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        return Q(school__in=viewer.led_school_ids)


class OpeningHours(Guarded):
    """A weekday's hours (0 is Monday). A school with rows is closed on the weekdays that have none."""

    school = models.ForeignKey(SchoolUnit, models.CASCADE, related_name="+")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta(Guarded.Meta):
        ordering = ["weekday"]
        constraints = [
            models.UniqueConstraint(fields=["school", "weekday"], name="educare_hours_once"),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="educare_hours_run_forward"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="educare_hours_weekday"),
        ]

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        return works_at_q(viewer)

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        return Q(school__in=viewer.led_school_ids)


class ClosingDay(Guarded):
    """A day on which a school's fritids is shut: planning day, Midsummer's Eve."""

    public_id = PublicIdField()
    school = models.ForeignKey(SchoolUnit, models.CASCADE, related_name="+")
    day = models.DateField()
    reason = models.CharField(_("Varför"), max_length=120)
    closed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField()

    class Meta(Guarded.Meta):
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["school", "day"], name="educare_closing_day_once")]

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        return works_at_q(viewer)

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        return works_at_q(viewer)


class HolidayRound(Guarded):
    """A lov that families answer for by itself, until a deadline. Weekly patterns do not count in its days."""

    public_id = PublicIdField()
    school = models.ForeignKey(SchoolUnit, models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    first_day = models.DateField()
    last_day = models.DateField()
    deadline = models.DateTimeField(help_text="From this moment on the days are locked.")
    opened_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    LONGEST_DAYS = 92

    class Meta(Guarded.Meta):
        ordering = ["first_day"]
        indexes = [models.Index(fields=["school", "last_day"], name="educare_round_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="educare_round_runs_forward"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        return works_at_q(viewer)

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        return works_at_q(viewer)
