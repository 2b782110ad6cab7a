"""One password hash at a time in a process, so that a rush of logins leaves the pages quick.

Argon2 costs about 0.1 s of CPU. The rest wait their turn, up to a bound; past it the login page says
"försök igen" instead of making everybody wait. Whoever waits holds one of the process's threads, so the bound leaves
some of them to the pages.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib.auth.hashers import make_password

from .models import Account

FOR_PAGES = 2
SECONDS_AT_MOST = 10


def places(threads: int) -> int:
    """How many may be at the hash or wait for it, in a process that handles so many requests at once."""
    return max(1, threads - FOR_PAGES)


_turn = threading.Lock()
_waiting = threading.BoundedSemaphore(places(settings.THREADS))


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
