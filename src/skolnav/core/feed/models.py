"""What a family should meet, once, in one place. Boxes tell it in the transaction that writes; see `publishing`.

The tables hold what lists and badges need and nothing more: bodies, files and the names of children stay
in the boxes. All of it can be made anew from the boxes (`skolnav rebuild-feed`).
"""

from datetime import date
from enum import IntFlag

from django.db import models
from django.db.models import Q

from skolnav.core.people.models import Person
from skolnav.core.tenancy.managers import Guarded
from skolnav.core.tenancy.viewer import Viewer


class Side(IntFlag):
    """Whom of a pupil's family something is for."""

    GUARDIANS = 1
    PUPILS = 2
    BOTH = 3


class Wants(models.IntegerChoices):
    """What a piece asks of its reader; anything but NOTHING stands under "Att göra" until it is done."""

    NOTHING = 0
    READ = 1
    ANSWER = 2


class Entry(Guarded):
    """One fact, by the row of the box that tells it."""

    box = models.CharField(max_length=30)
    kind = models.CharField(max_length=30)
    source_type = models.CharField(max_length=60)
    source_id = models.BigIntegerField()
    source_part = models.CharField(max_length=30, blank=True)
    revision = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=200, help_text="People's own words; generated texts stand in params.")
    params = models.JSONField(default=dict)
    link_name = models.CharField(max_length=60, help_text="A URL name; the reader's pupil is filled in.")
    link_args = models.JSONField(default=dict)
    icon = models.CharField(max_length=30, blank=True)
    is_important = models.BooleanField(default=False)
    wants = models.PositiveSmallIntegerField(choices=Wants, default=Wants.NOTHING)
    due = models.DateTimeField(null=True)
    published_at = models.DateTimeField()
    visible_until = models.DateTimeField(null=True)

    class Meta(Guarded.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["source_type", "source_id", "source_part"], name="entry_once_a_fact"
            )
        ]

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        return Q(pk__in=Audience.objects.filter(reaches(viewer)).values("entry"))


class Audience(models.Model):
    """Whom an entry reaches: a key and the sides of the families behind it."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="audiences")
    key = models.CharField(max_length=30, help_text="s:12 school, y:12:5 year, g:345 group, p:678 pupil")
    sides = models.PositiveSmallIntegerField()
    box = models.CharField(max_length=30)
    revision = models.PositiveIntegerField()
    wants = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField()
    visible_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "key"], name="audience_once")]
        indexes = [
            models.Index(
                "key",
                models.F("published_at").desc(),
                include=["sides", "entry", "box", "revision", "visible_until"],
                name="audience_by_key",
            ),
            models.Index(
                "key", models.F("published_at").desc(), condition=Q(wants__gt=0), name="audience_that_wants"
            ),
        ]


class Happening(models.Model):
    """When an entry happens: one row for each occurrence and key, for calendar and day cards."""

    LONGEST_DAYS = 60

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="happenings")
    key = models.CharField(max_length=30)
    sides = models.PositiveSmallIntegerField()
    first_day = models.DateField()
    last_day = models.DateField()
    starts = models.DateTimeField(null=True, help_text="Null: all day.")
    ends = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["key", "first_day"], name="happening_by_key")]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=models.F("first_day")), name="happening_runs_forward"
            )
        ]


class Seen(models.Model):
    """That a person has met an entry at a revision, and has done what it asked."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    revision = models.PositiveIntegerField()
    seen_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "entry"], name="seen_once")]
        indexes = [models.Index(fields=["entry"])]


class SearchText(models.Model):
    """An entry's words for the search field, bodies included; apart, so that lists stay narrow."""

    entry = models.OneToOneField(Entry, models.CASCADE, primary_key=True, related_name="+")
    text = models.TextField()


def reaches(viewer: Viewer) -> Q:
    """The audience rows that reach a viewer, on either side."""
    as_guardian = Q(key__in=list(viewer.guardian_keys), sides__in=[Side.GUARDIANS, Side.BOTH])
    as_pupil = Q(key__in=list(viewer.pupil_keys), sides__in=[Side.PUPILS, Side.BOTH])
    return as_guardian | as_pupil


def school_key(school_id: int) -> str:
    return f"s:{school_id}"


def year_key(school_id: int, year: int) -> str:
    return f"y:{school_id}:{year}"


def group_key(group_id: int) -> str:
    return f"g:{group_id}"


def pupil_key(pupil_id: int) -> str:
    return f"p:{pupil_id}"


def longest(first_day: date, last_day: date) -> bool:
    """Whether a happening keeps within the length that the calendar's index relies on."""
    return (last_day - first_day).days < Happening.LONGEST_DAYS
