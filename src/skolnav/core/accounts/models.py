"""Accounts, their sessions and the credentials that the school hands out."""

import hashlib
import unicodedata
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q

from skolnav.core.people.models import Person
from skolnav.core.people.secrets import EncryptedTextField

USERNAME_LENGTH = 150
# Composing what was typed takes the square of its length, while the whole process waits: of more, nothing is looked at.
# A thousand characters never compose to so few as a user name has.
LOOKED_AT = 1000


def as_typed(username: str) -> str:
    """The user name as compared at login: exact, but for how the keyboard composes å from a and a ring."""
    return unicodedata.normalize("NFC", username[:LOOKED_AT])


def folded(username: str) -> str:
    """The user name as compared when one is chosen: no two may differ in case alone."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", username[:LOOKED_AT]).casefold())


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(username=as_typed(username or ""))


class Account(AbstractBaseUser):
    """How a person logs in. Reached by its own person, by the office through actions, and by the login."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    organiser_id = models.BigIntegerField()
    username = models.CharField(max_length=USERNAME_LENGTH, unique=True)
    username_folded = models.CharField(max_length=USERNAME_LENGTH * 2, unique=True, editable=False)
    language = models.CharField(max_length=5, blank=True)
    # False: shut by the school; the person's rows stay.
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    # Nothing is ever mailed to an address that its owner has not confirmed by a link sent there.
    verified_email = models.EmailField(blank=True)
    unverified_email = models.EmailField(blank=True)
    contact_confirmed_at = models.DateTimeField(null=True, blank=True)
    # Raised by whatever must end every session at once: a new password, an ended custody.
    session_epoch = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[AccountManager] = AccountManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        indexes = [models.Index(fields=["verified_email"])]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.username = as_typed(self.username)
        self.username_folded = folded(self.username)
        super().save(*args, **kwargs)


class Session(AbstractBaseSession):
    """A logged-in browser or device. The key in the cookie is stored as its hash only."""

    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="+")
    # The account's session_epoch when this session logged in; it holds while the two are equal.
    account_epoch = models.PositiveIntegerField(default=0)
    device = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_seen_at = models.DateTimeField(auto_now_add=True)

    @classmethod
    def get_session_store_class(cls) -> Any:
        from .session_store import SessionStore

        return SessionStore


def hash_of_key(session_key: str) -> str:
    """What the table holds of a session's key: 40 hex digits of its SHA-256."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:40]


class Credential(models.Model):
    """What the school handed out for a first login: used once, then the person has a password of their own."""

    class Channel(models.TextChoices):
        LETTER = "letter"  # an initial password on paper
        EMAIL = "email"  # a one-time link to choose a password

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    channel = models.CharField(max_length=6, choices=Channel)
    issued_at = models.DateTimeField(auto_now_add=True)
    issued_by_id = models.BigIntegerField(null=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True, help_text="The mail could not be delivered.")
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(used_at=None, replaced_at=None), name="one_open_credential"
            )
        ]


class OneTimeLink(models.Model):
    """A link sent by e-mail: a new password, or the proof of an address. Stored as a hash, used once."""

    class Purpose(models.TextChoices):
        FIRST_PASSWORD = "first_password"  # noqa: S105 (purposes, not passwords)
        NEW_PASSWORD = "new_password"  # noqa: S105
        VERIFY_EMAIL = "verify_email"

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=14, choices=Purpose)
    token_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField()
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)


class WaitingMail(models.Model):
    """A mail about somebody's login, for the worker to write and send.

    A page only adds a row, so its answer takes as long whether an account exists or not; and since the link
    is made when the mail is, no token ever lies in the database. The row is deleted when it is done.
    """

    class Kind(models.TextChoices):
        FORGOTTEN = "forgotten"  # somebody typed a user name or an address on "Glömt lösenord?"
        FIRST_PASSWORD = "first_password"  # noqa: S105
        VERIFY_EMAIL = "verify_email"
        PASSWORD_CHANGED = "password_changed"  # noqa: S105
        EMAIL_CHANGED = "email_changed"

    kind = models.CharField(max_length=16, choices=Kind)
    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="+")
    # Encrypted: people type their password into the wrong field.
    typed = EncryptedTextField(blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=5, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    next_try_at = models.DateTimeField(db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)


class AttemptCount(models.Model):
    """Attempts counted per subject and window of time: limits that lock nobody else out. See `limits`."""

    key = models.CharField(max_length=64, help_text="Keyed hash of what is counted: user name and place.")
    window = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="attempt_window_once")]


class KnownPlace(models.Model):
    """An address or a browser from which a user name has logged in before: guessing elsewhere does not shut it."""

    key = models.CharField(max_length=64, unique=True, help_text="Keyed hash of user name and place.")
    last_login_at = models.DateTimeField()
