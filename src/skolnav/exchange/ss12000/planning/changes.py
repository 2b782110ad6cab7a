"""What an import would do, before anything is written."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from skolnav.exchange.ss12000.entities import Period

# The lists that become rows here, in the order in which they can be created; ended in the opposite order.
ORDER = (
    "organisations",
    "persons",
    "groups",
    "duties",
    "enrolments",
    "responsibles",
    "groupMemberships",
    "assignmentRoles",
    "activities",
    "activityGroups",
    "activityTeachers",
    "rooms",
    "calendarEvents",
)
HIDDEN_NAME = "(protected identity)"


class Action(StrEnum):
    CREATE = "create"
    CHANGE = "change"
    END = "end"


@dataclass(frozen=True, slots=True)
class Ref:
    """A row by its key in the source; the school is part of a duty's."""

    kind: str
    id: str

    @classmethod
    def to(cls, kind: str, *key: str) -> "Ref":
        return cls(kind, "@".join(key))


@dataclass(frozen=True, slots=True)
class Wanted:
    """A row as the source has it. A Ref among the values becomes a foreign key when it is written."""

    kind: str
    id: str
    key: tuple[str, ...]
    name: str
    # Compared at every run, and written where they differ.
    values: Mapping[str, object]
    # Written when the row is created: what its key says, and what is the office's from then on.
    initial: Mapping[str, object] = field(default_factory=dict)
    period: Period | None = None
    # The key holds the source's own id: what was ended here and comes back is the same row, not a new one.
    is_unique: bool = False


@dataclass(frozen=True, slots=True)
class Existing:
    """A row as the database has it. `is_local`: the office made it, so an import leaves it alone."""

    kind: str
    pk: int
    id: str
    key: tuple[str, ...]
    name: str
    values: Mapping[str, object]
    parents: Sequence[Ref] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    is_living: bool = True
    is_local: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One row to write, told by name and reason. `follows`: it ends because what it hangs on ends."""

    action: Action
    kind: str
    id: str
    key: tuple[str, ...]
    name: str
    reason: str
    pk: int | None
    values: Mapping[str, object]
    follows: bool = False

    @property
    def ref(self) -> Ref:
        return Ref.to(self.kind, *self.key)


@dataclass(slots=True)
class Plan:
    """All changes of one organiser, with what was left as it was."""

    # The organiser itself, where it is new or not linked to the source yet.
    organiser: Change | None = None
    changes: list[Change] = field(default_factory=list)
    unchanged: Counter[str] = field(default_factory=Counter)
    # Rows of the source that were living before the run, by list: what removals are measured against.
    living: Counter[str] = field(default_factory=Counter)

    def of(self, kind: str, action: Action) -> list[Change]:
        return [change for change in self.changes if change.kind == kind and change.action is action]

    def count(self, kind: str, action: Action) -> int:
        organiser = self.organiser
        is_organiser = organiser is not None and (organiser.kind, organiser.action) == (kind, action)
        return len(self.of(kind, action)) + is_organiser

    def add(self, comparison: "Comparison") -> None:
        self.changes += comparison.changes
        self.unchanged.update(comparison.unchanged)
        self.living.update(comparison.living)

    def ended_refs(self) -> set[Ref]:
        return {change.ref for change in self.changes if change.action is Action.END}


@dataclass(slots=True)
class Comparison:
    """What comparing one list gave."""

    changes: list[Change] = field(default_factory=list)
    unchanged: Counter[str] = field(default_factory=Counter)
    living: Counter[str] = field(default_factory=Counter)


def named_fields(names: Iterable[str]) -> str:
    """Field names as words: what changed, without the values, which may be anybody's address."""
    return ", ".join(name.replace("_", " ") for name in sorted(names) if not name.endswith("_hash"))
