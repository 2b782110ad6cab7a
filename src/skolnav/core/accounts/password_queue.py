"""One password hash at a time in a process, so that a rush of logins leaves the pages quick.

Argon2 costs about 0.1 s of CPU. The rest wait their turn, up to a bound; past it the login page says
"försök igen" instead of making everybody wait.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.hashers import make_password

from .models import Account

WAITING_AT_MOST = 20
SECONDS_AT_MOST = 10

_turn = threading.Lock()
_waiting = threading.BoundedSemaphore(WAITING_AT_MOST)


class TooBusy(Exception):
    """So many people log in right now that one more would wait too long."""


@contextmanager
def in_turn() -> Iterator[None]:
    """Hold the process's only place at the hash; raises `TooBusy` when the queue is full or too slow."""
    if not _waiting.acquire(blocking=False):
        raise TooBusy
    try:
        if not _turn.acquire(timeout=SECONDS_AT_MOST):
            raise TooBusy
        try:
            yield
        finally:
            _turn.release()
    finally:
        _waiting.release()


def check(account: Account | None, password: str) -> bool:
    """Whether this is the account's password. Without an account it takes as long, and is not."""
    with in_turn():
        if account is None or not account.has_usable_password():
            make_password(password)
            return False
        return account.check_password(password)


def hashed(password: str) -> str:
    """A password as it is stored. Call it before a transaction: the wait must not hold the database's lock."""
    with in_turn():
        return make_password(password)
