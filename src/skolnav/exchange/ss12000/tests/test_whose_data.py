"""Whose data a source is, who is who in it, and what the report says."""

import io
import json
from typing import Any

import pytest
from rich.console import Console

from skolnav.core.people.actions.persons import create_person
from skolnav.core.people.identity_numbers import parse as parse_number
from skolnav.core.people.models import (
    Person,
)
from skolnav.core.schools.models import Organiser, SchoolUnit
from skolnav.core.tenancy import scope
from skolnav.exchange.ss12000 import ImportRefused
from skolnav.exchange.ss12000.problems import Reason

from .conftest import by_id
from .running import bring_in, inside, outcome

pytestmark = pytest.mark.django_db


def test_a_person_made_by_hand_is_known_again_by_identity_number(lists: dict[str, Any]) -> None:
    organiser = Organiser.objects.create(name="Sjövik")
    with scope.of_organiser(organiser.pk):
        create_person(
            actor=None,
            organiser_id=organiser.pk,
            identity_number=parse_number("19800101-9804"),
            given_name="T",
            family_name="Lund",
        )

    report = bring_in(lists)

    assert report.counts("persons") == {"read": 5, "created": 4, "changed": 1, "ended": 0, "unchanged": 0}
    with inside():
        assert Person.everything.get(source_id="teacher").given_name == "Tora"
    assert outcome(bring_in(lists)) == {}


def test_a_number_has_one_owner(lists: dict[str, Any]) -> None:
    by_id(lists["persons"], "father")["civicNo"] = {"value": "198001019804"}

    report = bring_in(lists)

    assert [(one.id, one.reason) for one in report.problems] == [("teacher", Reason.IDENTITY_NUMBER_TAKEN)]
    assert outcome(bring_in(lists)) == {}


def test_two_imports_do_not_see_each_other(lists: dict[str, Any]) -> None:
    other = json.loads(
        json.dumps(lists).replace("huvudman", "annan").replace("Sjövik", "Annan").replace("2120", "7")
    )

    bring_in(lists)
    report = bring_in(other)

    assert report.counts("persons")["created"] == 5
    assert outcome(bring_in(lists)) == {}


def test_an_organiser_that_is_not_there_is_refused(lists: dict[str, Any]) -> None:
    with pytest.raises(ImportRefused, match="Nowhere"):
        bring_in(lists, organiser="Nowhere")


def test_the_named_organiser_gets_the_data_and_keeps_its_name(lists: dict[str, Any]) -> None:
    bring_in(lists, organiser="Granby kommun")

    organiser = Organiser.objects.get(source_id="huvudman")
    assert organiser.name == "Granby kommun"
    assert SchoolUnit.objects.filter(organiser=organiser, source_id="enhet").exists()


def test_the_report_is_one_json_object(lists: dict[str, Any]) -> None:
    by_id(lists["persons"], "teacher")["civicNo"]["value"] = "198001019805"

    report = json.loads(json.dumps(bring_in(lists).as_json()))

    assert report["persons"] == {"read": 5, "created": 5, "changed": 0, "ended": 0, "unchanged": 0}
    assert [(one["type"], one["id"], one["reason"]) for one in report["problems"]] == [
        ("persons", "teacher", "identity_number_checksum")
    ]


def test_the_report_is_readable(lists: dict[str, Any]) -> None:
    console = Console(width=120, record=True, file=io.StringIO())

    console.print(bring_in(lists, dry_run=True))

    text = console.export_text()
    assert "dry run, nothing is written" in text
    assert "Kim Vik" in text
    assert "Matematik 5B, 2026-11-23 08.00" in text
