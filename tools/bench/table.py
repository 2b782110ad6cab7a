"""The run as a person reads it."""

from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.table import Table

from .goals import Results, Verdict, cpu_ms

_COLUMNS = ("rps", "p50 ms", "p99 ms", "CPU ms", "server", "database", "bytes", "SQL")


def show(results: Results, judged: Iterable[Verdict]) -> None:
    """Scenarios, floors, goals."""
    console = Console(width=120)
    console.print(_scenarios(results))
    console.print(_goals(judged))
    rush = results["login_rush"]
    console.print(
        f"While {rush['logins_rps']:.1f} log in a second, the start page's p50 goes from "
        f"{rush['start_p50_ms_quiet']:.1f} ms to {rush['start_p50_ms']:.1f} ms."
    )
    console.print(
        f"Load of the machine while it ran: {results['machine']['load']} on {results['machine']['cpus']} processors. "
        "Above 3 or so the milliseconds of the clock say more about the neighbours than about Skolnav."
    )


def _scenarios(results: Results) -> Table:
    table = Table("scenario", "at", *_COLUMNS, title="Pages and floors", title_justify="left")
    for name, of_name in results.items():
        if name in results["machine"]["scenarios"]:
            for concurrency, figures in of_name.items():
                table.add_row(name, concurrency, *_cells(figures))
    for name in ("bare_django", "nginx"):
        for concurrency, figures in results["floors"][name].items():
            table.add_row(name, concurrency, *_cells(figures))
    of = results["floors"]["pgbench"]
    cpu = f"{of['cpu_ms_database']:.2f}"
    table.add_row("pgbench", "16", f"{of['rps']:.0f}", f"{of['mean_ms']:.1f}", "", cpu, "", cpu, "", "4")
    return table


def _cells(figures: dict[str, Any]) -> list[str]:
    return [
        f"{figures['rps']:.0f}",
        f"{figures['p50_ms']:.1f}",
        f"{figures['p99_ms']:.1f}",
        f"{cpu_ms(figures):.2f}",
        f"{figures['cpu_ms_server']:.2f}",
        f"{figures['cpu_ms_database']:.2f}",
        str(figures.get("bytes", "")),
        str(figures.get("sql", "")),
    ]


def _goals(judged: Iterable[Verdict]) -> Table:
    table = Table("goal", "bound", "reached", "", title="Goals", title_justify="left")
    for one in judged:
        sign = "≤" if one.at_most else "≥"
        table.add_row(
            one.goal, f"{sign} {one.bound:g}", f"{one.reached:.3g}", "met" if one.is_met else "not yet"
        )
    return table
