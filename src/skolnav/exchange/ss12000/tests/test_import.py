"""Whole imports against the database: idempotent, careful with what the office has decided."""

import io
import json
from contextlib import AbstractContextManager
from copy import deepcopy
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from rich.console import Console

from skolnav.core.accounts.models import Account
from skolnav.core.audit.models import AuditRecord
from skolnav.core.people.actions.persons import create_person
from skolnav.core.people.actions.protection import set_protection
from skolnav.core.people.identity_numbers import parse as parse_number
from skolnav.core.people.models import (
    AssignmentRole,
    Duty,
    Enrolment,
    Group,
    Guardianship,
    Membership,
    Person,
    Protection,
)
from skolnav.core.schools.models import Organiser, SchoolUnit
from skolnav.core.tenancy import clock, scope
from skolnav.exchange.ss12000 import ImportRefused, ImportReport, run_import
from skolnav.exchange.ss12000.planning.changes import Action
from skolnav.exchange.ss12000.problems import Reason
from skolnav.exchange.ss12000.report import LISTS

from .conftest import MemorySource, by_id

pytestmark = pytest.mark.django_db

EVERYTHING = (Person, Guardianship, Enrolment, Group, Membership, Duty, AssignmentRole, Protection)


def bring_in(lists: dict[str, Any], **options: Any) -> ImportReport:
    return run_import(source=MemorySource(lists), **options)


def inside(source_id: str = "huvudman") -> AbstractContextManager[None]:
    """The scope of the organiser that the import made; the cast's are others."""
    return scope.of_organiser(Organiser.objects.get(source_id=source_id).pk)


def rows() -> dict[str, int]:
    with scope.over_all_organisers():
        return {model.__name__: model.everything.count() for model in EVERYTHING}


def custody(guardian: str = "mother", pupil: str = "kim") -> Any:
    """The relations of a guardian to a pupil, oldest first."""
    return Guardianship.everything.filter(guardian__source_id=guardian, pupil__source_id=pupil).order_by("pk")


def outcome(report: ImportReport) -> dict[str, tuple[int, int, int]]:
    """Created, changed and ended, of the lists where anything happened."""
    happened = {
        name: (counts["created"], counts["changed"], counts["ended"])
        for name in LISTS
        if (counts := report.counts(name))
    }
    return {name: counts for name, counts in happened.items() if any(counts)}


def test_a_school_comes_in_and_a_second_run_changes_nothing(lists: dict[str, Any]) -> None:
    empty = sum(rows().values())
    first = bring_in(lists)
    before = rows()
    second = bring_in(lists)

    assert outcome(first) == {
        "organisations": (2, 0, 0),
        "persons": (5, 0, 0),
        "enrolments": (2, 0, 0),
        "responsibles": (4, 0, 0),
        "groups": (1, 0, 0),
        "groupMemberships": (1, 0, 0),
        "duties": (1, 0, 0),
        "assignmentRoles": (1, 0, 0),
    }
    assert first.problems == []
    assert outcome(second) == {}
    assert rows() == before
    written = AuditRecord.objects.filter(act="import_create")
    assert written.exclude(subject_type="schools.schoolunit").count() == sum(before.values()) - empty


def test_a_dry_run_tells_all_and_writes_nothing(lists: dict[str, Any]) -> None:
    before = rows()

    report = bring_in(lists, dry_run=True)

    assert report.counts("persons")["created"] == 5
    assert "Kim Vik" in {change.name for change in report.plan.changes}
    assert not Organiser.objects.filter(source_id="huvudman").exists()
    assert rows() == before


