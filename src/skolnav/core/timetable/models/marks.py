"""What one should know of a lesson: a test, homework due, something to bring."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from skolnav.core.people.models import Person
from skolnav.core.tenancy.ids import PublicIdField
from skolnav.core.tenancy.managers import Guarded
from skolnav.core.tenancy.viewer import Viewer

from .lessons import Lesson, LessonOccurrence


class LessonMark(Guarded):
    """On one day's lesson (`occurrence`), or on every one of a weekly time (`lesson`: the gym bag)."""

    class Kind(models.TextChoices):
        TEST = "test", _("Prov")
        HOMEWORK = "homework", _("Läxa")
        BRING = "bring", pgettext_lazy("lesson", "Ta med")

    public_id = PublicIdField()
    lesson = models.ForeignKey(Lesson, models.CASCADE, null=True, blank=True, related_name="+")
    occurrence = models.ForeignKey(LessonOccurrence, models.CASCADE, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    text = models.CharField(max_length=120, blank=True)
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta(Guarded.Meta):
        ordering = ["created_at"]
        indexes = [
            models.Index(fields=["lesson"], name="mark_of_lesson"),
            models.Index(fields=["occurrence"], name="mark_of_occurrence"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(lesson=None, occurrence__isnull=False) | Q(lesson__isnull=False, occurrence=None),
                name="mark_on_one_thing",
            )
        ]

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        return Q(lesson__activity__school__in=viewer.staff_school_ids) | Q(
            occurrence__activity__school__in=viewer.staff_school_ids
        )
