"""A rush of logins must not take the pages' CPU."""

import threading

import pytest
from django.conf import settings

from skolnav.config.cli import server
from skolnav.core.accounts import password_queue
from skolnav.core.accounts.password_queue import TooBusy, in_turn, places


def test_one_hash_at_a_time():
    inside, seen = [], []

    def work():
        with in_turn():
            inside.append(1)
            seen.append(len(inside))
            inside.pop()

    threads = [threading.Thread(target=work) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert seen == [1] * 10


def test_past_the_bound_nobody_waits(monkeypatch):
    monkeypatch.setattr(password_queue, "_waiting", threading.BoundedSemaphore(1))
    with in_turn(), pytest.raises(TooBusy), in_turn():
        pass


def test_a_rush_of_logins_leaves_threads_to_the_pages():
    """Four waited for their hash, and that was all the threads that the server had: pages waited half a minute."""
    assert places(server.THREADS) < server.THREADS
    assert places(4) == 2
    assert places(1) == 1
    assert settings.THREADS == server.THREADS


def test_nobody_waits_for_ever(monkeypatch):
    monkeypatch.setattr(password_queue, "SECONDS_AT_MOST", 0.01)
    with in_turn(), pytest.raises(TooBusy), in_turn():
        pass
    with in_turn():
        pass
