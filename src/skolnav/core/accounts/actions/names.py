"""Changing one's own user name (row 5-username-1)."""

from django.db import IntegrityError, transaction

from skolnav.core.accounts.models import Account, as_typed
from skolnav.core.accounts.usernames import is_taken, validate_username
from skolnav.core.audit.log import record
from skolnav.core.tenancy.viewer import Viewer

from .passwords import confirm_password


class UsernameTaken(Exception):
    """Somebody has the name, or one that differs from it in case alone."""


def change_username(*, actor: Viewer, username: str, password: str) -> Account:
    """Give the actor's account another user name, after a look at the present password.

    Raises `WrongPassword`, `TooManyAttempts`, `TooBusy`; `ValidationError` for a name that cannot be one, and
    `UsernameTaken`.
    """
    validate_username(username)
    account = confirm_password(actor=actor, password=password)
    # The owner may change the case of their own name; anybody else's stays theirs in every case.
    if is_taken(username, besides=account):
        raise UsernameTaken
    try:
        with transaction.atomic():
            account.username = as_typed(username)
            account.save(update_fields=["username", "username_folded"])
            record(actor, "change_username", account)
    except IntegrityError:
        raise UsernameTaken from None
    return account
