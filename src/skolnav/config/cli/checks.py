"""`skolnav doctor`: is this installation fit to serve? Each check is a question with its answer and the fix."""

import smtplib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import typer
from rich.markup import escape
from rich.table import Table

from .console import out
from .surroundings import start_django


@dataclass(frozen=True)
class Finding:
    """The answer of one check; `fix` says what to do when it is not fine. A minor one does not fail the doctor."""

    fine: bool
    text: str
    fix: str = ""
    minor: bool = False


def doctor() -> None:
    """Look the installation over; prints what is wrong and how to mend it. Exit code 1 when something is."""
    start_django()
    findings = [(name, _answer(check)) for name, check in CHECKS.items()]
    out.print(_table(findings))
    if not all(finding.fine or finding.minor for _, finding in findings):
        raise typer.Exit(1)


def _answer(check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except Exception as failure:  # noqa: BLE001 (a check that cannot be made is a finding, and the next one is made)
        return Finding(False, " ".join(str(failure).split()) or type(failure).__name__)


def _table(findings: list[tuple[str, Finding]]) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False)
    for name, finding in findings:
        mark = "[green]ok[/]" if finding.fine else "[yellow]note[/]" if finding.minor else "[red]wrong[/]"
        text = escape(finding.text)
        if not finding.fine and finding.fix:
            text += f"\n{escape(finding.fix)}"
        table.add_row(mark, name, text)
    return table


def database() -> Finding:
    """Does the database answer, and which is it?"""
    from django.db import connection

    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception as failure:  # noqa: BLE001 (drivers raise their own kinds)
        return Finding(False, f"does not answer: {failure}", "Check DATABASE_URL and that the database runs.")
    return Finding(True, connection.display_name)


def migrations() -> Finding:
    """Is the database as new as the program?"""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return Finding(False, f"{len(waiting)} wait", "Run: skolnav migrate")
    return Finding(True, "all applied")


def secret() -> Finding:
    """Does the installation have a key of its own?"""
    from django.conf import settings

    if settings.SECRET_KEY == settings.DEFAULT_SECRET:
        return Finding(False, "the demo's", "Run `skolnav setup` before real families come.", minor=True)
    return Finding(True, f"{len(settings.SECRET_KEY)} characters")


def transport() -> Finding:
    """Do cookies and addresses demand TLS?"""
    from django.conf import settings

    if settings.SECURE_COOKIES and settings.PUBLIC_URL.startswith("https://"):
        return Finding(True, settings.PUBLIC_URL)
    text = f"{settings.PUBLIC_URL} without TLS ({settings.ENVIRONMENT})"
    return Finding(False, text, "Fine on this machine alone; production demands TLS.", minor=True)


def folder() -> Finding:
    """Can the data folder be written, and by its owner alone?"""
    from django.conf import settings

    try:
        with tempfile.TemporaryFile(dir=settings.DATA):
            pass
    except OSError as failure:
        return Finding(
            False, f"{settings.DATA}: {failure.strerror}", "Give this user the right to write there."
        )
    if settings.DATA.stat().st_mode & 0o007:
        return Finding(
            False, f"{settings.DATA} is open to every user", f"Run: chmod 700 {settings.DATA}", minor=True
        )
    return Finding(True, str(settings.DATA))


def mail() -> Finding:
    """Does the mail server answer?"""
    from django.conf import settings

    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=5) as server:
            server.noop()
    except (OSError, smtplib.SMTPException) as failure:
        fix = "Check SKOLNAV_SMTP_HOST and SKOLNAV_SMTP_PORT. Mail waits in the outbox meanwhile."
        return Finding(False, f"{where} does not answer: {failure}", fix, minor=not settings.IS_PRODUCTION)
    return Finding(True, where)


def worker() -> Finding:
    """Has the worker swept the outbox within the last minute?"""
    from skolnav.core.notifications.worker import last_sweep
    from skolnav.core.tenancy import clock

    swept = last_sweep()
    if swept is None or clock.now() - swept > timedelta(minutes=1):
        text = "has never run" if swept is None else f"last ran {swept:%Y-%m-%d %H:%M}"
        return Finding(False, text, "Start it: skolnav worker, or skolnav serve --with-worker")
    return Finding(True, "runs")


CHECKS: dict[str, Callable[[], Finding]] = {
    "Database": database,
    "Migrations": migrations,
    "Secret key": secret,
    "Transport": transport,
    "Data folder": folder,
    "Mail": mail,
    "Worker": worker,
}
