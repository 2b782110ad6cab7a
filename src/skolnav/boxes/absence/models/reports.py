"""What a guardian reports, or the office types in for one who telephones."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from skolnav.core.people.models import Person
from skolnav.core.presence.models import Reason
from skolnav.core.tenancy.ids import PublicIdField
from skolnav.core.tenancy.managers import Guarded
from skolnav.core.tenancy.viewer import Viewer

from .doors import of_family, of_mentors, of_staff

REPORTED_REASONS = (Reason.ILL, Reason.CARE, Reason.OTHER)
NOTE_LENGTH = 120


class AbsenceReport(Guarded):
    """One child's absence as reported. What holds of it stands as Absences in core.presence (`source`).

    `lessons` are the addresses of ticked lessons, [public_id, day]; `well_from` the moment from which the child is
    back before the report's end ("frisk igen").
    """

    class Extent(models.TextChoices):
        DAYS = "days", _("Hela dagar")
        REST = "rest", _("Resten av dagen")
        LESSONS = "lessons", _("Vissa lektioner")

    # How the Absences of a report begin to say what they came of.
    SOURCE: ClassVar[str] = "report:"

    public_id = PublicIdField()
    pupil = models.ForeignKey(Person, models.CASCADE, related_name="+")
    # Shared by the reports of siblings that were sent together: undone together.
    batch = models.CharField(max_length=16)
    extent = models.CharField(max_length=7, choices=Extent, default=Extent.DAYS)
    first_day = models.DateField()
    last_day = models.DateField()
    starts = models.DateTimeField(null=True, blank=True, help_text="Of REST.")
    lessons = models.JSONField(default=list, blank=True)
    reason = models.CharField(max_length=5, choices=[(one.value, one.label) for one in REPORTED_REASONS])
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)
    reported_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    reported_at = models.DateTimeField()
    # Typed in by staff: who telephoned, in the caller's own relation ("mamma", "mormor").
    telephoned_by = models.CharField(max_length=80, blank=True)
    is_by_staff = models.BooleanField(default=False)
    well_from = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta(Guarded.Meta):
        ordering = ["-first_day", "-reported_at"]
        indexes = [
            models.Index(fields=["pupil", "-first_day"], name="report_of_pupil"),
            models.Index(fields=["organiser", "first_day"], name="report_by_day"),
            models.Index(fields=["batch"], name="report_of_batch"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="report_days_run_forward")
        ]

    @property
    def source(self) -> str:
        """What its Absences say they came of."""
        return f"{self.SOURCE}{self.pk}"

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        return of_family(viewer) | of_staff(viewer)

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        """Either guardian changes what either has reported; never the pupil. Staff: the mentor and the office."""
        return Q(pupil__in=viewer.child_ids) | of_mentors(viewer)