def test_the_demo_school_comes_in_whole(demo_school: Path) -> None:
    report = run_import(folder=demo_school)
    again = run_import(folder=demo_school)

    assert report.counts("persons") == {"read": 136, "created": 136, "changed": 0, "ended": 0, "unchanged": 0}
    assert report.counts("groups")["created"] == 9
    assert report.counts("responsibles")["created"] == 83
    assert report.counts("duties")["created"] == 8
    assert report.counts("calendarEvents") == {
        "read": 75, "created": 0, "changed": 0, "ended": 0, "unchanged": 0,
    }  # fmt: skip
    reasons = [problem.reason for problem in report.problems]
    assert reasons.count(Reason.IDENTITY_NUMBER_CHECKSUM) == 52
    assert reasons.count(Reason.PROTECTED_CONTACT) == 2
    assert len(reasons) == 54
    assert outcome(again) == {}
    with inside("76581e90-6bb4-5b44-b18c-03aa250cfdc1"):
        protected = Person.everything.filter(is_protected=True)
        assert {(one.given_name, one.mobile, one.street_address) for one in protected} == {
            ("Alva", "", ""), ("Elsa", "", ""),
        }  # fmt: skip
        assert Duty.everything.filter(school__school_unit_code="10000001").count() == 8


def test_what_changed_is_changed_and_told_by_field(lists: dict[str, Any]) -> None:
    bring_in(lists)
    by_id(lists["persons"], "mother").update(familyName="Berg", emails=[{"value": "mona@example.org"}])
    by_id(lists["persons"], "kim")["enrolments"][0]["schoolYear"] = 6
    lists["groups"][0]["displayName"] = "6B"

    report = bring_in(lists)

    assert outcome(report) == {"persons": (0, 1, 0), "enrolments": (0, 1, 0), "groups": (0, 1, 0)}
    assert {change.reason for change in report.plan.changes} == {"email, family name", "school year", "name"}
    assert outcome(bring_in(lists)) == {}


def test_what_the_source_does_not_say_stays(lists: dict[str, Any]) -> None:
    bring_in(lists)
    with inside():
        Person.everything.filter(source_id="father").update(email="sten@example.se", mobile="070-1")

    report = bring_in(lists)

    assert outcome(report) == {}


def test_a_guardian_of_two_families_has_the_children_of_both(lists: dict[str, Any]) -> None:
    other = {"id": "nils", "givenName": "Nils", "familyName": "Ek", "responsibles": [
        {"person": {"id": "father"}, "relationType": "Vårdnadshavare"},
    ]}  # fmt: skip
    lists["persons"].append(other)

    report = bring_in(lists)

    assert report.problems == []
    with inside():
        children = Guardianship.everything.filter(guardian__source_id="father")
        assert {one.pupil.source_id for one in children} == {"kim", "alva", "nils"}


def test_a_guardian_who_does_not_exist_is_reported_and_the_pupil_comes_in(lists: dict[str, Any]) -> None:
    by_id(lists["persons"], "kim")["responsibles"].append(
        {"person": {"id": "nobody"}, "relationType": "Vårdnadshavare"}
    )

    report = bring_in(lists)

    assert [(one.type, one.id, one.reason) for one in report.problems] == [
        ("persons", "kim", Reason.UNKNOWN_GUARDIAN)
    ]
    assert "nobody" in report.problems[0].message
    assert report.counts("responsibles")["created"] == 4


def test_references_that_lead_nowhere_are_reported(lists: dict[str, Any]) -> None:
    lists["groups"][0]["groupMemberships"].append({"person": {"id": "x"}, "startDate": "2026-08-17"})
    lists["duties"][0]["assignmentRole"].append({"group": {"id": "x"}, "assignmentRoleType": "Mentor"})
    lists["duties"].append(
        {"id": "d2", "person": {"id": "teacher"}, "dutyAt": {"id": "huvudman"}, "dutyRole": "Rektor"}
    )
    by_id(lists["persons"], "alva")["enrolments"][0]["enroledAt"]["id"] = "x"
    lists["activities"][0]["teachers"] = [{"duty": {"id": "x"}}]
    lists["calendarEvents"][0]["activity"]["id"] = "x"

    report = bring_in(lists)

    assert {(one.type, one.id, one.reason) for one in report.problems} == {
        ("groups", "5b", Reason.UNKNOWN_PERSON),
        ("duties", "duty", Reason.UNKNOWN_GROUP),
        ("duties", "d2", Reason.ABOVE_SCHOOLS),
        ("persons", "alva", Reason.UNKNOWN_ORGANISATION),
        ("activities", "maths", Reason.UNKNOWN_DUTY),
        ("calendarEvents", "lesson", Reason.UNKNOWN_ACTIVITY),
    }


