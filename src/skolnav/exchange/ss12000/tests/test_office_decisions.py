"""An import keeps within what the office has decided: custody ended or restricted, protection, its own rows."""

import json
from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from skolnav.core.access.building import build_viewer
from skolnav.core.access.viewer import Viewer
from skolnav.core.accounts.access_changes import end_guardianship, restrict_guardianship
from skolnav.core.people.actions.protection import set_protection
from skolnav.core.people.models import (
    Duty,
    Guardianship,
    Person,
    Protection,
)
from skolnav.core.tenancy import clock
from skolnav.exchange.ss12000.problems import Reason

from .conftest import by_id
from .running import bring_in, custody, inside, outcome

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("15-security-1")
def test_custody_that_the_office_ended_stays_ended(lists: dict[str, Any]) -> None:
    bring_in(lists)
    with inside():
        custody().update(ended_at=clock.now(), ended_by_id=1)

    report = bring_in(lists)

    assert outcome(report) == {}
    assert [(one.id, one.reason) for one in report.problems] == [("kim", Reason.ENDED_BY_OFFICE)]
    with inside():
        assert not custody().filter(Guardianship.gives_access_on(clock.today())).exists()


@pytest.fixture
def administrator(lists: dict[str, Any]) -> Viewer:
    """Somebody who administers all schools of the organiser that the source is about, after a first import."""
    bring_in(lists)
    with inside():
        teacher = Person.everything.get(source_id="teacher")
        Duty.everything.create(
            organiser_id=teacher.organiser_id,
            person=teacher,
            role=Duty.Role.ADMINISTRATOR,
            source="office",
            valid_from=clock.today(),
        )
        return build_viewer(teacher.pk)


@pytest.mark.requirement("15-security-1")
def test_what_the_office_does_on_its_page_survives_the_next_import(
    lists: dict[str, Any], administrator: Viewer
) -> None:
    with inside():
        father, mother = custody("father").get(), custody("mother").get()
        end_guardianship(
            actor=administrator, guardianship_id=father.pk, last_day=clock.today(), reason="Tingsrätten"
        )
        restrict_guardianship(actor=administrator, guardianship_id=mother.pk, reason="Besöksförbud")

    report = bring_in(lists)

    assert outcome(report) == {}
    with inside():
        of_kim = Guardianship.everything.filter(pupil__source_id="kim")
        assert not of_kim.filter(Guardianship.gives_access_on(clock.today())).exists()


def test_an_end_that_the_office_has_set_for_later_stays(lists: dict[str, Any]) -> None:
    bring_in(lists)
    last_day = clock.today() + timedelta(days=10)
    with inside():
        custody().update(valid_until=last_day)

    assert outcome(bring_in(lists)) == {}
    with time_machine.travel(clock.now() + timedelta(days=12)):
        report = bring_in(lists)

    assert outcome(report) == {}
    assert [one.reason for one in report.problems] == [Reason.ENDED_BY_OFFICE]


@pytest.mark.requirement("15-security-1")
def test_a_restriction_survives_also_when_custody_goes_and_comes_back(lists: dict[str, Any]) -> None:
    bring_in(lists)
    with inside():
        custody().update(restricted_at=clock.now(), restricted_by_id=1)
    without = deepcopy(lists)
    by_id(without["persons"], "kim")["responsibles"].pop(0)

    assert outcome(bring_in(lists)) == {}
    assert outcome(bring_in(without)) == {"responsibles": (0, 0, 1)}
    assert outcome(bring_in(lists)) == {"responsibles": (1, 0, 0)}

    with inside():
        assert custody().count() == 2
        assert not custody().filter(Guardianship.gives_access_on(clock.today())).exists()


def test_somebody_kept_away_does_not_come_in_under_a_new_id(lists: dict[str, Any]) -> None:
    bring_in(lists)
    with inside():
        custody("father").update(restricted_at=clock.now(), restricted_by_id=1)
    lists["persons"].append({"id": "father-again", "givenName": "STEN", "familyName": " Vik"})
    by_id(lists["persons"], "kim")["responsibles"].append(
        {"person": {"id": "father-again"}, "relationType": "Vårdnadshavare"}
    )

    report = bring_in(lists)

    assert [(one.id, one.reason) for one in report.problems] == [("kim", Reason.RESEMBLES_STOPPED_GUARDIAN)]
    with inside():
        assert not custody("father-again").exists()


