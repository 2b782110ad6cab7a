"""The worker's manners: signs of life, jobs, and a stop that finishes what is under way."""

import os
import signal
import threading
import time
from datetime import timedelta

import pytest
from django.db import OperationalError

from skolnav.core.notifications import heartbeat, jobs, worker
from skolnav.core.notifications.jobs import do_due_jobs, register_job
from skolnav.core.notifications.models import Heartbeat
from skolnav.core.tenancy import clock


@pytest.fixture
def no_jobs(monkeypatch):
    jobs.all_jobs()
    monkeypatch.setattr(jobs, "_jobs", {})


def test_each_sweep_leaves_a_sign_of_life(ten):
    assert heartbeat.last_seen() is None
    worker.sweep()
    assert heartbeat.last_seen() == clock.now()

    ten.shift(timedelta(seconds=11))
    worker.sweep()

    assert worker.last_sweep() == clock.now()


def test_a_job_is_done_when_its_time_has_come_and_by_one_worker(ten, no_jobs):
    done = []
    register_job("test.hourly", timedelta(hours=1), lambda: done.append(clock.now()))

    do_due_jobs(clock.now())
    do_due_jobs(clock.now())  # another worker, at the same moment
    assert len(done) == 1

    ten.shift(timedelta(minutes=59))
    do_due_jobs(clock.now())
    ten.shift(timedelta(minutes=1))
    do_due_jobs(clock.now())
    assert len(done) == 2


def test_a_daily_job_is_done_once_after_each_midnight_in_stockholm(ten, no_jobs):
    done = []
    register_job("test.daily", None, lambda: done.append(clock.today()))

    do_due_jobs(clock.now())
    ten.shift(timedelta(hours=13))  # 23.00
    do_due_jobs(clock.now())
    ten.shift(timedelta(hours=1, seconds=1))
    do_due_jobs(clock.now())
    do_due_jobs(clock.now())

    assert done == [clock.today() - timedelta(days=1), clock.today()]


def test_a_job_that_fails_holds_nobody_up(ten, no_jobs, caplog):
    def fail():
        raise RuntimeError("its own fault")

    done = []
    register_job("test.fails", timedelta(hours=1), fail)
    register_job("test.works", timedelta(hours=1), lambda: done.append(1))

    assert do_due_jobs(clock.now()) == 1
    assert done == [1]
    assert "test.fails" in caplog.text


def test_it_survives_a_database_that_is_gone_for_a_while(db, monkeypatch):
    def gone(now=None):
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(worker, "sweep", gone)
    monkeypatch.setattr(worker.connection, "close", lambda: None)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)

    assert worker._sweep_once() is False


def test_sigterm_stops_it_after_the_sweep_under_way(db, monkeypatch):
    sweeps = []

    def sweep_once():
        sweeps.append("begun")
        if len(sweeps) == 1:
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(0.05)
        sweeps.append("finished")
        return True

    monkeypatch.setattr(worker, "_sweep_once", sweep_once)
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    assert threading.current_thread() is threading.main_thread()
    try:
        worker.run_forever()
    finally:
        signal.signal(signal.SIGTERM, before[0])
        signal.signal(signal.SIGINT, before[1])

    assert sweeps == ["begun", "finished"]


def test_idle_it_costs_few_statements(cast, ten, django_assert_num_queries):
    worker.sweep()
    assert Heartbeat.objects.filter(name="sweep").exists()

    with django_assert_num_queries(4):  # sign of life, notices, letters, jobs
        worker.sweep()
