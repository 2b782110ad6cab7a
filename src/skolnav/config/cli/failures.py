"""What a failing command says: one sentence and the fix; the traceback only for who asks for it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.markup import escape

from .console import errors

# How SQLite and PostgreSQL speak of a table or column that a migration has yet to make.
UNPREPARED = ("no such table", "no such column", "has no column", "does not exist")


class Complaint(Exception):
    """Something that the operator can mend: what is wrong, and what to do about it."""

    def __init__(self, problem: str, fix: str = "") -> None:
        super().__init__(problem)
        self.fix = fix


@contextmanager
def tell_failures() -> Iterator[None]:
    """Turns an exception into words on standard error and exit code 1."""
    try:
        yield
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as failure:
        if os.environ.get("SKOLNAV_TRACEBACK"):
            raise
        problem, fix = _in_words(failure)
        errors.print(f"[bold red]Error:[/] {escape(problem)}", soft_wrap=True)
        if fix:
            errors.print(escape(fix), soft_wrap=True)
        sys.exit(1)


def _in_words(failure: Exception) -> tuple[str, str]:
    from django.core.exceptions import ImproperlyConfigured, ValidationError
    from django.core.management.base import CommandError, SystemCheckError
    from django.db.utils import OperationalError, ProgrammingError

    text = " ".join(str(failure).split())
    match failure:
        case Complaint():
            return text, failure.fix
        case ImproperlyConfigured():
            return text, ""
        case ValidationError():
            return " ".join(failure.messages), ""
        case ProgrammingError() | OperationalError() if any(sign in text for sign in UNPREPARED):
            return "The database is not prepared, or older than the program.", "Run: skolnav migrate"
        case OperationalError():
            return (
                f"The database does not answer: {text}",
                "Check DATABASE_URL and that the database runs; then try again.",
            )
        case SystemCheckError():
            return str(failure).strip(), ""
        case CommandError() | PermissionError():
            return text, ""
        case _:
            return (
                f"Skolnav did not expect this: {type(failure).__name__}: {text}",
                "Run it again with SKOLNAV_TRACEBACK=1 to see where, and report it with what that prints.",
            )
