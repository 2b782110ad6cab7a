"""Attendance as taken: one register a lesson (or a day, in the youngest years), a line for each pupil."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from skolnav.core.people.models import Group, Person
from skolnav.core.schools.models import SchoolUnit
from skolnav.core.tenancy.ids import PublicIdField
from skolnav.core.tenancy.managers import Guarded
from skolnav.core.tenancy.viewer import Viewer
from skolnav.core.timetable.models import LessonOccurrence

from .doors import of_family, of_leaders, of_mentors, of_staff


class Register(Guarded):
    """That attendance was taken: of a lesson (`occurrence`) or of a class's whole day (`group`)."""

    public_id = PublicIdField()
    school = models.ForeignKey(SchoolUnit, models.CASCADE, related_name="+")
    occurrence = models.OneToOneField(
        LessonOccurrence, models.CASCADE, null=True, blank=True, related_name="+"
    )
    group = models.ForeignKey(Group, models.CASCADE, null=True, blank=True, related_name="+")
    day = models.DateField()
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    # As they were called when it was taken: what a term's overview counts by.
    subject_code = models.CharField(max_length=20, blank=True)
    subject = models.CharField(max_length=80, blank=True)
    taken_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    taken_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta(Guarded.Meta):
        ordering = ["starts"]
        indexes = [models.Index(fields=["school", "day"], name="register_of_school")]
        constraints = [
            models.UniqueConstraint(fields=["group", "day"], name="day_register_once"),
            models.CheckConstraint(
                condition=Q(occurrence=None, group__isnull=False) | Q(occurrence__isnull=False, group=None),
                name="register_of_one_thing",
            ),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="register_runs_forward"),
        ]

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        """Those who lead the school; a teacher reaches theirs through the lesson (core.timetable.rights)."""
        return Q(school__in=viewer.led_school_ids) | Q(taken_by=viewer.person_id)


class LessonAttendance(Guarded):
    """A pupil in a register. The minutes add up to the lesson's (SS 12000: Attendance); they are reckoned anew when a
    report or leave comes afterwards, so that a term's figures are sums."""

    class State(models.TextChoices):
        PRESENT = "present", _("Här")
        ABSENT = "absent", _("Borta")
        LATE = "late", _("Sen")
        LEFT_EARLY = "left", _("Gick tidigare")

    register = models.ForeignKey(Register, models.CASCADE, related_name="+")
    pupil = models.ForeignKey(Person, models.CASCADE, related_name="+")
    day = models.DateField()
    state = models.CharField(max_length=7, choices=State)
    # Minutes late, or minutes that were left of the lesson.
    minutes = models.PositiveSmallIntegerField(default=0)
    attended_minutes = models.PositiveSmallIntegerField()
    valid_minutes = models.PositiveSmallIntegerField(default=0)
    invalid_minutes = models.PositiveSmallIntegerField(default=0)

    class Meta(Guarded.Meta):
        indexes = [
            models.Index(fields=["pupil", "day"], name="attendance_of_pupil"),
            models.Index(
                fields=["organiser", "day"], condition=Q(invalid_minutes__gt=0), name="attendance_invalid"
            ),
        ]
        constraints = [models.UniqueConstraint(fields=["register", "pupil"], name="attendance_once")]

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        return of_family(viewer) | of_staff(viewer)

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        """Afterwards the mentor corrects, or those who lead the school."""
        return of_mentors(viewer) | of_leaders(viewer)


class AttendanceChange(models.Model):
    """What a save or a correction changed: the history that mentor and office read. Append only."""

    register = models.ForeignKey(Register, models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=120, blank=True)
    # pupil id -> [state before or "", minutes before, state after, minutes after]
    lines = models.JSONField(default=dict)

    class Meta:
        ordering = ["at"]
        indexes = [models.Index(fields=["register", "at"], name="change_of_register")]
