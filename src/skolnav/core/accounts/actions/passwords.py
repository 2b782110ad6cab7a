"""Passwords: chosen, changed, forgotten. A new one ends every other session and every link that was sent."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import get_language

from skolnav.core.accounts.limits import Budget, Place, TooManyAttempts, take
from skolnav.core.accounts.links import LinkUsedUp, use_link
from skolnav.core.accounts.mailbox import put
from skolnav.core.accounts.models import Account, Credential, OneTimeLink, WaitingMail
from skolnav.core.accounts.password_queue import TooBusy, check, hashed
from skolnav.core.accounts.sessions import end_all
from skolnav.core.audit.log import record
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.viewer import Viewer

from .owning import own_account

CONFIRMING = Budget("confirming", 10, timedelta(minutes=15))
ASKING_FOR_ONE = Budget("asking for a password", 5, timedelta(hours=1))
# A whole school may stand behind one address; this only bounds how fast the table can be filled.
ASKING_FROM_ONE_PLACE = Budget("asking from a place", 300, timedelta(hours=1))


class WrongPassword(Exception):
    """The present password was not this one."""


class SamePassword(Exception):
    """The password of the letter was chosen again: somebody else may have read it."""


def confirm_password(*, actor: Viewer, password: str) -> Account:
    """The actor's account, if this is its password; raises `WrongPassword`, `TooManyAttempts`, `TooBusy`.

    Counted by account: whoever stands at an open session may guess no more than somebody at the login page.
    """
    account = own_account(actor)
    taken = take(CONFIRMING, str(account.pk))
    try:
        is_right = check(account, password)
    except TooBusy:
        taken.give_back()
        raise
    if not is_right:
        raise WrongPassword
    taken.give_back()
    return account


def change_password(*, actor: Viewer, current: str, new: str, session_key: str) -> None:
    """Give the actor another password; only the session of `session_key` goes on.

    Raises as `confirm_password` does. The form has validated the new one.
    """
    account = confirm_password(actor=actor, password=current)
    _write(account, hashed(new), actor, "change_password", keep=session_key)


def set_first_password(*, actor: Viewer, new: str, session_key: str) -> None:
    """The actor chooses a password of their own in place of the school's; the credential is used up.

    Raises `SamePassword` and `TooBusy`.
    """
    account = own_account(actor)
    if check(account, new):
        raise SamePassword
    _write(account, hashed(new), actor, "set_first_password", keep=session_key)


def set_password(
    *, account: Account, password: str, actor: Viewer | None = None, must_change: bool = False
) -> None:
    """Set a password from the operator's command or the demo; every session ends."""
    _write(account, hashed(password), actor, "set_password", must_change=must_change)


def set_password_by_link(*, link: OneTimeLink, new: str) -> None:
    """Spend a link that was mailed and set the password; raises `LinkUsedUp`.

    A link that the school mailed to a register's address has now proved the address as well.
    """
    stored = hashed(new)
    with transaction.atomic():
        use_link(link)
        account = Account.objects.select_for_update().get(pk=link.account_id)
        if not account.is_active:
            raise LinkUsedUp
        if link.purpose == OneTimeLink.Purpose.FIRST_PASSWORD:
            account.verified_email = link.email
            account.save(update_fields=["verified_email"])
        _write(account, stored, None, "set_password_by_link")


def request_new_password(*, typed: str, language: str, place: Place) -> None:
    """Somebody typed a user name or an address on "Glömt lösenord?": put it where the worker finds it.

    Does the same whether anybody is found or not. Too often for the same text, it does nothing, as silently; raises
    `TooManyAttempts` only for an address from which hundreds were asked for.
    """
    take(ASKING_FROM_ONE_PLACE, place.address)
    try:
        take(ASKING_FOR_ONE, typed.strip().casefold())
    except TooManyAttempts:
        return
    put(WaitingMail.Kind.FORGOTTEN, typed=typed.strip()[:254], language=language)


@transaction.atomic
def _write(
    account: Account,
    stored: str,
    actor: Viewer | None,
    act: str,
    *,
    must_change: bool = False,
    keep: str | None = None,
) -> None:
    account.password, account.must_change_password = stored, must_change
    account.save(update_fields=["password", "must_change_password"])
    Credential.objects.filter(account=account, used_at=None, replaced_at=None).update(used_at=clock.now())
    ended = end_all(account, but=keep)
    record(actor, act, account, ended_sessions=ended)
    # Told also after a letter: whoever was handed it may be somebody else.
    if account.verified_email and act in ("change_password", "set_password_by_link", "set_first_password"):
        language = account.language or get_language() or ""
        put(
            WaitingMail.Kind.PASSWORD_CHANGED,
            account=account,
            email=account.verified_email,
            language=language,
        )
