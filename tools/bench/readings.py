"""What wrk, pgbench and the kernel print, as figures."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_RESULT = re.compile(r"^RESULT (\d+) (\d+) (\d+) (\d+) (\d+) (\d+)$", re.MULTILINE)
_TPS = re.compile(r"^tps = ([\d.]+)", re.MULTILINE)
_LATENCY = re.compile(r"^latency average = ([\d.]+) ms", re.MULTILINE)
_FAILED = re.compile(r"^number of failed transactions: (\d+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Drive:
    """What one run of wrk saw. `refused` are answers of 400 and above, `broken` those that never came."""

    requests: int
    seconds: float
    p50_ms: float
    p99_ms: float
    refused: int
    broken: int

    @property
    def rps(self) -> float:
        """Answers in a second."""
        return self.requests / self.seconds if self.seconds else 0.0


def read_wrk(text: str) -> Drive:
    """The figures of the line that our scripts print at the end; raises ValueError without it."""
    found = _RESULT.search(text)
    if found is None:
        raise ValueError(f"wrk printed no result:\n{text}")
    requests, microseconds, p50, p99, refused, broken = map(int, found.groups())
    return Drive(requests, microseconds / 1e6, p50 / 1e3, p99 / 1e3, refused, broken)


def read_pgbench(text: str) -> tuple[float, float]:
    """Transactions in a second, and the mean of their milliseconds; raises ValueError when some have failed."""
    tps, latency, failed = _TPS.search(text), _LATENCY.search(text), _FAILED.search(text)
    if tps is None or latency is None or (failed and failed[1] != "0"):
        raise ValueError(f"pgbench did not run:\n{text}")
    return float(tps[1]), float(latency[1])


@dataclass(frozen=True, slots=True)
class Process:
    """A line of /proc/<pid>/stat: its parent, and the ticks of CPU that it and its ended children have used."""

    pid: int
    parent: int
    ticks: int


def read_stat(line: str) -> Process:
    """The name stands in parentheses and may hold anything, so the line is cut after the last one."""
    before, after = line.rsplit(")", 1)
    fields = after.split()
    return Process(int(before.split(" ", 1)[0]), int(fields[1]), sum(map(int, fields[11:15])))


def ticks_of_tree(root: int, processes: Iterable[Process]) -> int:
    """The ticks of a process and of all that descend from it."""
    by_pid: Mapping[int, Process] = {process.pid: process for process in processes}
    children: dict[int, list[int]] = {}
    for process in by_pid.values():
        children.setdefault(process.parent, []).append(process.pid)
    total, waiting = 0, [root]
    while waiting:
        pid = waiting.pop()
        if pid in by_pid:
            total += by_pid[pid].ticks
        waiting += children.get(pid, [])
    return total
