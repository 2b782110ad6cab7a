"""The goals of issues 2 and 3, and how near the figures come."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Results = Mapping[str, Any]
ORDINARY = ("bell", "bell_count", "news", "calendar", "schedule_week", "office_desk", "fritids_day")
WRITES = ("absence_report", "attendance_save")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A goal, its bound, and what was reached. `at_most` tells which side of the bound is good."""

    goal: str
    bound: float
    reached: float
    at_most: bool = True

    @property
    def is_met(self) -> bool:
        """Whether it is on the good side; the bound itself is."""
        return self.reached <= self.bound if self.at_most else self.reached >= self.bound


def ratio(part: float, of: float) -> float:
    """part / of; 0 where there is nothing to compare with."""
    return part / of if of else 0.0


def cpu_ms(figures: Mapping[str, float]) -> float:
    """Server and database together."""
    return figures["cpu_ms_server"] + figures["cpu_ms_database"]


def ratios(results: Results) -> dict[str, float]:
    """The comparisons within one run, which hold on any machine."""
    start, floors = results["start"]["16"], results["floors"]
    found = {
        "start_of_pgbench": ratio(start["rps"], floors["pgbench"]["rps"]),
        "start_of_bare_django": ratio(start["rps"], floors["bare_django"]["16"]["rps"]),
        "start_of_nginx": ratio(start["rps"], floors["nginx"]["16"]["rps"]),
        "cpu_of_bare_django": ratio(start["cpu_ms_server"], floors["bare_django"]["16"]["cpu_ms_server"]),
    }
    if "scale" in results:
        found["cost_at_100000_of_1000"] = results["scale"]["ratio"]
    return {name: round(value, 3) for name, value in found.items()}


def verdicts(results: Results) -> Iterator[Verdict]:
    """Every goal with what was reached."""
    start, of = results["start"]["16"], results["ratios"]
    yield Verdict("start page: CPU ms, server and database", 1.05, cpu_ms(start))
    yield Verdict("start page: share of pgbench with its SQL", 0.24, of["start_of_pgbench"], at_most=False)
    yield Verdict("start page: p99 ms at 16", 15, start["p99_ms"])
    yield Verdict("start page: SQL statements", 4, start["sql"])
    if "cost_at_100000_of_1000" in of:
        yield Verdict("start page: CPU at 100,000 pupils / at 1,000", 1.15, of["cost_at_100000_of_1000"])
    for page in ORDINARY:
        yield Verdict(f"{page}: SQL statements", 12, results[page]["16"]["sql"])
        yield Verdict(f"{page}: CPU ms, server and database", 6, cpu_ms(results[page]["16"]))
    for form in WRITES:
        yield Verdict(f"{form}: SQL statements", 25, results[form]["16"]["sql"])
    yield Verdict("08:00 on a Monday: p99 ms at 32", 1000, results["monday"]["32"]["p99_ms"])
    if weight := results.get("weight"):
        yield Verdict("first visit: kB without the font", 100, weight["first"]["kb"])
        yield Verdict("first visit: requests", 10, weight["first"]["requests"])
        yield Verdict("next visit: kB", 15, weight["next"]["kb"])
