"""`skolnav accounts`: credentials from the command line."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from .choosing import choose_organiser
from .console import errors, out, progress
from .failures import Complaint
from .recipients import Kind, named, of_kind
from .surroundings import start_django

if TYPE_CHECKING:
    from skolnav.core.accounts.actions import IssuedLetters
    from skolnav.core.people.models import Person
    from skolnav.core.schools.models import Organiser

app = typer.Typer(help="Give people their credentials.", no_args_is_help=True)


@app.callback(help="")
def accounts() -> None:
    """Give people their credentials."""


@app.command("issue")
def issue(
    person: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="A full name, user name or identity number; may be given several times."
        ),
    ] = None,
    everybody: Annotated[
        Kind | None, typer.Option("--all", help="Everybody of a kind who has no credentials yet.")
    ] = None,
    school: Annotated[str, typer.Option(metavar="NAME", help="With --all: of this school only.")] = "",
    group: Annotated[str, typer.Option(metavar="NAME", help="With --all: of this class or group only.")] = "",
    again: Annotated[
        bool, typer.Option("--again", help="With --all: also those who have credentials; their old ones end.")
    ] = False,
    email: Annotated[
        bool, typer.Option("--email", help="Send a link by e-mail instead of printing letters.")
    ] = False,
    letters: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the letters to this PDF, a page for each person."),
    ] = None,
    organiser: Annotated[
        str, typer.Option(metavar="NAME", help="Whose people; needed when there are several organisers.")
    ] = "",
) -> None:
    """Give people a user name and a first password, on letters (PDF), by e-mail, or shown here.

    With --person and neither --letters nor --email, each password is shown here, this once. With --all the letters are
    written to letters.pdf unless another file is named. Whoever had credentials gets new ones and is logged out.
    """
    if bool(person) == bool(everybody):
        raise Complaint("Say for whom.", 'Either --person "Anna Larsson" or --all guardians (pupils, staff).')
    start_django()
    from skolnav.core.tenancy.scope import of_organiser

    owner = choose_organiser(organiser)
    with of_organiser(owner.pk):
        people = named(person) if person else []
        if everybody:
            people = of_kind(everybody, school, group, also_with_account=again)
        if not people:
            errors.print("Nobody is left to give credentials to.")
        elif email:
            mail_links(owner, people)
        elif letters or everybody:
            write_letters(owner, people, letters or Path("letters.pdf"))
        else:
            show(people)


def show(people: "list[Person]") -> None:
    """New credentials on the screen."""
    from skolnav.core.accounts.actions import issue_credential
    from skolnav.core.accounts.models import Credential

    table = Table("Name", "Användarnamn", "Lösenord", box=None, pad_edge=False)
    for person in people:
        issued = issue_credential(actor=None, person=person, channel=Credential.Channel.LETTER)
        table.add_row(
            escape(person.full_name), escape(issued.account.username), escape(issued.initial_password or "")
        )
    out.print(table)


def write_letters(organiser: "Organiser", people: "list[Person]", file: Path) -> None:
    """New credentials as letters in one PDF, which only its owner may read. An older file is not overwritten."""
    if file.exists():
        raise Complaint(f"{file} is there already.", "Move it away, or name another with --letters FILE.")
    from skolnav.core.accounts.models import Credential

    result = _issue_many(organiser, people, Credential.Channel.LETTER)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(result.pdf)
    errors.print(f"{result.letters} letters are in {file}. Delete it when they are printed.")


def mail_links(organiser: "Organiser", people: "list[Person]") -> None:
    """Links by e-mail; those who have no address are named."""
    from skolnav.core.accounts.models import Credential

    result = _issue_many(organiser, people, Credential.Channel.EMAIL)
    errors.print(f"{result.mailed} mails wait for the worker to send them.")
    if result.without_email:
        errors.print(f"{len(result.without_email)} have no address that may be used; give them letters:")
        for person in result.without_email:
            out.print(escape(person.full_name))


def _issue_many(organiser: "Organiser", people: "list[Person]", channel: str) -> "IssuedLetters":
    from skolnav.core.accounts.actions import issue_many

    with progress() as bars:
        bar = bars.add_task("Credentials", total=len(people))
        return issue_many(
            actor=None,
            organiser=organiser,
            people=people,
            channel=channel,
            progress=lambda done, of: bars.update(bar, completed=done, total=of),
        )