def test_a_register_that_numbers_everybody_anew_opens_no_door(lists: dict[str, Any]) -> None:
    for id in ("kim", "alva"):
        del by_id(lists["persons"], id)["civicNo"]
    bring_in(lists)
    with inside():
        custody("father").update(restricted_at=clock.now(), restricted_by_id=1)
        alva = Person.everything.get(source_id="alva")
        set_protection(actor=None, person_id=alva.pk, marking="Sekretessmarkering")
    text = json.dumps(lists)
    for id in ("kim", "alva", "mother", "father"):
        text = text.replace(f'"{id}"', f'"new-{id}"')

    report = bring_in(json.loads(text), accept_removals=True)

    assert {(one.id, one.reason) for one in report.problems} == {
        ("new-kim", Reason.RESEMBLES_STOPPED_GUARDIAN), ("new-alva", Reason.RESEMBLES_PROTECTED),
    }  # fmt: skip
    with inside():
        assert not custody("new-father", "new-kim").exists()
        assert custody("new-father", "new-alva").exists()
        assert Person.everything.get(source_id="new-alva").is_protected


def test_custody_that_the_office_wrote_first_is_the_registers_once_it_has_it(lists: dict[str, Any]) -> None:
    bring_in(lists)
    with inside():
        custody().update(source="office")

    taken_over = bring_in(lists)
    by_id(lists["persons"], "kim")["responsibles"].pop(0)

    assert outcome(taken_over) == {"responsibles": (0, 1, 0)}
    assert outcome(bring_in(lists)) == {"responsibles": (0, 0, 1)}


def test_one_guardian_of_two_kinds_counts_once(lists: dict[str, Any]) -> None:
    by_id(lists["persons"], "kim")["responsibles"].append(
        {"person": {"id": "mother"}, "relationType": "God man"}
    )

    report = bring_in(lists)

    assert [(one.id, one.reason) for one in report.problems] == [("kim", Reason.REPEATED)]
    assert outcome(bring_in(lists)) == {}


def test_what_the_office_has_made_is_not_ended(lists: dict[str, Any]) -> None:
    bring_in(lists)
    by_id(lists["persons"], "kim")["responsibles"].pop(0)
    with inside():
        custody().update(source="office")

    assert outcome(bring_in(lists)) == {}


@pytest.mark.requirement("15-security-1")
def test_a_marking_raises_protection_and_nothing_lowers_it(lists: dict[str, Any]) -> None:
    bring_in(lists)
    mother = by_id(lists["persons"], "mother")
    mother.update(securityMarking="Sekretessmarkering", phoneNumbers=[{"value": "070-1", "mobile": True}])
    raised = bring_in(lists)
    mother["securityMarking"] = "Skyddad folkbokföring"
    stricter = bring_in(lists)
    mother["securityMarking"] = "Ingen"
    lowered = bring_in(lists)

    assert outcome(raised) == outcome(stricter) == {"persons": (0, 1, 0)}
    assert outcome(lowered) == {}
    assert [one.reason for one in lowered.problems] == [Reason.LOWERING_TAKES_TWO, Reason.PROTECTED_CONTACT]
    with inside():
        assert Protection.everything.get(person__source_id="mother").marking == "Skyddad folkbokföring"
        person = Person.everything.get(source_id="mother")
        assert person.is_protected
        assert person.mobile == ""
    assert "Mona" not in str([change.name for change in raised.plan.changes])


def test_protection_that_the_office_has_set_stands_and_so_does_the_address_it_wrote(
    lists: dict[str, Any],
) -> None:
    bring_in(lists)
    with inside():
        person = Person.everything.get(source_id="father")
        set_protection(actor=None, person_id=person.pk, marking="Sekretessmarkering")
        Person.everything.filter(pk=person.pk).update(mobile="070-7")

    report = bring_in(lists)

    assert outcome(report) == {}
    assert [(one.id, one.reason) for one in report.problems] == [("father", Reason.LOWERING_TAKES_TWO)]


def test_the_deceased_have_no_ties(lists: dict[str, Any]) -> None:
    bring_in(lists)
    by_id(lists["persons"], "father")["personStatus"] = "Avliden"

    report = bring_in(lists)

    assert outcome(report) == {"persons": (0, 1, 0), "responsibles": (0, 0, 2)}
    assert outcome(bring_in(lists)) == {}
