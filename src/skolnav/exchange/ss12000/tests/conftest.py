"""A small school for import tests: two pupils of one family, a teacher, a class. All names invented."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from skolnav.exchange.ss12000.source import EntityType

TODAY = date(2026, 11, 23)
DEMO_SCHOOL = Path(__file__).parents[6] / "shared" / "data" / "ss12000-demoskolan"

Lists = dict[str, Any]


def small_school() -> Lists:
    """Numbers are from the tax agency's range for tests, or temporary."""
    custody = [
        {"person": {"id": "mother"}, "relationType": "Vårdnadshavare"},
        {"person": {"id": "father"}, "relationType": "Vårdnadshavare"},
    ]
    return {
        "organisations": [
            {
                "id": "huvudman",
                "displayName": "Sjövik",
                "organisationType": "Huvudman",
                "organisationNumber": "2120",
            },
            _organisation("skola", "Sjöviksskolan", "Skola", "huvudman"),
            {**_organisation("enhet", "Sjövik F-6", "Skolenhet", "skola"), "schoolUnitCode": "12345678"},
        ],
        "persons": [
            _pupil("kim", "Kim", "2015-03-02", 5, custody),
            _pupil("alva", "Alva", "2018-06-12", 2, custody),
            {
                "id": "mother",
                "givenName": "Mona",
                "familyName": "Vik",
                "emails": [{"value": "mona@example.se"}],
            },
            {"id": "father", "givenName": "Sten", "familyName": "Vik", "securityMarking": "Ingen"},
            {
                "id": "teacher",
                "givenName": "Tora",
                "familyName": "Lund",
                "civicNo": {"value": "198001019804"},
            },
        ],
        "groups": [
            {
                "id": "5b",
                "displayName": "5B",
                "groupType": "Klass",
                "startDate": "2026-08-17",
                "organisation": {"id": "enhet"},
                "groupMemberships": [{"person": {"id": "kim"}, "startDate": "2026-08-17"}],
            }
        ],
        "duties": [
            {
                "id": "duty",
                "person": {"id": "teacher"},
                "dutyAt": {"id": "skola"},
                "dutyRole": "Lärare",
                "startDate": "2026-08-01",
                "assignmentRole": [
                    {"group": {"id": "5b"}, "assignmentRoleType": "Mentor", "startDate": "2026-08-17"}
                ],
            }
        ],
        "activities": [
            {
                "id": "maths",
                "displayName": "Matematik 5B",
                "startDate": "2026-08-17",
                "groups": [{"id": "5b"}],
                "teachers": [{"person": {"id": "teacher"}}],
            }
        ],
        "calendarEvents": [
            {
                "id": "lesson",
                "activity": {"id": "maths"},
                "startTime": "2026-11-23T08:00:00+01:00",
                "endTime": "2026-11-23T09:00:00+01:00",
            }
        ],
        "deletedEntities": {"data": {}, "pageToken": None},
    }


def _organisation(id: str, name: str, type: str, parent: str) -> Lists:
    return {"id": id, "displayName": name, "organisationType": type, "parentOrganisation": {"id": parent}}


def _pupil(id: str, name: str, born: str, year: int, responsibles: list[Lists]) -> Lists:
    return {
        "id": id,
        "meta": {"created": "2026-08-01T08:00:00", "modified": "2026-08-01T08:00:00"},
        "givenName": name,
        "familyName": "Vik",
        "birthDate": born,
        "civicNo": {"value": born.replace("-", "") + "TF01"},
        "enrolments": [
            {"enroledAt": {"id": "enhet"}, "schoolType": "GR", "schoolYear": year, "startDate": "2024-08-15"}
        ],
        "responsibles": deepcopy(responsibles),
    }


class MemorySource:
    """A source without files, to change freely."""

    def __init__(self, lists: Lists) -> None:
        self.lists = lists

    def entities(self, type: EntityType) -> Iterator[object]:
        return iter(self.lists.get(type, []))

    def deleted_ids(self) -> dict[str, object]:
        return self.lists.get("deletedEntities", {}).get("data", {})


@pytest.fixture
def lists() -> Lists:
    return small_school()


@pytest.fixture
def write(tmp_path: Path) -> Callable[[Lists], Path]:
    """Writes lists as a source's folder."""

    def write_folder(lists: Lists) -> Path:
        for name, content in lists.items():
            (tmp_path / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
        return tmp_path

    return write_folder


@pytest.fixture
def demo_school() -> Path:
    """The folder of a real server's answers, beside the project; not part of it."""
    if not DEMO_SCHOOL.is_dir():
        pytest.skip("The demo school is not in the folder shared/data beside the project.")
    return DEMO_SCHOOL


def by_id(rows: list[Lists], id: str) -> Lists:
    return next(row for row in rows if row["id"] == id)
