"""Whether a user name and a password open the door today, and what to say when they do not."""

import logging
from enum import Enum

from skolnav.core.access.building import build_viewer
from skolnav.core.audit.log import record
from skolnav.core.tenancy import clock

from .limits import Place, take_login
from .models import Account, Credential, as_typed
from .password_queue import TooBusy, check

log = logging.getLogger("skolnav.login")

# Nobody's password is longer; hashing more is work that a stranger would order.
LONGEST_PASSWORD = 1000


class Reason(Enum):
    """Why nobody got in. All but the first are said to somebody who knew the right password."""

    NOT_RIGHT = "not right"
    NO_ROLE = "no role today"
    EXPIRED = "initial password expired"


class Refused(Exception):
    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def account_for(username: str, password: str, place: Place) -> Account:
    """The account that user name and password, exactly as written, open from this place.

    Raises `Refused`; `limits.TooManyAttempts` before the password is looked at; and `password_queue.TooBusy`.
    A name that nobody has takes the same statements and the same time as a wrong password.
    """
    taken = take_login(username, place)
    try:
        account = _exactly(username, password)
    except TooBusy:
        taken.give_back()
        raise
    if account is None:
        log.info("refused: %s", Reason.NOT_RIGHT.value)
        raise Refused(Reason.NOT_RIGHT)
    taken.give_back()
    _check_access(account)
    record(None, "log_in", account)
    return account


def _exactly(username: str, password: str) -> Account | None:
    # PostgreSQL takes no NUL in a text; a name with one is nobody's.
    name = as_typed(username) if "\0" not in username else ""
    account = Account.objects.filter(username=name, is_active=True).first()
    return (
        account if check(account, password[:LONGEST_PASSWORD]) and len(password) <= LONGEST_PASSWORD else None
    )


def _check_access(account: Account) -> None:
    if not build_viewer(account.person_id).has_a_role:
        raise Refused(Reason.NO_ROLE)
    if account.must_change_password and _has_expired(account):
        raise Refused(Reason.EXPIRED)


def _has_expired(account: Account) -> bool:
    handed_out = Credential.objects.filter(account=account, used_at=None, replaced_at=None).first()
    return handed_out is not None and handed_out.expires_at <= clock.now()