def test_a_removal_ends_access_at_once_and_deletes_nothing(lists: dict[str, Any]) -> None:
    bring_in(lists)
    before = rows()
    kim = by_id(lists["persons"], "kim")
    kim["responsibles"] = kim["responsibles"][:1]

    report = bring_in(lists)

    assert outcome(report) == {"responsibles": (0, 0, 1)}
    assert rows() == before
    with inside():
        assert not custody("father").filter(Guardianship.gives_access_on(clock.today())).exists()
        assert custody("mother").filter(Guardianship.gives_access_on(clock.today())).exists()
    assert outcome(bring_in(lists)) == {}


def test_a_guardian_without_children_left_is_logged_out_at_once(lists: dict[str, Any]) -> None:
    bring_in(lists)
    with inside():
        person = Person.everything.get(source_id="father")
        account = Account.objects.create(person=person, organiser_id=person.organiser_id, username="sten")
    for id in ("kim", "alva"):
        by_id(lists["persons"], id)["responsibles"].pop()

    bring_in(lists, accept_removals=True)

    assert Account.objects.get(pk=account.pk).session_epoch > account.session_epoch


def test_a_person_who_is_gone_takes_their_ties_along(lists: dict[str, Any]) -> None:
    bring_in(lists)
    lists["persons"] = [one for one in lists["persons"] if one["id"] != "kim"]
    lists["groups"][0]["groupMemberships"] = []
    lists["deletedEntities"]["data"] = {"persons": ["kim"]}

    report = bring_in(lists)

    assert outcome(report) == {
        "persons": (0, 0, 1),
        "enrolments": (0, 0, 1),
        "responsibles": (0, 0, 2),
        "groupMemberships": (0, 0, 1),
    }
    assert report.plan.of("persons", Action.END)[0].reason == "deleted at the source"
    assert outcome(bring_in(lists)) == {}


def test_a_person_who_comes_back_is_active_again(lists: dict[str, Any]) -> None:
    bring_in(lists)
    without = {**lists, "persons": [one for one in lists["persons"] if one["id"] != "teacher"], "duties": []}
    bring_in(without, accept_removals=True)

    bring_in(lists)

    with inside():
        assert Person.everything.get(source_id="teacher").is_active
        duty = Duty.everything.get()
        assert duty.valid_until is None
    assert outcome(bring_in(lists)) == {}


def test_many_removals_stop_the_run_until_they_are_accepted(lists: dict[str, Any]) -> None:
    bring_in(lists)
    before = rows()
    for id in ("kim", "alva"):
        by_id(lists["persons"], id)["responsibles"] = []

    stopped = bring_in(lists)

    assert stopped.stopped
    assert not stopped.is_written
    assert [one.reason for one in stopped.stops] == [Reason.REMOVALS_NEED_ACCEPTANCE]
    assert "4 of 4" in stopped.stops[0].message
    with inside():
        assert Guardianship.everything.filter(ended_at=None).count() == 4
    assert rows() == before

    assert outcome(bring_in(lists, accept_removals=True)) == {"responsibles": (0, 0, 4)}


def test_an_empty_list_of_persons_is_stopped(lists: dict[str, Any]) -> None:
    bring_in(lists)
    lists["persons"] = []

    assert bring_in(lists).stopped


def test_a_row_that_cannot_be_read_changes_nothing(lists: dict[str, Any]) -> None:
    bring_in(lists)
    by_id(lists["persons"], "kim")["responsibles"] = [{"person": {"id": "mother"}, "relationType": "Faster"}]
    by_id(lists["persons"], "alva").update(givenName=None, familyName=None)
    lists["duties"][0]["dutyRole"] = "Trollkarl"

    report = bring_in(lists)

    assert outcome(report) == {}
    assert {(one.type, one.id) for one in report.problems} == {
        ("persons", "kim"), ("persons", "alva"), ("duties", "duty"),
    }  # fmt: skip


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


def test_the_deceased_have_no_ties(lists: dict[str, Any]) -> None:
    bring_in(lists)
    by_id(lists["persons"], "father")["personStatus"] = "Avliden"

    report = bring_in(lists)

    assert outcome(report) == {"persons": (0, 1, 0), "responsibles": (0, 0, 2)}
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
    assert "not stored yet" in text
