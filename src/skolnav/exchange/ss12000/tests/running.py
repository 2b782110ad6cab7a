"""What the import tests share: running an import, and counting what it did."""

from contextlib import AbstractContextManager
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
from skolnav.core.schools.models import Organiser
from skolnav.core.tenancy import scope
from skolnav.core.timetable.models import Activity, ActivityGroup, ActivityTeacher, LessonOccurrence, Room
from skolnav.exchange.ss12000 import ImportReport, run_import
from skolnav.exchange.ss12000.report import LISTS

from .conftest import MemorySource

EVERYTHING = (
    Person, Guardianship, Enrolment, Group, Membership, Duty, AssignmentRole, Protection,
    Activity, LessonOccurrence, Room,
)  # fmt: skip
PARTS = (ActivityGroup, ActivityTeacher)


def bring_in(lists: dict[str, Any], **options: Any) -> ImportReport:
    return run_import(source=MemorySource(lists), **options)


def inside(source_id: str = "huvudman") -> AbstractContextManager[None]:
    """The scope of the organiser that the import made; the cast's are others."""
    return scope.of_organiser(Organiser.objects.get(source_id=source_id).pk)


def rows() -> dict[str, int]:
    with scope.over_all_organisers():
        counts = {model.__name__: model.everything.count() for model in EVERYTHING}
        return counts | {model.__name__: model.objects.count() for model in PARTS}


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
