"""wrk against a server, with the books of the processors beside it."""

import os
import subprocess
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from .processors import cpu_seconds
from .programs import PATH, program
from .readings import Drive, read_wrk
from .serving import Server

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Target:
    """What a script drives: a path, with sessions, user names or forms from the folder. `starts_at` is the form that a
    run begins with; `more` what else the script reads from its environment."""

    script: str
    path: str
    folder: Path
    password: str = ""
    sessions: str = "sessions.txt"
    forms: str = "reports.txt"
    starts_at: int = 0
    more: tuple[tuple[str, str], ...] = ()

    def environment(self) -> dict[str, str]:
        """What the scripts read."""
        return {
            **os.environ,
            "PATH": PATH,
            "BENCH_PATH": self.path,
            "BENCH_SESSIONS": str(self.folder / self.sessions),
            "BENCH_POSTS": str(self.folder / self.forms),
            "BENCH_FROM": str(self.starts_at),
            "BENCH_USERNAMES": str(self.folder / "usernames.txt"),
            "BENCH_PASSWORD": self.password,
            **dict(self.more),
        }


@dataclass(frozen=True, slots=True)
class Figures:
    """One scenario at one concurrency. CPU is in milliseconds for each answer."""

    rps: float
    requests: int
    p50_ms: float
    p99_ms: float
    cpu_ms_server: float
    cpu_ms_database: float
    refused: int
    broken: int

    @property
    def cpu_ms(self) -> float:
        """Both together."""
        return self.cpu_ms_server + self.cpu_ms_database

    def as_json(self) -> dict[str, float]:
        """Rounded to what was measured."""
        return {name: round(value, 3) for name, value in asdict(self).items()}


def begin(server: Server, target: Target, concurrency: int, seconds: float) -> "subprocess.Popen[str]":
    """Starts wrk and leaves it running."""
    command = [program("wrk"), "-t1", f"-c{concurrency}", f"-d{seconds}s", "--timeout", "30s"]
    command += ["-s", str(HERE / target.script), server.address]
    return subprocess.Popen(command, env=target.environment(), stdout=subprocess.PIPE, text=True)  # noqa: S603


def drive(
    server: Server, postmaster: int | None, target: Target, concurrency: int, seconds: float
) -> Figures:
    """One run. `postmaster` is PostgreSQL's first process, or None where no database is asked."""
    time.sleep(0.3)  # what the run before has left to do is not this one's
    served, asked = cpu_seconds(server.pid), cpu_seconds(postmaster) if postmaster else 0.0
    output, _ = begin(server, target, concurrency, seconds).communicate()
    served = cpu_seconds(server.pid) - served
    asked = cpu_seconds(postmaster) - asked if postmaster else 0.0
    return figures(read_wrk(output), served, asked)


def figures(seen: Drive, served: float, asked: float) -> Figures:
    """What wrk saw, with the CPU seconds that the server and the database have spent on it."""
    each = 1e3 / seen.requests if seen.requests else 0.0
    return Figures(
        seen.rps,
        seen.requests,
        seen.p50_ms,
        seen.p99_ms,
        served * each,
        asked * each,
        seen.refused,
        seen.broken,
    )
