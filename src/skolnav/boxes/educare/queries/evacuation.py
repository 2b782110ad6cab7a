"""Who is here now, and whom to ring: the list that one takes along when the alarm goes."""

from collections.abc import Sequence
from dataclasses import dataclass

from .dayboard import Board
from .people import Reached, reached_of
from .states import Child


@dataclass(frozen=True, slots=True)
class Evacuee:
    """A child who is checked in; nobody's number stands there for a protected one."""

    child: Child
    guardians: Sequence[Reached]


def evacuees(board: Board) -> list[Evacuee]:
    """Those who are here, by name, with their guardians. One statement."""
    here = [child for child in board.children if child.state == "here"]
    found = reached_of([child.member.person for child in here])
    return [Evacuee(child, found.get(child.member.person.pk, ())) for child in here]
