"""`skolnav accounts`: credentials from the command line."""

import typer

app = typer.Typer(help="Give people their credentials.", no_args_is_help=True)


@app.callback(help="")
def accounts() -> None:
    """Give people their credentials."""
