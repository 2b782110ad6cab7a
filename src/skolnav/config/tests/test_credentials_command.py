"""`skolnav setup` and `skolnav accounts issue`: from nothing to somebody who can log in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation
from typer.testing import CliRunner, Result

from skolnav.config.cli import app
from skolnav.config.cli.failures import Complaint
from skolnav.config.cli.setting_up import environment_for
from skolnav.core.accounts.models import Account
from skolnav.core.accounts.password_queue import check
from skolnav.core.people.models import Duty, Person
from skolnav.core.schools.models import Organiser
from skolnav.core.tenancy.scope import of_organiser, over_all_organisers
from skolnav.demo.cast import Cast


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """The command switches to English for its process; here that is the whole test run."""
    with translation.override("sv"):
        yield


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), catch_exceptions=False)


def shown_password(output: str) -> str:
    """The last word of the last line: where both commands show it."""
    return next(word for word in output.split() if word.count("-") == 4)


@pytest.mark.django_db
@pytest.mark.requirement("3-account-1")
def test_setup_makes_an_administrator_who_can_log_in() -> None:
    names = (
        "--organiser",
        "Nybro friskola",
        "--school",
        "Nybroskolan",
        "--given-name",
        "Åsa",
        "--family-name",
        "Ek",
    )

    result = run("setup", *names)

    organiser = Organiser.objects.get(name="Nybro friskola")
    with of_organiser(organiser.pk):
        duty = Duty.everything.select_related("person").get()
    account = Account.objects.get(person=duty.person)
    assert (duty.role, duty.person.full_name) == (Duty.Role.ADMINISTRATOR, "Åsa Ek")
    assert account.username in result.output
    assert check(account, shown_password(result.output))
    with pytest.raises(Complaint, match="set up already"):
        run("setup", *names)


@pytest.mark.django_db
def test_setup_says_what_is_missing_where_nobody_can_be_asked() -> None:
    with pytest.raises(Complaint, match="Organiser") as told:
        run("setup")

    assert "--organiser" in told.value.fix


@pytest.mark.parametrize(
    ("address", "environment"),
    [
        ("https://skola.example", "production"),
        ("http://127.0.0.1:8000", "demo"),
        ("http://localhost:9000", "demo"),
    ],
)
def test_the_address_decides_how_strict_the_installation_is(address: str, environment: str) -> None:
    assert environment_for(address) == environment


@pytest.mark.requirement("15-security-2")
def test_an_address_without_tls_is_refused_off_this_machine() -> None:
    with pytest.raises(Complaint, match="no address to serve"):
        environment_for("http://skola.example")


@pytest.mark.requirement("3-account-1")
def test_credentials_for_one_by_name_are_shown_and_replace_the_old_ones(cast: Cast, anna: Person) -> None:
    before = Account.objects.get(person=anna).password

    result = run("accounts", "issue", "--person", anna.full_name, "--organiser", "Ekdals kommun")

    account = Account.objects.get(person=anna)
    assert account.password != before
    assert check(account, shown_password(result.output))
    assert account.must_change_password


def test_a_name_that_nobody_has_is_told(cast: Cast) -> None:
    with pytest.raises(Complaint, match="Nobody is called"):
        run("accounts", "issue", "--person", "Ingen Alls", "--organiser", "Ekdals kommun")


def test_the_other_organisers_people_are_out_of_reach(cast: Cast, anna: Person) -> None:
    with pytest.raises(Complaint, match="Nobody is called"):
        run("accounts", "issue", "--person", anna.full_name, "--organiser", "Granby kommun")


def test_with_several_organisers_one_has_to_be_named(cast: Cast, anna: Person) -> None:
    with pytest.raises(Complaint, match="several organisers") as told:
        run("accounts", "issue", "--person", anna.full_name)

    assert "Granby kommun" in told.value.fix


@pytest.mark.requirement("3-account-1")
def test_letters_for_all_who_have_none_yet(cast: Cast, tmp_path: Path, anna: Person, omar: Person) -> None:
    Account.objects.filter(person__in=[anna, omar]).delete()
    file = tmp_path / "letters.pdf"

    run("accounts", "issue", "--all", "guardians", "--letters", str(file), "--organiser", "Ekdals kommun")

    with over_all_organisers():
        made = Account.objects.filter(person__in=[anna, omar], must_change_password=True).count()
    assert made == 2
    assert file.read_bytes().startswith(b"%PDF")
    assert file.stat().st_mode & 0o077 == 0
    with pytest.raises(Complaint, match="is there already"):
        run(
            "accounts",
            "issue",
            "--all",
            "pupils",
            "--again",
            "--letters",
            str(file),
            "--organiser",
            "Ekdals kommun",
        )


def test_the_health_page_answers_without_a_login(db: None) -> None:
    assert Client().get("/halsa/").status_code in (200, 503)
