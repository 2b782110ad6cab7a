"""Prints every row of docs/requirements.md with the tests that prove it; fails on a promise without proof.

The tests are found by collecting them, as pytest does, and reading their marks: nothing is run.
"""

import contextlib
import io
import sys
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import pytest
from rich.console import Console
from rich.markup import escape
from rich.table import Table

TOP = Path(__file__).resolve().parent.parent
LIST = TOP / "docs" / "requirements.md"


class Row(NamedTuple):
    """One line of the list."""

    number: str
    done: bool
    statement: str


class Marks:
    """A pytest plugin that notes which test bears which row's number."""

    def __init__(self) -> None:
        self.tests: dict[str, list[str]] = defaultdict(list)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            for mark in item.iter_markers("requirement"):
                for number in mark.args:
                    name = item.nodeid.split("[")[0].removeprefix("src/skolnav/")
                    if name not in self.tests[number]:
                        self.tests[number].append(name)


def rows() -> list[Row]:
    """The list, in its order."""
    cells = [
        [cell.strip() for cell in line.strip("| \n").split("|", 2)]
        for line in LIST.read_text(encoding="utf-8").splitlines()
        if line.startswith("| ") and line[2:3].isdigit()
    ]
    return [Row(number, state == "done", statement) for number, state, statement in cells]


def collect() -> tuple[dict[str, list[str]], str]:
    """Row -> its tests; and what pytest said when it could not read a test (empty when all is well)."""
    marks, said = Marks(), io.StringIO()
    with contextlib.redirect_stdout(said):
        code = pytest.main(
            ["--collect-only", "-qq", "-c", str(TOP / "pyproject.toml"), str(TOP / "src")], [marks]
        )
    return dict(marks.tests), "" if code in (0, 5) else said.getvalue()


def table(all_rows: list[Row], tests: dict[str, list[str]]) -> Table:
    """The list with its proof."""
    made = Table("row", "", "statement and its tests", box=None, pad_edge=False)
    for row in all_rows:
        proof = tests.get(row.number, [])
        state = ("[green]done[/]" if proof else "[red]no test[/]") if row.done else "[dim]later[/]"
        lines = [escape(row.statement), *(f"[dim]  {escape(name)}[/]" for name in proof)]
        made.add_row(row.number, state, "\n".join(lines))
    return made


def complaints(all_rows: list[Row], tests: dict[str, list[str]]) -> list[str]:
    """What does not hold: a promise without proof, a proof of no promise."""
    known = {row.number for row in all_rows}
    unproved = [
        f"{row.number} is declared done, and no test bears it"
        for row in all_rows
        if row.done and not tests.get(row.number)
    ]
    strangers = [
        f"{number} is no row of docs/requirements.md ({names[0]})"
        for number, names in tests.items()
        if number not in known
    ]
    return unproved + strangers


def main() -> int:
    """Prints the table; the exit code says whether every promise has its proof."""
    all_rows = rows()
    tests, trouble = collect()
    console = Console(width=None if sys.stdout.isatty() else 140, highlight=False)
    console.print(table(all_rows, tests))
    found = complaints(all_rows, tests) + ([f"pytest could not collect:\n{trouble}"] if trouble else [])
    done = sum(row.done for row in all_rows)
    console.print(f"\n{done} of {len(all_rows)} rows are declared done.")
    for complaint in found:
        console.print(f"[red]{escape(complaint)}[/]", soft_wrap=True)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
