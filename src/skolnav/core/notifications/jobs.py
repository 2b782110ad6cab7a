"""What the worker does now and then. A part of the house that has something writes it in its `jobs.py`:

register_job("files.clean", timedelta(hours=1), remove_unused_files)
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.utils.module_loading import autodiscover_modules

from skolnav.core.tenancy import clock
from skolnav.core.tenancy.scope import over_all_organisers

from . import heartbeat

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """`every` is the time between two turns; None: once a Stockholm day, as soon after midnight as can be."""

    name: str
    every: timedelta | None
    function: Callable[[], object]

    @property
    def turn(self) -> str:
        """The name under which its turns are noted."""
        return f"job:{self.name}"

    def not_since(self, now: datetime) -> datetime:
        """A turn taken after this moment still counts."""
        if self.every is not None:
            return now - self.every
        return clock.start_of(now.astimezone(clock.STOCKHOLM).date()) - timedelta(microseconds=1)


_jobs: dict[str, Job] = {}


def register_job(name: str, every: timedelta | None, function: Callable[[], object]) -> None:
    """Let the worker call `function` time and again, over all organisers (no tenant's scope is entered).

    It may be called again after it was interrupted: write it so that twice does no harm. An exception is
    logged, and the next turn comes as usual. The same name again replaces the job.
    """
    _jobs[name] = Job(name, every, function)


def all_jobs() -> list[Job]:
    """Every job of the installation."""
    _discover()
    return list(_jobs.values())


def do_due_jobs(now: datetime) -> int:
    """Do each job whose turn it is; gives how many were done."""
    last = heartbeat.all_turns()
    never = datetime.min.replace(tzinfo=clock.UTC)
    due = [job for job in all_jobs() if last.get(job.turn, never) <= job.not_since(now)]
    return sum(_do(job) for job in due if heartbeat.claim(job.turn, now, job.not_since(now)))


def _do(job: Job) -> bool:
    try:
        with over_all_organisers():
            job.function()
    except Exception:  # (one part's fault must not keep the others' mail from going)
        log.exception("The job %s failed; it is tried again at its next turn.", job.name)
        return False
    return True


@cache
def _discover() -> None:
    autodiscover_modules("jobs")
