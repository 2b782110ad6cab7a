"""What a source may hold, and how each deviation is understood or reported by row."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from skolnav.core.people.models import AssignmentRole, Duty, Guardianship
from skolnav.core.people.models.protection import SecurityMarking
from skolnav.exchange.ss12000.entities import Period
from skolnav.exchange.ss12000.folder import FolderSource
from skolnav.exchange.ss12000.problems import MESSAGES, Reason
from skolnav.exchange.ss12000.reading import Reading, read

from .conftest import TODAY, MemorySource, by_id


def reading_of(lists: dict[str, Any]) -> Reading:
    return read(MemorySource(lists), TODAY)


def problems_of(reading: Reading) -> list[tuple[str, str, Reason]]:
    return [(problem.type, problem.id, problem.reason) for problem in reading.problems]


def test_a_sound_source_is_read_without_problems(lists: dict[str, Any]) -> None:
    reading = reading_of(lists)

    assert reading.problems == []
    assert reading.read == Counter(
        organisations=3, persons=5, enrolments=2, responsibles=4, groups=1, groupMemberships=1, duties=1,
        assignmentRoles=1, activities=1, activityGroups=1, activityTeachers=1, calendarEvents=1, rooms=0,
    )  # fmt: skip
    assert reading.persons.rows["kim"].identity_number == "20150302TF01"
    assert reading.groups.rows["5b"].members[0].period == Period(date(2026, 8, 17), None)
    assert reading.activities.rows["maths"].teacher_persons == ("teacher",)


def test_the_demo_school_comes_in_whole_and_its_deviations_are_told(demo_school: Path) -> None:
    reading = read(FolderSource(demo_school), TODAY)

    assert (len(reading.persons.rows), len(reading.groups.rows), len(reading.duties.rows)) == (136, 9, 8)
    assert (len(reading.activities.rows), len(reading.calendar_events.rows)) == (7, 75)
    reasons = Counter(problem.reason for problem in reading.problems)
    assert reasons == {Reason.IDENTITY_NUMBER_CHECKSUM: 52}
    protected = [person for person in reading.persons.rows.values() if person.marking]
    assert {person.marking for person in protected} == set(SecurityMarking)
    with_number = [person for person in reading.persons.rows.values() if person.identity_number]
    assert [person.identity_number for person in with_number] == ["197604170626"]


def test_the_century_of_a_short_number_follows_from_the_birth_date(lists: dict[str, Any]) -> None:
    teacher = by_id(lists["persons"], "teacher")
    teacher.update(birthDate="1980-01-01", civicNo={"value": "800101-9804"})

    reading = reading_of(lists)

    assert reading.persons.rows["teacher"].identity_number == "198001019804"
    assert reading.problems == []


@pytest.mark.parametrize(
    ("number", "born", "reason"),
    [
        ("198001019805", None, Reason.IDENTITY_NUMBER_CHECKSUM),
        ("8001019804", None, Reason.IDENTITY_NUMBER_INVALID),
        ("198013019804", None, Reason.IDENTITY_NUMBER_INVALID),
        ("800101-9804", "1994-02-03", Reason.IDENTITY_NUMBER_NOT_OF_BIRTH_DATE),
    ],
)
def test_a_number_that_does_not_hold_is_left_out_and_the_person_comes_in(
    lists: dict[str, Any], number: str, born: str | None, reason: Reason
) -> None:
    by_id(lists["persons"], "teacher").update(civicNo={"value": number}, birthDate=born)

    reading = reading_of(lists)

    assert reading.persons.rows["teacher"].identity_number is None
    assert problems_of(reading) == [("persons", "teacher", reason)]
    assert number not in reading.problems[0].message


@pytest.mark.parametrize("relation", ["Förälder", "Annan ansvarig", "Annan behörig"])
def test_only_custody_gives_access(lists: dict[str, Any], relation: str) -> None:
    kim = by_id(lists["persons"], "kim")
    kim["responsibles"] = [
        {"person": {"id": "mother"}, "relationType": relation},
        {"person": {"id": "father"}, "relationType": "God man"},
    ]

    reading = reading_of(lists)

    assert [(r.person, r.kind) for r in reading.persons.rows["kim"].responsibles] == [
        ("father", Guardianship.Kind.APPOINTED)
    ]
    assert reading.problems == []


def test_an_unknown_relation_is_reported_and_gives_nothing(lists: dict[str, Any]) -> None:
    kim = by_id(lists["persons"], "kim")
    kim["responsibles"] = [{"person": {"id": "mother"}, "relationType": "Faster"}]

    reading = reading_of(lists)

    assert reading.persons.rows["kim"].responsibles == ()
    assert reading.persons.rows["kim"].unreadable == {"responsibles"}
    assert problems_of(reading) == [("persons", "kim", Reason.UNKNOWN_VALUE)]
    assert "Faster" in reading.problems[0].message


def test_staff_without_a_teaching_role_come_in_and_an_unknown_role_is_reported(lists: dict[str, Any]) -> None:
    duty = lists["duties"][0]
    duty["dutyRole"] = "Annan personal"
    duty["description"] = "Administratör"
    lists["duties"].append({**duty, "id": "other", "dutyRole": "Trollkarl"})

    reading = reading_of(lists)

    assert reading.duties.rows["duty"].role == Duty.Role.OTHER
    assert reading.duties.rows["duty"].assignments[0].kind == AssignmentRole.Kind.MENTOR
    assert reading.duties.rejected == {"other"}
    assert problems_of(reading) == [("duties", "other", Reason.UNKNOWN_VALUE)]


def test_an_unknown_marking_protects(lists: dict[str, Any]) -> None:
    by_id(lists["persons"], "kim")["securityMarking"] = "Hemlig"

    reading = reading_of(lists)

    assert reading.persons.rows["kim"].marking == SecurityMarking.CONFIDENTIALITY
    assert problems_of(reading) == [("persons", "kim", Reason.UNKNOWN_VALUE)]


def test_a_marking_on_a_reference_counts(lists: dict[str, Any]) -> None:
    membership = lists["groups"][0]["groupMemberships"][0]
    membership["person"]["securityMarking"] = "Skyddad folkbokföring"

    reading = reading_of(lists)

    assert reading.notes.markings == {"kim": SecurityMarking.PROTECTED_REGISTRATION}


def test_dates_that_cannot_be_are_reported(lists: dict[str, Any]) -> None:
    kim, alva = by_id(lists["persons"], "kim"), by_id(lists["persons"], "alva")
    kim["birthDate"] = "2099-01-01"
    kim["enrolments"][0]["startDate"] = "2099-08-15"
    alva["enrolments"][0]["endDate"] = "2020-06-10"
    lists["groups"][0]["endDate"] = "2099-12-31"

    reading = reading_of(lists)

    assert reading.persons.rows["kim"].birth_date is None
    assert reading.persons.rows["kim"].enrolments == ()
    assert reading.persons.rows["alva"].unreadable == {"enrolments"}
    assert reading.groups.rows["5b"].period.end is None
    assert problems_of(reading) == [
        ("persons", "kim", Reason.IMPLAUSIBLE_DATE),
        ("persons", "kim", Reason.IMPLAUSIBLE_DATE),
        ("persons", "alva", Reason.ENDS_BEFORE_START),
        ("groups", "5b", Reason.IMPLAUSIBLE_DATE),
    ]


def test_an_end_that_is_no_date_does_not_become_for_ever(lists: dict[str, Any]) -> None:
    by_id(lists["persons"], "kim")["enrolments"][0]["endDate"] = "2026-13-45"

    reading = reading_of(lists)

    assert reading.persons.rows["kim"].enrolments == ()


def test_of_two_rows_with_one_id_the_first_counts(lists: dict[str, Any]) -> None:
    lists["persons"].append({"id": "KIM", "givenName": "Another", "familyName": "Name"})

    reading = reading_of(lists)

    assert reading.persons.rows["kim"].given_name == "Kim"
    assert problems_of(reading) == [("persons", "kim", Reason.DUPLICATE_ID)]


def test_rows_that_are_no_rows_are_reported(lists: dict[str, Any]) -> None:
    lists["persons"] += ["text", {"givenName": "No", "familyName": "Id"}]

    reading = reading_of(lists)

    assert problems_of(reading) == [
        ("persons", "#6", Reason.NOT_AN_OBJECT),
        ("persons", "#7", Reason.MISSING_ID),
    ]
    assert reading.persons.may_hold("whoever")


def test_characters_that_no_database_takes_are_cleaned_away(lists: dict[str, Any]) -> None:
    by_id(lists["persons"], "kim")["givenName"] = "K\x00i\ud800m \x1b[31m"

    assert reading_of(lists).persons.rows["kim"].given_name == "K i m [31m"


def test_an_absent_list_says_nothing_and_an_empty_one_says_none(lists: dict[str, Any]) -> None:
    by_id(lists["persons"], "father")["emails"] = []

    reading = reading_of(lists)

    assert reading.persons.rows["father"].contact.email == ""
    assert reading.persons.rows["kim"].contact.email is None


def test_deleted_entities_are_read_with_the_misspelling_of_the_standard(lists: dict[str, Any]) -> None:
    lists["deletedEntities"]["data"] = {"activitites": ["gone"], "persons": ["kim"], "things": ["x"]}

    reading = reading_of(lists)

    assert reading.deleted == {"activities": {"gone"}, "persons": {"kim"}}
    assert problems_of(reading) == [
        ("deletedEntities", "", Reason.WRONG_TYPE),
        ("persons", "kim", Reason.DELETED_BUT_LISTED),
    ]


def test_every_reason_has_its_sentence() -> None:
    assert set(MESSAGES) == set(Reason)
