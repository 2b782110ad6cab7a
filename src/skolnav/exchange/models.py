"""A timetable file between the two steps: seen, and not written yet."""

from datetime import timedelta

from django.db import models
from django.db.models import Q

from skolnav.core.schools.models import SchoolUnit
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.ids import PublicIdField
from skolnav.core.tenancy.managers import Guarded
from skolnav.core.tenancy.viewer import Viewer

KEPT = timedelta(hours=24)


class TimetableFile(Guarded):
    """The rows of a file that somebody has uploaded and is looking at; the file itself is not kept. `fingerprint` is
    that of the plan they saw. Once it is written the rows are gone and `counts` tell what was done."""

    public_id = PublicIdField()
    school = models.ForeignKey(SchoolUnit, models.CASCADE, related_name="+")
    asked_by_id = models.BigIntegerField()
    asked_at = models.DateTimeField()
    file_name = models.CharField(max_length=120)
    rows = models.JSONField(default=list)
    fingerprint = models.CharField(max_length=64, blank=True)
    written_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict)

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["asked_at"], name="timetable_file_by_age")]

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        """Whoever uploaded it, while they still lead the school, for a day."""
        fresh = Q(asked_at__gt=clock.now() - KEPT)
        return fresh & Q(asked_by_id=viewer.person_id, school__in=viewer.led_school_ids)

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        return TimetableFile.visible_q(viewer)


def forget_timetable_files() -> int:
    """Drop the files that nobody came back to, of all organisers; gives how many. A job."""
    old = TimetableFile.everything.filter(asked_at__lte=clock.now() - KEPT)
    return old.delete()[0]
