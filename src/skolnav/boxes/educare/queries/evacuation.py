"""Who is here now, and whom to ring: the list that one takes along when the alarm goes."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from skolnav.core.people.models import Guardianship
from skolnav.core.tenancy import clock

from .dayboard import Board
from .states import Child


@dataclass(frozen=True, slots=True)
class Reached:
    """A guardian by name and number."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Evacuee:
    """A child who is checked in; nobody's number stands there for a protected one."""

    child: Child
    guardians: Sequence[Reached]


def evacuees(board: Board) -> list[Evacuee]:
    """Those who are here, by name, with their guardians. One statement."""
    here = [child for child in board.children if child.state == "here"]
    ids = [child.member.person.pk for child in here if not child.member.person.is_protected]
    relations = Guardianship.everything.filter(Guardianship.gives_access_on(clock.today()), pupil__in=ids)
    shown = relations.filter(guardian__is_protected=False).order_by("pk")
    found: dict[int, list[Reached]] = defaultdict(list)
    for pupil_id, given, family, mobile, phone in shown.values_list(
        "pupil_id", "guardian__given_name", "guardian__family_name", "guardian__mobile", "guardian__phone"
    ):
        found[pupil_id].append(Reached(f"{given} {family}", mobile or phone))
    return [Evacuee(child, found.get(child.member.person.pk, ())) for child in here]
