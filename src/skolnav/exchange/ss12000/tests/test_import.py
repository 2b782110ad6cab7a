"""Whole imports against the database: what comes in, changes and ends, and that a second run does nothing."""

from pathlib import Path
from typing import Any

import pytest

from skolnav.core.accounts.models import Account
from skolnav.core.audit.models import AuditRecord
from skolnav.core.people.models import (
    Duty,
    Guardianship,
    Person,
)
from skolnav.core.schools.models import Organiser
from skolnav.core.tenancy import clock
from skolnav.exchange.ss12000 import run_import
from skolnav.exchange.ss12000.planning.changes import Action
from skolnav.exchange.ss12000.problems import Reason

from .conftest import by_id
from .running import bring_in, custody, inside, outcome, rows

pytestmark = pytest.mark.django_db


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
        "activities": (1, 0, 0),
        "activityGroups": (1, 0, 0),
        "activityTeachers": (1, 0, 0),
        "calendarEvents": (1, 0, 0),
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
        "read": 75, "created": 75, "changed": 0, "ended": 0, "unchanged": 0,
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
