"""Ending sessions: one's own, and those of somebody whose access ended."""

from django.db import transaction

from skolnav.core.accounts.models import Account, Session, hash_of_key
from skolnav.core.accounts.sessions import end_all
from skolnav.core.audit.log import record
from skolnav.core.people.models import Person
from skolnav.core.tenancy.viewer import Viewer

from .owning import own_account


@transaction.atomic
def cut_sessions(whose: Account | Person, *, actor: Viewer | None = None) -> int:
    """End every session of an account or a person at once, and void their links: custody or a duty ended.

    A person without an account has none. Gives how many ended. What the person may see never rested on this: the
    next request would have found it gone as well.
    """
    account = whose if isinstance(whose, Account) else Account.objects.filter(person=whose).first()
    if account is None:
        return 0
    ended = end_all(account)
    record(actor, "cut_sessions", account, ended=ended)
    return ended


@transaction.atomic
def end_session(*, actor: Viewer, handle: str) -> bool:
    """ "Logga ut där": end one of one's own sessions by its handle. False when it had ended already."""
    account = own_account(actor)
    ended, _ = (
        Session.objects.filter(account=account, session_key__startswith=handle).delete()
        if handle.isalnum()
        else (0, {})
    )
    if ended:
        record(actor, "end_session", account)
    return bool(ended)


@transaction.atomic
def end_other_sessions(*, actor: Viewer, session_key: str) -> int:
    """ "Logga ut överallt annars": only the session of this key stays. Gives how many ended."""
    account = own_account(actor)
    others = Session.objects.filter(account=account).exclude(pk=hash_of_key(session_key)).count()
    end_all(account, but=session_key)
    record(actor, "end_other_sessions", account, ended=others)
    return others
