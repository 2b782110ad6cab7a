"""Who works with a child at fritids, and who else has custody. The caller's pupils came through a door."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from skolnav.core.people.models import AssignmentRole, Group, Guardianship, Membership
from skolnav.core.people.validity import valid_on
from skolnav.core.tenancy import clock

from .members import Pupil


@dataclass(frozen=True, slots=True)
class GuardianName:
    """A guardian by name alone; without one where the name is protected."""

    id: int
    public_id: str
    name: str


def staff_of(pupil_id: int) -> list[int]:
    """Those on duty today who have the child's fritids group. One statement."""
    today = clock.today()
    mine = Membership.everything.filter(
        Membership.valid_on(today), person=pupil_id, group__kind=Group.Kind.EDUCARE
    )
    roles = AssignmentRole.everything.filter(
        valid_on(today),
        valid_on(today, "duty__"),
        kind=AssignmentRole.Kind.EDUCARE,
        group__in=mine.values("group_id"),
    )
    return sorted(set(roles.values_list("duty__person_id", flat=True)))


def guardians_of_one(pupil_id: int) -> Sequence[GuardianName]:
    """Everybody with custody and access today, by name. One statement."""
    relations = Guardianship.everything.filter(
        Guardianship.gives_access_on(clock.today()), pupil=pupil_id
    ).select_related("guardian")
    people = {one.guardian_id: one.guardian for one in relations.order_by("guardian__given_name")}
    return [
        GuardianName(
            person.pk,
            person.public_id,
            "" if person.is_protected else f"{person.given_name} {person.family_name}",
        )
        for person in people.values()
    ]


@dataclass(frozen=True, slots=True)
class Reached:
    """A guardian by name and number."""

    name: str
    phone: str


def reached_of(pupils: Iterable[Pupil]) -> Mapping[int, Sequence[Reached]]:
    """By pupil: whom to ring today; nobody of a protected child, and no protected guardian. One statement."""
    ids = [pupil.pk for pupil in pupils if not pupil.is_protected]
    relations = Guardianship.everything.filter(Guardianship.gives_access_on(clock.today()), pupil__in=ids)
    shown = relations.filter(guardian__is_protected=False).order_by("pk")
    found: dict[int, list[Reached]] = defaultdict(list)
    for pupil_id, given, family, mobile, phone in shown.values_list(
        "pupil_id", "guardian__given_name", "guardian__family_name", "guardian__mobile", "guardian__phone"
    ):
        found[pupil_id].append(Reached(f"{given} {family}", mobile or phone))
    return found
