"""Lessons: weekly times, and the single occurrences that differ from them or stand alone."""

from django.db import models
from django.db.models import F, Q

from skolnav.core.people.models import Person
from skolnav.core.people.models.guardianship import Source
from skolnav.core.tenancy.ids import PublicIdField
from skolnav.core.tenancy.managers import Guarded
from skolnav.core.tenancy.viewer import Viewer

from .activities import Activity, Room

MOST_WEEKS = 52


class Lesson(Guarded):
    """A weekly time of an activity, in Stockholm's clock. `weeks` and `week` make it every week (1, 0), an A week
    (2, 0), a B week (2, 1) or one of N; the cycle is counted in whole weeks from the Monday `cycle_start`."""

    public_id = PublicIdField()
    source_id = models.CharField(max_length=64, blank=True)
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="+")
    weekday = models.PositiveSmallIntegerField(help_text="Monday is 0.")
    starts_at = models.TimeField()
    ends_at = models.TimeField()
    weeks = models.PositiveSmallIntegerField(default=1)
    week = models.PositiveSmallIntegerField(default=0)
    cycle_start = models.DateField(help_text="The Monday of week 0.")
    first_day = models.DateField()
    last_day = models.DateField()
    room = models.ForeignKey(Room, models.SET_NULL, null=True, blank=True, related_name="+")
    source = models.CharField(max_length=6, choices=Source, default=Source.OFFICE)
    version = models.PositiveIntegerField(default=1)

    class Meta(Guarded.Meta):
        ordering = ["weekday", "starts_at"]
        indexes = [
            models.Index(fields=["activity"], name="lesson_of_activity"),
            models.Index(fields=["room", "weekday"], name="lesson_in_room"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organiser", "source_id"], condition=~Q(source_id=""), name="lesson_source_once"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="lesson_runs_forward"),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="lesson_days_run_forward"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="lesson_on_a_weekday"),
            models.CheckConstraint(
                condition=Q(weeks__gte=1, weeks__lte=MOST_WEEKS, week__lt=F("weeks")), name="lesson_cycle"
            ),
        ]

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        return Q(activity__school__in=viewer.staff_school_ids)

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        return Q(activity__school__in=viewer.led_school_ids)


class LessonOccurrence(Guarded):
    """One lesson on one day: what differs from its weekly time, or what stands alone (an event of SS 12000).

    A row is made when there is something to say of the day; without one the weekly time holds as it is. `starts`,
    `ends` and `room` are as they now are; a cancelled one keeps its times. `day` is the weekly time's own day, by which
    it is addressed, also when the lesson has been moved to another.
    """

    public_id = PublicIdField()
    source_id = models.CharField(max_length=64, blank=True)
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="+")
    lesson = models.ForeignKey(Lesson, models.CASCADE, null=True, blank=True, related_name="+")
    day = models.DateField()
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    room = models.ForeignKey(Room, models.SET_NULL, null=True, blank=True, related_name="+")
    is_cancelled = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True, help_text="For everybody who has the lesson.")
    source = models.CharField(max_length=6, choices=Source, default=Source.OFFICE)
    changed_at = models.DateTimeField(null=True, blank=True, help_text="When somebody last changed the day.")
    changed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    revision = models.PositiveIntegerField(
        default=0, help_text="How many times families were told of a change."
    )
    version = models.PositiveIntegerField(default=1)

    class Meta(Guarded.Meta):
        ordering = ["starts"]
        indexes = [
            models.Index(fields=["activity", "day"], name="occurrence_of_activity"),
            models.Index(fields=["activity", "starts"], name="occurrence_when"),
            models.Index(fields=["organiser", "starts"], name="occurrence_by_start"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["lesson", "day"], name="occurrence_once"),
            models.UniqueConstraint(
                fields=["organiser", "source_id"], condition=~Q(source_id=""), name="occurrence_source_once"
            ),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="occurrence_runs_forward"),
        ]

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        return Q(activity__school__in=viewer.staff_school_ids)

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        return Q(activity__school__in=viewer.led_school_ids)


class LessonSubstitute(models.Model):
    """Somebody who takes one lesson on one day. It opens that lesson and its pupils around that time, no more."""

    occurrence = models.ForeignKey(LessonOccurrence, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    set_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["occurrence", "person"], name="substitute_once")]
        indexes = [models.Index(fields=["person"], name="occurrence_by_substitute")]
