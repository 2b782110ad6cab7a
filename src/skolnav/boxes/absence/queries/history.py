"""Who changed what in a register, and when."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from skolnav.boxes.absence.models import AttendanceChange, Register
from skolnav.core.people.models import Person

from .known import is_known_q
from .registers import Mark, State

MOST = 50


@dataclass(frozen=True, slots=True)
class Changed:
    """One pupil's line: as it was (None: not taken before) and as it became."""

    name: str
    is_protected: bool
    before: Mark | None
    after: Mark


@dataclass(frozen=True, slots=True)
class Change:
    by: str
    at: datetime
    reason: str
    lines: Sequence[Changed]
    here: int = 0  # of a first save: how many were here, who are not listed


def changes_of(register: Register, only: Collection[int] | None = None) -> list[Change]:
    """The changes of a register, the last first, 50 at the most; of `only` some pupils. Two statements."""
    changes = list(
        AttendanceChange.objects.filter(register=register).select_related("by").order_by("-at", "-pk")[:MOST]
    )
    if only is not None:
        for change in changes:
            change.lines = {pupil: line for pupil, line in change.lines.items() if int(pupil) in only}
    ids = {int(pupil) for change in changes for pupil in change.lines}
    columns = ("pk", "given_name", "family_name", "is_protected")
    known = Person.everything.filter(is_known_q(register.school_id), pk__in=ids)
    people = {row[0]: row for row in known.values_list(*columns)}
    return [_change(change, people) for change in changes]


def _change(change: AttendanceChange, people: dict[int, tuple[int, str, str, bool]]) -> Change:
    lines, here = [], 0
    for pupil, (was, minutes, became, minutes_after) in change.lines.items():
        if not was and became == State.PRESENT:
            here += 1
        elif int(pupil) in people:
            _, given, family, is_protected = people[int(pupil)]
            before = Mark(was, minutes) if was else None
            lines.append(Changed(f"{given} {family}", is_protected, before, Mark(became, minutes_after)))
    by = change.by.full_name if change.by else ""
    return Change(by, change.at, change.reason, sorted(lines, key=lambda line: line.name), here)
