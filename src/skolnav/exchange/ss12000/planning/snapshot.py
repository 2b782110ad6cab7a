"""What the database holds of one organiser, as plain rows: read once, compared in memory."""

from dataclasses import dataclass, field
from typing import Any

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
from skolnav.core.schools.models import SchoolUnit
from skolnav.exchange.ss12000.reading import Reading

from .timetable_rows import TimetableRows, take_timetable

UNIT_FIELDS = (
    "school_unit_code", "name", "email", "phone", "website", "street_address", "postal_code", "locality",
    "ended_on",
)  # fmt: skip
PERSON_FIELDS = (
    "given_name", "family_name", "birth_date", "sex", "identity_number_hash", "email", "mobile", "phone",
    "street_address", "postal_code", "locality", "is_active",
)  # fmt: skip
PERIOD = ("source", "valid_from", "valid_until")

# Rows of values_list(named=True): their types are the fields'.
Rows = list[Any]


@dataclass(slots=True)
class Snapshot:
    units: Rows = field(default_factory=list)
    persons: Rows = field(default_factory=list)
    markings: dict[int, str] = field(default_factory=dict)
    guardianships: Rows = field(default_factory=list)
    enrolments: Rows = field(default_factory=list)
    groups: Rows = field(default_factory=list)
    memberships: Rows = field(default_factory=list)
    duties: Rows = field(default_factory=list)
    assignments: Rows = field(default_factory=list)
    timetable: TimetableRows = field(default_factory=TimetableRows)


def take_snapshot(organiser_pk: int, reading: Reading) -> Snapshot:
    """All that a plan compares with, in nine statements and the timetable's, where the source has one.

    Call it within the organiser's scope.
    """
    return Snapshot(
        units=list(
            SchoolUnit.objects.filter(organiser_id=organiser_pk).values_list(
                "pk", "source_id", *UNIT_FIELDS, named=True
            )
        ),
        persons=_rows(Person, "source_id", "is_protected", *PERSON_FIELDS),
        markings=dict(Protection.everything.filter(lowered_at=None).values_list("person_id", "marking")),
        guardianships=_rows(
            Guardianship, "pupil_id", "guardian_id", "kind", "ended_at", "ended_by_id", "restricted_at",
            "restricted_by_id", *PERIOD,
        ),
        enrolments=_rows(Enrolment, "pupil_id", "school_id", "school_year", "school_type", *PERIOD),
        groups=_rows(Group, "source_id", "school_id", "kind", "name", *PERIOD),
        memberships=_rows(Membership, "group_id", "person_id", *PERIOD),
        duties=_rows(Duty, "source_id", "person_id", "school_id", "role", "signature", *PERIOD),
        assignments=_rows(AssignmentRole, "duty_id", "group_id", "kind", *PERIOD),
        timetable=take_timetable(reading),
    )  # fmt: skip


def _rows(model: Any, *fields: str) -> Rows:
    return list(model.everything.order_by("pk").values_list("pk", *fields, named=True))
