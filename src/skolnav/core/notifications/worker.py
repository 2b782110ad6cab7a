"""The worker: sweeps the outbox, keeps time, and can be killed at any moment."""

import logging
import signal
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import FrameType

from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from skolnav.core.tenancy import clock

from .cutting import cut_what_ran_out
from .fanout import fan_out_due
from .heartbeat import beat, last_seen
from .jobs import do_due_jobs, register_job
from .sending import send_due

__all__ = ["last_sweep", "register_job", "run_forever", "sweep"]

log = logging.getLogger(__name__)

PAUSE = timedelta(seconds=2)

register_job("notifications.cut_what_ran_out", None, cut_what_ran_out)

last_sweep = last_seen


@dataclass(frozen=True, slots=True)
class Counts:
    """What one sweep did: notices fanned out, deliveries by outcome, jobs done."""

    notices: int = 0
    sent: int = 0
    retried: int = 0
    failed: int = 0
    cut: int = 0
    jobs: int = 0

    @property
    def is_busy(self) -> bool:
        """Whether there may be more to do at once."""
        return bool(self.notices or self.sent or self.cut)


def sweep(now: datetime | None = None) -> Counts:
    """Do all that is due: leave a sign of life, fan out, send one batch of each channel, do the jobs.

    Two workers may sweep at once, and each may be killed anywhere: what it had begun is done again.
    """
    now = now or clock.now()
    beat(now)
    notices = fan_out_due(now)
    outcomes = send_due(now)
    return Counts(
        notices=notices,
        sent=outcomes["sent"],
        retried=outcomes["retry"],
        failed=outcomes["failed"],
        cut=outcomes["cut"],
        jobs=do_due_jobs(now),
    )


def run_forever() -> None:
    """Sweep every other second until SIGTERM or SIGINT; the sweep under way is finished first."""
    stop = threading.Event()

    def end(signum: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    while not stop.is_set():
        busy = _sweep_once()
        if not busy:
            stop.wait(PAUSE.total_seconds())


def _sweep_once() -> bool:
    """One sweep; a database that is gone for a while is waited for."""
    try:
        close_old_connections()
        return sweep().is_busy
    except (DatabaseError, InterfaceError) as failure:
        log.warning("The database does not answer (%s); the worker tries again.", type(failure).__name__)
        connection.close()
    except Exception:  # (the worker lives on: the outbox holds what this sweep did not do)
        log.exception("A sweep failed.")
    return False
