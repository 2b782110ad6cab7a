"""Whom a report concerns at once: the other guardians, and the pupil's mentor."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from skolnav.boxes.absence.models import AbsenceReport
from skolnav.core.access.viewer import Viewer
from skolnav.core.notifications.outbox import Telling, notify_many
from skolnav.core.people.models import AssignmentRole, Guardianship, Membership, Person
from skolnav.core.people.validity import valid_on
from skolnav.core.tenancy import clock

FAMILY, MENTOR = "absence.reported", "absence.mentor"


def tell_of_reports(
    actor: Viewer, reports: Sequence[AbsenceReport], pupils: Mapping[int, Person], state: str
) -> None:
    """Tell what has become of reports: "reported", "changed", "well" or "undone". Five statements for any number.

    The reporter's name stands in the notice, unless it is protected; the child's in the mentor's alone, likewise.
    """
    if not reports:
        return
    ids = [report.pupil_id for report in reports]
    guardians, mentors = _guardians(ids, actor.today), _mentors(ids, actor.today)
    for kind, tellings in (
        (FAMILY, [_to_family(actor, one, state, guardians[one.pupil_id]) for one in reports]),
        (MENTOR, [_to_mentor(actor, one, state, mentors[one.pupil_id], pupils) for one in reports]),
    ):
        notify_many(kind, tellings, organiser_id=actor.organiser_id, due_at=clock.now())


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
    actor: Viewer, report: AbsenceReport, state: str, mentors: set[int], pupils: Mapping[int, Person]
) -> Telling:
    pupil = pupils[report.pupil_id]
    return Telling(
        fact=report.source,
        revision=report.version,
        person_ids=mentors - {actor.person_id},
        params=_params(report, state) | {"pupil": "" if pupil.is_protected else pupil.full_name},
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


def _guardians(pupil_ids: Iterable[int], today: date) -> dict[int, dict[int, bool]]:
    """Pupil -> guardian of today -> whether their name is protected. One statement."""
    found: dict[int, dict[int, bool]] = defaultdict(dict)
    rows = Guardianship.everything.filter(Guardianship.gives_access_on(today), pupil__in=list(pupil_ids))
    for pupil_id, guardian_id, is_protected in rows.values_list(
        "pupil_id", "guardian_id", "guardian__is_protected"
    ):
        found[pupil_id][guardian_id] = is_protected
    return found


def _mentors(pupil_ids: Iterable[int], today: date) -> dict[int, set[int]]:
    """Pupil -> their mentors of today. Two statements."""
    of_pupils = Membership.everything.filter(Membership.valid_on(today), person__in=list(pupil_ids))
    groups = list(of_pupils.values_list("person_id", "group_id"))
    roles = AssignmentRole.everything.filter(
        valid_on(today),
        valid_on(today, "duty__"),
        kind=AssignmentRole.Kind.MENTOR,
        group__in={group_id for _, group_id in groups},
    )
    of_group: dict[int, set[int]] = defaultdict(set)
    for group_id, person_id in roles.values_list("group_id", "duty__person_id"):
        of_group[group_id].add(person_id)
    found: dict[int, set[int]] = defaultdict(set)
    for pupil_id, group_id in groups:
        found[pupil_id] |= of_group[group_id]
    return found
