"""Who will not be there: the one fact that lessons, fritids, the office, the lunch and the day cards all ask for.

The absence box writes it (a guardian's report, a granted leave); every other part only reads it. SS 12000: Absence.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from skolnav.core.people.models import Enrolment, Membership, Person
from skolnav.core.people.validity import valid_on
from skolnav.core.tenancy.managers import Guarded
from skolnav.core.tenancy.viewer import Viewer


class Reason(models.TextChoices):
    """Fixed choices, so that nobody needs to write what a child suffers from."""

    ILL = "ill", _("Sjuk")
    CARE = "care", _("Läkare eller tandläkare")
    OTHER = "other", _("Annat")
    LEAVE = "leave", _("Beviljad ledighet")


class Absence(Guarded):
    """A pupil away from one moment to another within one Stockholm day, reported or granted: valid absence.

    Whole days lie from midnight to midnight, 23- and 25-hour ones too. Its writer replaces its rows when the report
    changes and deletes them when it is undone: what stands here holds.
    """

    class Kind(models.TextChoices):
        REPORTED = "reported"  # SS 12000: Anmäld frånvaro
        LEAVE = "leave"  # SS 12000: Beviljad ledighet

    pupil = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    reason = models.CharField(max_length=5, choices=Reason)
    day = models.DateField()
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    is_whole_day = models.BooleanField()
    source = models.CharField(max_length=40, help_text="What it came of: report:123, leave:45.")
    reported_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    reported_at = models.DateTimeField()

    class Meta(Guarded.Meta):
        ordering = ["starts"]
        indexes = [
            models.Index(fields=["pupil", "day"], name="absence_of_pupil"),
            models.Index(fields=["organiser", "day"], name="absence_of_day"),
            models.Index(fields=["source"], name="absence_of_source"),
        ]
        constraints = [models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="absence_runs_forward")]

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        """The family's own; those of one's groups; all of a school that one leads."""
        if not viewer.staff_school_ids:
            return Q(pupil__in=viewer.pupil_ids)
        mine = Membership.everything.filter(
            Membership.valid_on(viewer.today), group__in=viewer.staff_group_ids
        )
        led = Enrolment.everything.filter(valid_on(viewer.today), school__in=viewer.led_school_ids)
        return (
            Q(pupil__in=viewer.pupil_ids)
            | Q(pupil__in=mine.values("person_id"))
            | Q(pupil__in=led.values("pupil_id"))
        )
