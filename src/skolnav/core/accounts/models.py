"""Accounts, their sessions and the credentials that the school hands out."""

import hashlib
import unicodedata
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from skolnav.core.people.models import Person

USERNAME_LENGTH = 150


def as_typed(username: str) -> str:
    """The user name as compared at login: exact, but for how the keyboard composes å from a and a ring."""
    return unicodedata.normalize("NFC", username)


def folded(username: str) -> str:
    """The user name as compared when one is chosen: no two may differ in case alone."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", username).casefold())


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
    """An initial password handed out by the school: used once, then the person chooses their own."""

    class Channel(models.TextChoices):
        LETTER = "letter"
        EMAIL = "email"

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    channel = models.CharField(max_length=6, choices=Channel)
    issued_at = models.DateTimeField(auto_now_add=True)
    issued_by_id = models.BigIntegerField(null=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)


class OneTimeLink(models.Model):
    """A link sent by e-mail: a new password, or the proof of an address. Stored as a hash, used once."""

    class Purpose(models.TextChoices):
        NEW_PASSWORD = "new_password"  # noqa: S105 (a purpose, not a password)
        VERIFY_EMAIL = "verify_email"

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=12, choices=Purpose)
    token_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)


class LoginFailure(models.Model):
    """Failed logins counted per (user name, address) and window: limits that lock nobody else out."""

    key = models.CharField(max_length=64, help_text="Keyed hash of user name and address.")
    window = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="login_failure_window_once")]
