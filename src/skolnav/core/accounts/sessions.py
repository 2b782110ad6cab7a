"""The sessions of an account: seen by their owner, ended by their owner or by whatever ends access."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from skolnav.core.tenancy import clock

from .devices import device_name
from .models import Account, OneTimeLink, Session, hash_of_key


@dataclass(frozen=True)
class OwnSession:
    """A row of "Mina enheter". `handle` names it in the form; it opens nothing."""

    handle: str
    device: str
    created_at: datetime
    last_seen_at: datetime
    is_this: bool


def sessions_of(account_id: int, current_key: str) -> Sequence[OwnSession]:
    """Where the account is logged in now: this browser first, then the latest seen."""
    current = hash_of_key(current_key)
    live = Session.objects.filter(
        account=account_id, account_epoch=F("account__session_epoch"), expire_date__gt=clock.now()
    ).order_by("-last_seen_at")[:100]
    own = [
        OwnSession(row.pk[:16], device_name(row.device), row.created_at, row.last_seen_at, row.pk == current)
        for row in live
    ]
    return sorted(own, key=lambda session: not session.is_this)


def end_all(account: Account, *, but: str | None = None) -> int:
    """End every session of the account and void its links; `but` is the key of a session that stays.

    A session that is under way in another process is refused at its next request: the epoch no longer fits. Gives how
    many ended. Call it inside the transaction of what ends them.
    """
    Account.objects.filter(pk=account.pk).update(session_epoch=F("session_epoch") + 1)
    account.refresh_from_db(fields=["session_epoch"])
    kept = Session.objects.filter(account=account, pk=hash_of_key(but)) if but else Session.objects.none()
    kept.update(account_epoch=account.session_epoch)
    void_password_links(account)
    ended = Session.objects.filter(account=account).exclude(account_epoch=account.session_epoch).delete()
    return ended[0]


def void_password_links(account: Account) -> None:
    """Links that were sent for a password open nothing any more."""
    sent = OneTimeLink.objects.filter(account=account, used_at=None)
    sent.exclude(purpose=OneTimeLink.Purpose.VERIFY_EMAIL).update(used_at=clock.now())
