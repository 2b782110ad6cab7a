"""`skolnav setup`: from an empty folder to an administrator who can log in."""

import os
import secrets
import sys
from typing import TYPE_CHECKING, Annotated, NamedTuple
from urllib.parse import urlsplit

import typer
from rich.markup import escape

from .console import errors, out
from .database import prepare_installation
from .failures import Complaint
from .surroundings import load_settings_file, make_data_folder, start_django, write_settings_file

if TYPE_CHECKING:
    from skolnav.core.accounts.actions import Issued

HERE = "http://127.0.0.1:8000"
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Answers(NamedTuple):
    """What setup was told: by options, or by somebody at the terminal."""

    organiser: str
    school: str
    given_name: str
    family_name: str
    email: str
    username: str


def setup(
    organiser: Annotated[str, typer.Option(metavar="NAME", help="Who runs the schools: Ekdals kommun.")] = "",
    school: Annotated[str, typer.Option(metavar="NAME", help="The first school: Ekdalsskolan.")] = "",
    given_name: Annotated[str, typer.Option(metavar="NAME", help="The administrator's given name.")] = "",
    family_name: Annotated[str, typer.Option(metavar="NAME", help="The administrator's family name.")] = "",
    email: Annotated[
        str, typer.Option(metavar="ADDRESS", help="The administrator's e-mail (may be left out).")
    ] = "",
    username: Annotated[
        str, typer.Option(metavar="NAME", help="The user name; made from the name if left out.")
    ] = "",
    url: Annotated[
        str,
        typer.Option(
            metavar="URL", help=f"The address people will use. {HERE} is for trying out, without TLS."
        ),
    ] = "",
) -> None:
    """Make the first organiser, school and administrator, and print the administrator's first credential.

    Asks for what the options leave out. Writes the secret key and the settings file into the data folder.
    Run again with another --organiser, it adds that one.
    """
    load_settings_file()
    answers = Answers(
        organiser=ask(organiser, "--organiser", "Organiser (huvudman)"),
        school=ask(school, "--school", "First school"),
        given_name=ask(given_name, "--given-name", "Administrator's given name"),
        family_name=ask(family_name, "--family-name", "Administrator's family name"),
        email=email,
        username=username,
    )
    keep_surroundings(url)
    start_django(english=True)
    prepare_installation()
    tell(make_first(answers))


def ask(given: str, option: str, question: str) -> str:
    """The option's value, else the answer of whoever sits at the terminal; raises a Complaint where nobody does."""
    if given:
        return given
    if not sys.stdin.isatty():
        raise Complaint(f"{question} is missing.", f"Give it with {option}, or run setup in a terminal.")
    answer: str = typer.prompt(question, err=True)
    return answer.strip()


def keep_surroundings(url: str) -> None:
    """Writes the secret key and the settings file, where they are not there yet."""
    address = url or os.environ.get("SKOLNAV_URL", "")
    if not address and sys.stdin.isatty():
        address = typer.prompt("Address that people will use", default=HERE, err=True)
    address = address or HERE
    environment = os.environ.get("SKOLNAV_ENVIRONMENT") or environment_for(address)
    folder = make_data_folder()
    key = folder / "secret.key"
    if not os.environ.get("SKOLNAV_SECRET_KEY") and not key.exists():
        key.touch(mode=0o600)
        key.write_text(secrets.token_urlsafe(64) + "\n", encoding="ascii")
    if url or not (folder / "skolnav.env").exists():
        write_settings_file(
            SKOLNAV_ENVIRONMENT=environment,
            SKOLNAV_URL=address,
            DATABASE_URL=os.environ.get("DATABASE_URL", ""),
        )
        os.environ.update(SKOLNAV_ENVIRONMENT=environment, SKOLNAV_URL=address)


def environment_for(address: str) -> str:
    """Production behind https; a trial on this machine; anything else is refused, with a Complaint."""
    parts = urlsplit(address)
    if parts.scheme == "https" and parts.hostname:
        return "production"
    if parts.scheme == "http" and parts.hostname in LOOPBACK:
        errors.print(
            "Without TLS this is a trial on this machine alone. Give --url https://… for real families."
        )
        return "demo"
    raise Complaint(
        f"{address} is no address to serve families on.",
        "It begins with https://, as in https://skola.example",
    )


def make_first(answers: Answers) -> "Issued":
    """The organiser, its school and its administrator, in one transaction. Raises a Complaint if it exists."""
    from django.db import transaction

    from skolnav.core.accounts.actions import create_account, issue_credential
    from skolnav.core.accounts.models import Credential
    from skolnav.core.accounts.usernames import validate_username
    from skolnav.core.audit.log import record
    from skolnav.core.people.models import Duty, Person
    from skolnav.core.people.models.guardianship import Source
    from skolnav.core.schools.models import Organiser, SchoolUnit
    from skolnav.core.tenancy import clock
    from skolnav.core.tenancy.scope import of_organiser

    if answers.username:
        validate_username(answers.username)
    if Organiser.objects.filter(name__iexact=answers.organiser).exists():
        raise Complaint(
            f"{answers.organiser} is set up already.",
            "Its administrator adds people under /kontoret/; a lost credential: skolnav accounts issue --person …",
        )
    with transaction.atomic():
        organiser = Organiser.objects.create(name=answers.organiser, email=answers.email)
        SchoolUnit.objects.create(organiser=organiser, name=answers.school)
        with of_organiser(organiser.pk):
            person = Person.everything.create(
                organiser=organiser,
                given_name=answers.given_name,
                family_name=answers.family_name,
                email=answers.email,
            )
            Duty.everything.create(
                organiser=organiser,
                person=person,
                school=None,  # all of the organiser's schools, also those that an import brings
                role=Duty.Role.ADMINISTRATOR,
                source=Source.OFFICE,
                valid_from=clock.today(),
            )
            record(None, "setup", organiser, organiser_id=organiser.pk)
            create_account(person, answers.username or None)
            return issue_credential(actor=None, person=person, channel=Credential.Channel.LETTER)


def tell(issued: "Issued") -> None:
    """The credential, shown this once."""
    from django.conf import settings

    out.print(f"\nLog in on {settings.PUBLIC_URL}/logga-in/ with")
    out.print(f"    Användarnamn  [bold]{escape(issued.account.username)}[/]")
    out.print(f"    Lösenord      [bold]{escape(issued.initial_password or '')}[/]")
    out.print("It is shown this once and asks for a password of your own.")
    out.print(f"Next: {serving(settings.PUBLIC_URL)}, and skolnav import ss12000 --from FOLDER")


def serving(address: str) -> str:
    """The command that answers there, where it is this machine that has the port."""
    port = urlsplit(address).port
    return "skolnav serve --with-worker" + (f" --port {port}" if port not in (None, 8000) else "")
