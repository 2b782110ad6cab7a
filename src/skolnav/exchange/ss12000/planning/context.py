"""What the planners of the lists share: the two sides, who is who in them, and the plan under way."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from skolnav.core.people.models.guardianship import Source
from skolnav.core.people.models.protection import SecurityMarking
from skolnav.exchange.ss12000.entities import Person, PersonStatus
from skolnav.exchange.ss12000.problems import Problem, Reason
from skolnav.exchange.ss12000.reading import Reading

from .changes import HIDDEN_NAME, Existing, Plan, Ref, Wanted
from .comparing import compare, ending_values
from .likeness import portrait
from .schools import SchoolTree
from .snapshot import Snapshot


@dataclass(slots=True)
class Context:
    reading: Reading
    tree: SchoolTree
    snapshot: Snapshot
    today: date
    plan: Plan
    # Database keys to the source's ids; a row that the source does not know has none. Filled as plans are made:
    # a person found by identity number takes the source's id here.
    units: dict[int, str] = field(default_factory=dict)
    persons: dict[int, str] = field(default_factory=dict)
    groups: dict[int, str] = field(default_factory=dict)
    # Rows whose inner lists held something that could not be placed: (list, id) whose rows are not ended.
    uncertain: set[tuple[str, str]] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)
    protected_portraits: dict[str, SecurityMarking] = field(default_factory=dict)
    # The units that each duty counts for.
    duty_units: dict[str, list[str]] = field(default_factory=dict)
    # Those whose ties all end, whatever else the source says of them.
    deceased: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        persons = self.reading.persons.rows.values()
        self.deceased = frozenset(one.id for one in persons if one.status is PersonStatus.DECEASED)

    def report(self, type: str, id: str, reason: Reason, field: str = "", value: str = "") -> None:
        self.reading.problems.append(Problem(type, id, reason, field, value))

    def name_of(self, person: str) -> str:
        """The person's name, or that it is protected: reports are read by many."""
        return self.names.get(person, "?")

    def protected_like(self, person: Person) -> SecurityMarking | None:
        """The marking of somebody protected here with the same name and day of birth, under another id."""
        return self.protected_portraits.get(portrait(person)) if person.birth_date else None

    def learn_names(self) -> None:
        protected = set(self.reading.notes.markings)
        for row in self.snapshot.persons:
            source_id = self.persons.get(row.pk, "")
            if row.pk in self.snapshot.markings:
                protected.add(source_id)
                self.protected_portraits[portrait(row)] = SecurityMarking(self.snapshot.markings[row.pk])
            self.names[source_id] = f"{row.given_name} {row.family_name}"
        for id, person in self.reading.persons.rows.items():
            self.names[id] = f"{person.given_name} {person.family_name}".strip()
            if self.protected_like(person):
                protected.add(id)
        self.names.update(dict.fromkeys(protected, HIDDEN_NAME))

    def place(self, kind: str, id: str, found: str | Reason, field: str) -> str | None:
        """The school unit, or None: reported, and nothing under this row is ended on its account."""
        if not isinstance(found, Reason):
            return found
        self.report(kind, id, found, field)
        self.uncertain.add((kind, id))
        return None

    def knows_person(self, id: str) -> bool:
        return id in self.reading.persons.rows

    def takes_part(
        self, kind: str, id: str, person: str, field: str, unknown: Reason = Reason.UNKNOWN_PERSON
    ) -> bool:
        """Whether a row may tie this person; an unknown one is reported, a deceased one is not tied."""
        if self.knows_person(person):
            return person not in self.deceased
        if not self.reading.persons.may_hold(person):
            self.report(kind, id, unknown, field, person)
        return False

    def unit_name(self, id: str) -> str:
        unit = self.tree.units.get(id)
        return unit.name if unit else "?"

    def is_running(self, row: Any) -> bool:
        until: date | None = row.valid_until
        return until is None or until >= self.today

    def is_local(self, row: Any) -> bool:
        return bool(row.source != Source.IMPORT)

    def compare(
        self,
        kind: str,
        wanted: Iterable[Wanted],
        existing: Iterable[Existing],
        *,
        is_kept: Callable[[Existing], bool],
        ending: Callable[[Existing], Mapping[str, object]] | None = None,
    ) -> None:
        """Adds to the plan what this list needs."""
        ended = self.plan.ended_refs()
        deleted = self.reading.deleted.get(kind, frozenset())

        def end_reason(row: Existing) -> str:
            if row.id in deleted:
                return "deleted at the source"
            return "goes with what it belongs to" if follows(row) else "no longer in the source"

        def follows(row: Existing) -> bool:
            return any(parent in ended or parent.id in self.deceased for parent in row.parents)

        self.plan.add(
            compare(
                kind,
                wanted,
                existing,
                today=self.today,
                is_kept=is_kept,
                end_reason=end_reason,
                follows=follows,
                ending=ending or (lambda row: ending_values(row, self.today)),
            )
        )

    def person_ref(self, pk: int) -> Ref:
        return Ref.to("persons", self.person_id(pk))

    def unit_ref(self, pk: int | None) -> Ref:
        return Ref.to("organisations", self.units.get(pk or 0) or f"#{pk}")

    def person_id(self, pk: int) -> str:
        return self.persons.get(pk) or f"#{pk}"
