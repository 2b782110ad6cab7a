"""Whom leave is told to, each within the action that it is about. Texts: `notices/leave.py`."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from skolnav.boxes.absence.models import LeaveApplication
from skolnav.core.notifications.outbox import notify
from skolnav.core.people.models import AssignmentRole, Duty, Guardianship, Membership
from skolnav.core.people.validity import valid_on
from skolnav.core.tenancy import clock


def guardians_of(pupil_ids: Iterable[int]) -> dict[int, list[int]]:
    """Pupil id -> the guardians whose custody gives access today. One statement."""
    rows = Guardianship.everything.filter(
        Guardianship.gives_access_on(clock.today()), pupil__in=list(pupil_ids)
    )
    found: dict[int, list[int]] = {}
    for pupil_id, guardian_id in rows.values_list("pupil_id", "guardian_id"):
        found.setdefault(pupil_id, []).append(guardian_id)
    return found


def ask_guardian(leave: LeaveApplication, guardian_id: int, *, revision: int) -> None:
    """Ask another guardian to answer; a reminder is a higher revision."""
    _tell_family("absence.leave_asked", leave, [guardian_id], f":{guardian_id}", revision, {})


def tell_family(leave: LeaveApplication, person_ids: Iterable[int], event: str) -> None:
    """Tell guardians what has become of an application: "yes", "no", "expired", "withdrawn" or "given_up"."""
    _tell_family("absence.leave_news", leave, person_ids, f":{event}", 1, {"event": event})


def tell_decision(leave: LeaveApplication, *, is_granted: bool, revision: int) -> None:
    """Tell every guardian of today; a changed decision is a higher revision."""
    everybody = guardians_of([leave.pupil_id]).get(leave.pupil_id, [])
    _tell_family("absence.leave_decided", leave, everybody, "", revision, {"granted": is_granted})


def tell_staff(leaves: Iterable[LeaveApplication], event: str, *, to_principal: Iterable[int] = ()) -> None:
    """Tell those who decide: "applied", "withdrawn" or "given_up". Three statements and one notice for each.

    `to_principal` holds the keys of those that the principal alone decides about.
    """
    asked, alone = list(leaves), set(to_principal)
    mentors = _mentors_of({leave.pupil_id for leave in asked})
    heads_of = {leave.pk for leave in asked if leave.pk in alone or not mentors.get(leave.pupil_id)}
    principals = _principals_of({leave.school_id for leave in asked if leave.pk in heads_of})
    for leave in asked:
        people = (principals.get(leave.school_id) if leave.pk in heads_of else mentors[leave.pupil_id]) or []
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


def _mentors_of(pupil_ids: Iterable[int]) -> dict[int, list[int]]:
    today = clock.today()
    memberships = Membership.everything.filter(Membership.valid_on(today), person__in=list(pupil_ids))
    groups = list(memberships.values_list("person_id", "group_id"))
    roles = AssignmentRole.everything.filter(
        valid_on(today),
        valid_on(today, "duty__"),
        kind=AssignmentRole.Kind.MENTOR,
        group__in={group for _, group in groups},
    )
    mentors = list(roles.values_list("group_id", "duty__person_id"))
    found: dict[int, list[int]] = {}
    for pupil_id, group_id in groups:
        found.setdefault(pupil_id, []).extend(person for group, person in mentors if group == group_id)
    return found


def _principals_of(school_ids: Iterable[int]) -> dict[int, list[int]]:
    schools = list(school_ids)
    if not schools:
        return {}
    duties = Duty.everything.filter(
        Q(school__in=schools) | Q(school=None), valid_on(clock.today()), role=Duty.Role.PRINCIPAL
    )
    found: dict[int, list[int]] = {}
    for school_id, person_id in duties.values_list("school_id", "person_id"):
        for school in [school_id] if school_id else schools:
            found.setdefault(school, []).append(person_id)
    return found
