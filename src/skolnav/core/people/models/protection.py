"""Protected identity (skyddade personuppgifter): a record of who set it, and of the two who lowered it."""

from django.db import models
from django.db.models import Q

from skolnav.core.tenancy.managers import Guarded
from skolnav.core.tenancy.viewer import Viewer

from .guardianship import Source
from .person import Person


class SecurityMarking(models.TextChoices):
    """As SS 12000 and the population register name them."""

    CONFIDENTIALITY = "Sekretessmarkering"
    PROTECTED_REGISTRATION = "Skyddad folkbokföring"


class Protection(Guarded):
    """In force until two different people have lowered it: one asks, another confirms."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    marking = models.CharField(max_length=24, choices=SecurityMarking)
    source = models.CharField(max_length=6, choices=Source)
    set_at = models.DateTimeField(auto_now_add=True)
    set_by_id = models.BigIntegerField(null=True)
    lowering_asked_at = models.DateTimeField(null=True, blank=True)
    lowering_asked_by_id = models.BigIntegerField(null=True, blank=True)
    lowered_at = models.DateTimeField(null=True, blank=True)
    lowered_by_id = models.BigIntegerField(null=True, blank=True)

    class Meta(Guarded.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(lowered_at=None), name="one_open_protection"
            ),
            models.CheckConstraint(
                condition=Q(lowered_at=None) | ~Q(lowered_by_id=models.F("lowering_asked_by_id")),
                name="protection_lowered_by_two",
            ),
        ]

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        return Protection.editable_q(viewer)

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        return Q(person__in=Person.everything.filter(Person.editable_q(viewer)))
