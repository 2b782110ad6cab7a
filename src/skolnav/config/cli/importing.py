"""`skolnav import`: data of other systems comes in."""

import json as json_format
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress, TaskID

from .console import errors, out, progress
from .failures import Complaint
from .surroundings import start_django

app = typer.Typer(help="Bring in schools, persons and groups from another system.", no_args_is_help=True)


@app.callback(help="")
def imports() -> None:
    """Bring in schools, persons and groups from another system."""


@app.command("ss12000")
def ss12000(
    folder: Annotated[
        Path,
        typer.Option("--from", metavar="FOLDER", help="A folder with one JSON file for each kind of entity."),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")
    ] = False,
    accept_removals: Annotated[
        bool, typer.Option("--accept-removals", help="Go on also when more than 5 % would be ended.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the report as one JSON object.")] = False,
    organiser: Annotated[
        str, typer.Option(metavar="NAME", help="Whose data it is; needed when the source does not say.")
    ] = "",
) -> None:
    """Read SS 12000 data, plan what it changes, apply that and report. A second run changes nothing."""
    if not folder.is_dir():
        raise Complaint(
            f"There is no folder {folder}.", "Give the folder that holds persons.json and its siblings."
        )
    start_django(english=True)
    from skolnav.exchange.ss12000 import ImportRefused, UnreadableSource, run_import

    try:
        with progress() as bars:
            report = run_import(
                folder=folder,
                organiser=organiser,
                dry_run=dry_run,
                accept_removals=accept_removals,
                progress=_steps(bars),
            )
    except UnreadableSource as failure:
        raise Complaint(str(failure), "Nothing was changed. Mend the file, or fetch it again.") from failure
    except ImportRefused as failure:
        raise Complaint(str(failure), failure.fix) from failure
    if json:
        typer.echo(json_format.dumps(report.as_json(), ensure_ascii=False, indent=2))
    else:
        out.print(report)
    if report.stopped:
        errors.print("Look at what would be ended; if it is right, run it again with --accept-removals.")
        raise typer.Exit(1)


def _steps(bars: Progress) -> Callable[[str, int], None]:
    """A bar for each step of the import; how much there is to come is not known."""
    known: dict[str, TaskID] = {}

    def advance(step: str, done: int) -> None:
        if step not in known:
            known[step] = bars.add_task(step, total=None)
        bars.update(known[step], completed=done)

    return advance
