"""Whom leave is told to, each within the action that it is about. Texts: `notices/leave.py`."""

from collections.abc import Iterable
from typing import Any

from skolnav.boxes.absence.models import LeaveApplication
from skolnav.boxes.absence.queries import responsible
from skolnav.boxes.absence.queries.responsible import People
from skolnav.core.notifications.outbox import notify
from skolnav.core.people.models import Duty
from skolnav.core.tenancy import clock


def guardians_of(leaves: Iterable[LeaveApplication]) -> People:
    """Pupil id -> the guardians whose custody gives access today. One statement."""
    return responsible.guardians_of([leave.pupil_id for leave in leaves], clock.today()).everybody


def ask_guardian(leave: LeaveApplication, guardian_id: int, *, revision: int) -> None:
    """Ask another guardian to answer; a reminder is a higher revision."""
    _tell_family("absence.leave_asked", leave, [guardian_id], f":{guardian_id}", revision, {})


def tell_family(leave: LeaveApplication, person_ids: Iterable[int], event: str) -> None:
    """Tell guardians what has become of an application: "yes", "no", "expired", "withdrawn" or "given_up"."""
    _tell_family("absence.leave_news", leave, person_ids, f":{event}", 1, {"event": event})


def tell_decision(leave: LeaveApplication, *, is_granted: bool, revision: int) -> None:
    """Tell every guardian of today; a changed decision is a higher revision."""
    everybody = guardians_of([leave]).get(leave.pupil_id, ())
    _tell_family("absence.leave_decided", leave, everybody, "", revision, {"granted": is_granted})


def tell_staff(leaves: Iterable[LeaveApplication], event: str, *, to_principal: Iterable[int] = ()) -> None:
    """Tell those who decide: "applied", "withdrawn" or "given_up". Three statements and one notice for each.

    `to_principal` holds the keys of those that the principal alone decides about.
    """
    asked, alone = list(leaves), set(to_principal)
    today = clock.today()
    mentors = responsible.mentors_of([leave.pupil_id for leave in asked], today)
    heads_of = {leave.pk for leave in asked if leave.pk in alone or not mentors.get(leave.pupil_id)}
    schools = {leave.school_id for leave in asked if leave.pk in heads_of}
    principals = responsible.leaders_of(schools, today, [Duty.Role.PRINCIPAL]) if schools else {}
    for leave in asked:
        people = principals[leave.school_id] if leave.pk in heads_of else mentors[leave.pupil_id]
        if people:
            notify(
                "absence.leave_for_staff",
                revision=leave.version,
                due_at=clock.now(),
                person_ids=people,
                fact=leave.source,
                link_name="absence_staff:leave_show",
                link_args={"leave": leave.public_id},
                params=_params(leave) | {"event": event},
            )


def _tell_family(
    kind: str,
    leave: LeaveApplication,
    person_ids: Iterable[int],
    of: str,
    revision: int,
    params: dict[str, Any],
) -> None:
    people = list(person_ids)
    if people:
        notify(
            kind,
            revision=revision,
            due_at=clock.now(),
            person_ids=people,
            pupil=leave.pupil,
            fact=leave.source + of,
            link_name="absence:leave_show",
            link_args={"leave": leave.public_id},
            params=_params(leave) | params,
        )


def _params(leave: LeaveApplication) -> dict[str, Any]:
    """No name of a child with protected identity stands in a notice."""
    name = "" if leave.pupil.is_protected else leave.pupil.given_name.split(" ")[0]
    return {"name": name, "first": leave.first_day.isoformat(), "last": leave.last_day.isoformat()}
