"""One-time links: made when the mail is written, known by their hash, used once."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings

from skolnav.core.tenancy import clock

from .models import Account, OneTimeLink

Purpose = OneTimeLink.Purpose

LASTS = {
    Purpose.NEW_PASSWORD: timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT),
    Purpose.FIRST_PASSWORD: timedelta(days=7),
    Purpose.VERIFY_EMAIL: timedelta(days=3),
}


class LinkUsedUp(Exception):
    """The link was never sent, has been used, or is too old: all three are one answer."""


def make_link(account: Account, purpose: OneTimeLink.Purpose, email: str) -> str:
    """A new token (256 bits) for a link to this address; only its hash is kept."""
    token = secrets.token_urlsafe(32)
    OneTimeLink.objects.create(
        account=account,
        purpose=purpose,
        token_hash=_hash(token),
        email=email,
        expires_at=clock.now() + LASTS[purpose],
    )
    return token


def find_link(token: str, *purposes: OneTimeLink.Purpose) -> OneTimeLink:
    """The link of a token, still unused, with its account; raises `LinkUsedUp`. Looking does not use it."""
    link = (
        OneTimeLink.objects.filter(token_hash=_hash(token), purpose__in=purposes, account__is_active=True)
        .filter(used_at=None, expires_at__gt=clock.now())
        .select_related("account__person")
        .first()
    )
    if link is None or not _fits(link):
        raise LinkUsedUp
    return link


def use_link(link: OneTimeLink) -> None:
    """Spend it, in the transaction of what it is for; raises `LinkUsedUp` if somebody was quicker."""
    if not OneTimeLink.objects.filter(pk=link.pk, used_at=None).update(used_at=clock.now()):
        raise LinkUsedUp


def _fits(link: OneTimeLink) -> bool:
    """An address that the account, or the person, has left since no longer opens it."""
    if link.purpose == Purpose.NEW_PASSWORD:
        return link.email == link.account.verified_email
    if link.purpose == Purpose.VERIFY_EMAIL:
        return link.email == link.account.unverified_email
    # The school's first link went to the register's address; once the office has mended that, the wrong one is shut.
    return link.email == link.account.person.email


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
