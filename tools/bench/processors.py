"""CPU time of a program's processes, from the kernel's own books."""

import os
from collections.abc import Iterator
from pathlib import Path

from .readings import Process, read_stat, ticks_of_tree

_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


def cpu_seconds(root: int) -> float:
    """Seconds of CPU that a process and its descendants have used so far."""
    return ticks_of_tree(root, _all_processes()) / _TICKS_A_SECOND


def children_of(root: int) -> list[int]:
    """The processes whose parent this is."""
    return [process.pid for process in _all_processes() if process.parent == root]


def parent_of(pid: int) -> int:
    """The parent of a running process; raises LookupError when there is none."""
    for process in _all_processes():
        if process.pid == pid:
            return process.parent
    raise LookupError(f"There is no process {pid}.")


def _all_processes() -> Iterator[Process]:
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            yield read_stat(file.read_text())
        except (FileNotFoundError, ProcessLookupError):
            continue  # it has ended meanwhile
