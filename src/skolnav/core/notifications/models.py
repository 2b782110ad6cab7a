"""What somebody is told, by which channel, and how it went: the outbox is the truth, the worker sweeps it."""

from django.db import models
from django.db.models import Q

from skolnav.core.feed.models import Entry
from skolnav.core.people.models import Person
from skolnav.core.tenancy.managers import Guarded
from skolnav.core.tenancy.viewer import Viewer


class Channel(models.TextChoices):
    BELL = "bell"
    EMAIL = "email"
    PUSH = "push"
    SMS = "sms"


class Notice(Guarded):
    """A fact to tell, before it is known to whom: the worker fans it out when it is due."""

    kind = models.CharField(max_length=60, help_text="A registered kind: information.news_published.")
    # Recipients follow from the entry's audience; without an entry they stand in `person_ids`.
    entry = models.ForeignKey(Entry, models.CASCADE, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=1)
    person_ids = models.JSONField(default=list)
    params = models.JSONField(default=dict)
    link_name = models.CharField(max_length=60, blank=True)
    link_args = models.JSONField(default=dict)
    due_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)
    fanned_out_at = models.DateTimeField(null=True)

    class Meta(Guarded.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "entry", "revision"], condition=~Q(entry=None), name="notice_once_a_revision"
            )
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(fanned_out_at=None), name="notice_waiting")]


class Delivery(Guarded):
    """One notice to one person by one channel: exactly once in the books."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    channel = models.CharField(max_length=5, choices=Channel)
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    # Cut: the person lost the custody or duty that it rested on, or the fact was withdrawn.
    cut_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True, help_text="A class of error, never an address.")

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
        """One's own, and none that was cut."""
        return Q(person=viewer.person_id, cut_at=None)


class Preference(models.Model):
    """A person's choice for a kind and channel; without a row the kind's default holds."""

    class When(models.TextChoices):
        AT_ONCE = "at_once"
        OFF = "off"

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    channel = models.CharField(max_length=5, choices=Channel)
    when = models.CharField(max_length=7, choices=When)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind", "channel"], name="preference_once")]


class Heartbeat(models.Model):
    """When the worker last swept: the health page reads it."""

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()
