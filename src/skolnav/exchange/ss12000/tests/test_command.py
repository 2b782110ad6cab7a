"""`skolnav import ss12000`, as an operator meets it, up to guardians with credentials."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from typer.testing import CliRunner, Result

from skolnav.config.cli import app
from skolnav.config.cli.failures import Complaint
from skolnav.core.access.building import build_viewer
from skolnav.core.accounts.models import Account
from skolnav.core.accounts.password_queue import check
from skolnav.core.people.models import Person
from skolnav.core.schools.models import Organiser
from skolnav.core.tenancy import scope

from .conftest import by_id

pytestmark = pytest.mark.django_db
Write = Callable[[dict[str, Any]], Path]


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """The command switches to English for its process; here that is the whole test run."""
    with translation.override("sv"):
        yield


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), catch_exceptions=False)


def test_it_prints_one_json_object(lists: dict[str, Any], write: Write) -> None:
    result = run("import", "ss12000", "--from", str(write(lists)), "--json")

    report = json.loads(result.stdout)
    assert result.exit_code == 0
    assert report["persons"]["created"] == 5
    assert report["problems"] == []


def test_it_stops_before_many_removals_and_says_how_to_go_on(lists: dict[str, Any], write: Write) -> None:
    run("import", "ss12000", "--from", str(write(lists)))
    lists["persons"] = lists["persons"][:1]

    stopped = run("import", "ss12000", "--from", str(write(lists)))
    accepted = run("import", "ss12000", "--from", str(write(lists)), "--accept-removals")

    assert stopped.exit_code == 1
    assert "4 of 5 would be ended" in stopped.output
    assert "--accept-removals" in stopped.output
    assert accepted.exit_code == 0


def test_a_broken_file_is_named_and_nothing_is_half_done(lists: dict[str, Any], write: Write) -> None:
    folder = write(lists)
    (folder / "duties.json").write_text('[{"id": "du')

    with pytest.raises(Complaint, match=r"duties\.json, line 1, byte 8: the file is cut short"):
        run("import", "ss12000", "--from", str(folder))

    assert not Organiser.objects.filter(source_id="huvudman").exists()


def test_two_guardians_of_one_family_get_credentials_and_see_their_children(
    lists: dict[str, Any], write: Write
) -> None:
    by_id(lists["persons"], "father")["familyName"] = "Berg"
    run("import", "ss12000", "--from", str(write(lists)))
    organiser = Organiser.objects.get(source_id="huvudman")

    issued = run(
        "accounts", "issue", "--organiser", organiser.name, "--person", "Mona Vik", "--person", "Sten Berg"
    )

    passwords = [word for word in issued.output.split() if word.count("-") == 4]
    with scope.of_organiser(organiser.pk):
        guardians = [Person.everything.get(source_id=id) for id in ("mother", "father")]
        accounts = [Account.objects.get(person=person) for person in guardians]
        children = [{child.given_name for child in build_viewer(one.pk).children} for one in guardians]
    assert children == [{"Kim", "Alva"}, {"Kim", "Alva"}]
    assert all(check(account, password) for account, password in zip(accounts, passwords, strict=True))
