"""What somebody is told, by which channel, and how it went: the outbox is the truth, the worker sweeps it."""

from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from skolnav.core.feed.models import Audience, Entry, reaches
from skolnav.core.people.models import Person
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.ids import PublicIdField
from skolnav.core.tenancy.managers import Guarded
from skolnav.core.tenancy.viewer import Viewer

from .kinds import kinds_for
from .terms import Channel, When


class Notice(Guarded):
    """A fact to tell, before it is known to whom: the worker fans it out when it is due."""

    public_id = PublicIdField()
    kind = models.CharField(max_length=60, help_text="A registered kind: information.news_published.")
    # What the same fact is known by: told once for each revision.
    fact = models.CharField(max_length=80)
    revision = models.PositiveIntegerField(default=1)
    # Recipients follow from the entry's audience, from `person_ids`, or are those that both name.
    entry = models.ForeignKey(Entry, models.CASCADE, null=True, related_name="+")
    person_ids = models.JSONField(default=list)
    # Without an entry: the child that the recipients' right to know rests on, if there is one.
    pupil = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    params = models.JSONField(default=dict)
    link_name = models.CharField(max_length=60, help_text="A URL name; the reader's pupil is filled in.")
    link_args = models.JSONField(default=dict)
    due_at = models.DateTimeField()
    asked_at = models.DateTimeField(help_text="When somebody last asked for it to be told.")
    fanned_out_at = models.DateTimeField(null=True)

    class Meta(Guarded.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organiser", "kind", "fact", "revision"], name="notice_once_a_revision"
            )
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(fanned_out_at=None), name="notice_waiting")]


class Delivery(Guarded):
    """One notice to one person by one channel: exactly once in the books."""

    # Sent by no channel yet, and still to be.
    WAITING: ClassVar[Q] = Q(sent_at=None, cut_at=None, failed_at=None) & ~Q(channel=Channel.BELL)
    UNREAD: ClassVar[Q] = Q(channel=Channel.BELL, read_at=None, cut_at=None)

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    channel = models.CharField(max_length=5, choices=Channel)
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True, help_text="As the carrier tells; mail servers never do.")
    read_at = models.DateTimeField(null=True)
    # Cut: the custody or duty it rested on is over, a later revision has replaced it, or it is not wanted.
    cut_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=60, blank=True, help_text="A class of error, never an address.")

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["notice", "channel", "person"], name="delivery_once")]
        indexes = [
            models.Index(fields=["person", "-due_at"], condition=Q(channel="bell"), name="bell_of_person"),
            models.Index(
                fields=["person"], condition=Q(channel="bell", read_at=None, cut_at=None), name="bell_unread"
            ),
            models.Index(
                fields=["next_try_at"],
                condition=Q(sent_at=None, cut_at=None, failed_at=None) & ~Q(channel="bell"),
                name="delivery_waiting",
            ),
        ]

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        """One's own, not cut, while what they rest on still holds today."""
        return Q(person=viewer.person_id, cut_at=None) & Delivery.holds_for(viewer)

    @staticmethod
    def holds_for(viewer: Viewer) -> Q:
        """The deliveries that a person may still meet: the entry reaches them, the child is theirs, the role too."""
        now = clock.now()
        shown = Q(published_at__lte=now) & (Q(visible_until=None) | Q(visible_until__gt=now))
        reached = Exists(Audience.objects.filter(reaches(viewer), shown, entry=OuterRef("notice__entry")))
        by_person = Q(notice__pupil=None) | Q(notice__pupil__in=viewer.pupil_ids)
        mine = Q(notice__kind__in=[kind.key for kind in kinds_for(viewer)])
        return mine & (reached | (Q(notice__entry=None) & by_person))


class Preference(models.Model):
    """A person's choice for a kind and a channel; without a row the kind's default holds."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    channel = models.CharField(max_length=5, choices=Channel)
    when = models.CharField(max_length=7, choices=When)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind", "channel"], name="preference_once")]


class Heartbeat(models.Model):
    """When the worker last swept, and last did each of its jobs."""

    name = models.CharField(max_length=60, primary_key=True)
    at = models.DateTimeField()
