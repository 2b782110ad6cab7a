"""Handing out credentials to many: a run that the worker goes through, and that can be left and come back to."""

from django.db import models
from django.db.models import Q

from skolnav.core.accounts.models import Credential
from skolnav.core.people.models import Person
from skolnav.core.people.secrets import EncryptedTextField
from skolnav.core.schools.models import SchoolUnit
from skolnav.core.tenancy.ids import PublicIdField
from skolnav.core.tenancy.managers import Guarded
from skolnav.core.tenancy.viewer import Viewer


class CredentialRun(Guarded):
    """What one administrator asked for: seen by nobody else, since the letters open accounts."""

    public_id = PublicIdField()
    school = models.ForeignKey(SchoolUnit, models.CASCADE, null=True, related_name="+")
    title = models.CharField(max_length=200, help_text="As the office says it: 5B, Ekdalsskolan.")
    channel = models.CharField(max_length=6, choices=Credential.Channel)
    asked_by_id = models.BigIntegerField()
    asked_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    # The passwords are kept, encrypted, until the letters have been printed; a day at the most.
    wiped_at = models.DateTimeField(null=True, blank=True)

    class Meta(Guarded.Meta):
        indexes = [
            models.Index(fields=["asked_by_id", "-asked_at"]),
            models.Index(fields=["asked_at"], condition=Q(finished_at=None), name="credential_run_open"),
        ]

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        return Q(asked_by_id=viewer.person_id)

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        return CredentialRun.visible_q(viewer)


class CredentialRunItem(Guarded):
    """One person of a run."""

    class State(models.TextChoices):
        WAITING = "waiting"
        WORKING = "working"
        DONE = "done"
        REFUSED = "refused"

    run = models.ForeignKey(CredentialRun, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    begun_at = models.DateTimeField(null=True, blank=True)
    initial_password = EncryptedTextField(blank=True)
    refused_because = models.CharField(max_length=200, blank=True)

    class Meta(Guarded.Meta):
        constraints = [models.UniqueConstraint(fields=["run", "person"], name="credential_run_item_once")]
        indexes = [models.Index(fields=["run", "state"])]

    @staticmethod
    def visible_q(viewer: Viewer) -> Q:
        return Q(run__asked_by_id=viewer.person_id)

    @staticmethod
    def editable_q(viewer: Viewer) -> Q:
        return CredentialRunItem.visible_q(viewer)
