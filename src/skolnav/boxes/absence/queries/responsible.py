"""Whom the school tells about a pupil: guardians, mentors, those who lead. For actions and jobs; needs the scope."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from skolnav.core.notifications.addresses import people_with_accounts
from skolnav.core.people.models import AssignmentRole, Duty, Guardianship, Membership
from skolnav.core.people.validity import valid_on

People = Mapping[int, set[int]]


@dataclass(frozen=True)
class Guardians:
    """By pupil: everybody whose custody opens the child's pages, and those of them who have an account."""

    everybody: People
    reachable: People


def guardians_of(pupil_ids: Iterable[int], day: date) -> Guardians:
    """The guardians of pupils on a Stockholm day. One statement."""
    everybody: dict[int, set[int]] = defaultdict(set)
    reachable: dict[int, set[int]] = defaultdict(set)
    rows = Guardianship.everything.filter(Guardianship.gives_access_on(day), pupil__in=list(pupil_ids))
    rows = rows.annotate(has_account=Q(guardian__in=people_with_accounts()))
    for pupil_id, guardian_id, has_account in rows.values_list("pupil_id", "guardian_id", "has_account"):
        everybody[pupil_id].add(guardian_id)
        if has_account:
            reachable[pupil_id].add(guardian_id)
    return Guardians(everybody, reachable)


def mentors_of(pupil_ids: Iterable[int], day: date) -> People:
    """By pupil: the mentors of their groups on a day. Two statements."""
    memberships = Membership.everything.filter(Membership.valid_on(day), person__in=list(pupil_ids))
    groups_of: dict[int, set[int]] = defaultdict(set)
    for pupil_id, group_id in memberships.values_list("person_id", "group_id"):
        groups_of[pupil_id].add(group_id)
    mentoring = AssignmentRole.everything.filter(
        valid_on(day),
        valid_on(day, "duty__"),
        kind=AssignmentRole.Kind.MENTOR,
        group__in=set().union(*groups_of.values()),
    )
    mentors: dict[int, set[int]] = defaultdict(set)
    for group_id, person_id in mentoring.values_list("group_id", "duty__person_id"):
        mentors[group_id].add(person_id)
    return {
        pupil_id: set().union(*(mentors[group] for group in groups)) for pupil_id, groups in groups_of.items()
    }


LEADERS = (Duty.Role.PRINCIPAL, Duty.Role.ADMINISTRATOR)


def leaders_of(school_ids: Iterable[int], day: date, roles: Iterable[str] = LEADERS) -> People:
    """By school: those who lead it on a day, in one of the roles, there or at all of the organiser's. One statement."""
    schools = set(school_ids)
    found: dict[int, set[int]] = {school_id: set() for school_id in schools}
    duties = Duty.everything.filter(
        Q(school__in=schools) | Q(school=None), valid_on(day), role__in=list(roles)
    )
    for school_id, person_id in duties.values_list("school_id", "person_id"):
        for one in [school_id] if school_id else schools:
            found[one].add(person_id)
    return found
