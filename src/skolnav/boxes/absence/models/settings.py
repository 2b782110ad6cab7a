"""What schools differ in. No row: the defaults."""

from datetime import time

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from skolnav.core.schools.models import SchoolUnit
from skolnav.core.tenancy.managers import Guarded
from skolnav.core.tenancy.viewer import Viewer

# Skollagen 7 kap. 18 §: the principal may not delegate a decision beyond ten days of a school year.
MOST_DELEGATED_DAYS = 10


class AbsenceSettings(Guarded):
    school = models.OneToOneField(SchoolUnit, models.CASCADE, related_name="+")
    most_days = models.PositiveSmallIntegerField(
        default=5, validators=[MinValueValidator(1), MaxValueValidator(30)]
    )
    # A lesson that has begun can no longer be reported after this time of the day; None: until it is over.
    locks_at = models.TimeField(null=True, blank=True)
    # Years up to and including this one take attendance once a day; None: every lesson in every year.
    whole_day_until_year = models.PositiveSmallIntegerField(
        null=True, blank=True, default=3, validators=[MaxValueValidator(10)]
    )
    heard_by = models.TimeField(default=time(9, 0))
    # The same-day duty (Skollagen 7 kap. 17 §): what has not been delivered by then is somebody's to telephone.
    deliver_by = models.TimeField(default=time(15, 0))
    threshold_percent = models.PositiveSmallIntegerField(
        default=10, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    threshold_occasions = models.PositiveSmallIntegerField(
        default=3, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    # How many leave days of a school year a mentor may decide; the law's ten at the most (7 kap. 18 §).
    mentor_leave_days = models.PositiveSmallIntegerField(
        default=MOST_DELEGATED_DAYS, validators=[MaxValueValidator(MOST_DELEGATED_DAYS)]
    )
    leave_needs_both = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        return Q(school__in=viewer.staff_school_ids)

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        return Q(school__in=viewer.led_school_ids)
