"""SS 12000 in: read -> plan -> apply -> report. `run_import` does it all; the parts stand for themselves."""

from .organisers import ImportRefused
from .report import ImportReport
from .running import run_import
from .source import Source, UnreadableSource

__all__ = ["ImportRefused", "ImportReport", "Source", "UnreadableSource", "run_import"]
