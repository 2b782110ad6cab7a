"""The `skolnav` command: all that an operator does with an installation. Its help speaks English (docs/decisions/)."""

import typer

from . import accounts, checks, content, database, importing, secret_key, server, setting_up
from .failures import tell_failures

app = typer.Typer(
    name="skolnav",
    help="Run a Skolnav installation. Its data lies in the folder SKOLNAV_DATA (./data when unset).",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
BEGIN, RUN, FILL, MEND = "Begin", "Run", "Fill", "Look after"

app.command("setup", rich_help_panel=BEGIN)(setting_up.setup)
app.command("demo", rich_help_panel=BEGIN)(content.demo)
app.command("migrate", rich_help_panel=BEGIN)(database.migrate)
app.command("serve", rich_help_panel=RUN)(server.serve)
app.command("worker", rich_help_panel=RUN)(server.worker)
app.add_typer(importing.app, name="import", rich_help_panel=FILL)
app.add_typer(accounts.app, name="accounts", rich_help_panel=FILL)
app.command("doctor", rich_help_panel=MEND)(checks.doctor)
app.command("rebuild-feed", rich_help_panel=MEND)(content.rebuild_feed)
app.command("rotate-secrets", rich_help_panel=MEND)(secret_key.rotate_secrets)


def main() -> None:
    """The command's entry point: every failure becomes a sentence that names the fix, and exit code 1."""
    with tell_failures():
        app()
