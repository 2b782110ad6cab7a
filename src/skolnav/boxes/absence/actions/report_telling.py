"""Whom a report concerns at once: the other guardians, and the pupil's mentor."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import CharField, Value

from skolnav.boxes.absence.models import AbsenceReport
from skolnav.core.access.viewer import Viewer
from skolnav.core.notifications.outbox import Telling, notify_many
from skolnav.core.people.models import AssignmentRole, Guardianship, Membership
from skolnav.core.people.validity import valid_on
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.managers import DoorQuerySet

# Pupil -> guardian -> whether their name is protected.
Guardians = Mapping[int, Mapping[int, bool]]

FAMILY, MENTOR = "absence.reported", "absence.mentor"


def tell_of_reports(actor: Viewer, reports: Sequence[AbsenceReport], state: str) -> None:
    """Tell what has become of reports: "reported", "changed", "well" or "undone". Two statements for any number.

    The reporter's name stands in the notice, unless it is protected; the child's in the mentor's alone, likewise.
    """
    if not reports:
        return
    ids = [report.pupil_id for report in reports]
    guardians, mentors, names = _concerned(ids, actor.today)
    tellings = [
        telling
        for one in reports
        for telling in (
            _to_family(actor, one, state, guardians.get(one.pupil_id, {})),
            _to_mentor(actor, one, state, mentors.get(one.pupil_id, set()), names),
        )
    ]
    notify_many(FAMILY, tellings, organiser_id=actor.organiser_id, due_at=clock.now())


def _to_family(actor: Viewer, report: AbsenceReport, state: str, guardians: Mapping[int, bool]) -> Telling:
    """To every guardian but the one who did it."""
    is_protected = guardians.get(actor.person_id, True)
    said = {"who": "" if is_protected else actor.given_name, "by_school": actor.person_id not in guardians}
    return Telling(
        fact=report.source,
        revision=report.version,
        person_ids=guardians.keys() - {actor.person_id},
        pupil_id=report.pupil_id,
        params=_params(report, state) | said,
        link_name="absence:index",
    )


def _to_mentor(
    actor: Viewer, report: AbsenceReport, state: str, mentors: set[int], names: Mapping[int, str]
) -> Telling:
    return Telling(
        kind=MENTOR,
        fact=report.source,
        revision=report.version,
        person_ids=mentors - {actor.person_id},
        params=_params(report, state) | {"pupil": names.get(report.pupil_id, "")},
        link_name="absence_staff:index",
    )


def _params(report: AbsenceReport, state: str) -> dict[str, Any]:
    since = report.well_from if state == "well" else report.starts
    return {
        "state": state,
        "reason": report.reason,
        "extent": report.extent,
        "first": report.first_day.isoformat(),
        "last": report.last_day.isoformat(),
        "since": since.isoformat() if since else "",
    }


def _concerned(
    pupil_ids: Collection[int], today: date
) -> tuple[Guardians, dict[int, set[int]], dict[int, str]]:
    """The pupils' guardians of today, whether these are protected; their mentors; and the names of the pupils who
    are not. One statement."""
    of_pupils = Membership.everything.filter(Membership.valid_on(today), person__in=pupil_ids)
    roles = AssignmentRole.everything.filter(
        valid_on(today),
        valid_on(today, "duty__"),
        kind=AssignmentRole.Kind.MENTOR,
        group__in=of_pupils.values("group_id"),
    )
    custody = Guardianship.everything.filter(Guardianship.gives_access_on(today), pupil__in=pupil_ids)
    rows = _columns(custody, "guardian", "pupil_id", "guardian_id", "guardian").union(
        _columns(of_pupils, "group", "person_id", "group_id", "person"),
        _columns(roles, "mentor", "group_id", "duty__person_id", "duty__person"),
    )
    found: dict[str, dict[int, dict[int, bool]]] = defaultdict(lambda: defaultdict(dict))
    names = {}
    for word, one, other, is_protected, given_name, family_name in rows:
        found[word][one][other] = is_protected
        if word == "group" and not is_protected:
            names[one] = f"{given_name} {family_name}"
    mentors = {
        pupil_id: {person for group in groups for person in found["mentor"][group]}
        for pupil_id, groups in found["group"].items()
    }
    return found["guardian"], mentors, names


def _columns(rows: DoorQuerySet[Any], word: str, one: str, other: str, person: str) -> Any:
    """The rows as (word, one, other, whether the person is protected, their names)."""
    said = Value(word, output_field=CharField())
    return rows.values_list(
        said, one, other, f"{person}__is_protected", f"{person}__given_name", f"{person}__family_name"
    )
