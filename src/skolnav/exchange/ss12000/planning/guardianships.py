"""Custody: what the source says, within what the office has decided.

Bergen's school app made every parent a user and lost, at each import, the restrictions that the schools had
entered by hand (Datatilsynet 2020). Here the office's word stands: what it has ended stays ended, what it
has restricted stays restricted, and somebody of the same name under a new id is not let in by the back door.
"""

from collections import defaultdict
from typing import Any

from skolnav.core.people.models.guardianship import Source
from skolnav.exchange.ss12000.entities import Person, Responsible
from skolnav.exchange.ss12000.problems import Reason
from skolnav.exchange.ss12000.source import EntityType

from .changes import HIDDEN_NAME, Existing, Ref, Wanted
from .context import Context

LIST = "responsibles"


def plan_guardianships(context: Context) -> None:
    history = _History(context)
    wanted = [
        row
        for person in context.reading.persons.rows.values()
        if person.id not in context.deceased
        for responsible in person.responsibles
        if (row := _wanted(context, history, person, responsible))
    ]
    existing = [_existing(context, row) for row in context.snapshot.guardianships if history.is_living(row)]
    context.compare(
        LIST,
        wanted,
        existing,
        is_kept=lambda row: _is_kept(context, row),
        ending=lambda row: {},  # ended by the action, which cuts what follows from custody too
    )


class _History:
    """The relations of each pupil that are over, or restricted, and on whose word."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.of_pair: dict[tuple[str, str], list[Any]] = defaultdict(list)
        self.stopped_names: dict[str, dict[str, str]] = defaultdict(dict)
        full_names = {row.pk: _folded(row.given_name, row.family_name) for row in context.snapshot.persons}
        for row in context.snapshot.guardianships:
            pupil, guardian = context.person_id(row.pupil_id), context.person_id(row.guardian_id)
            self.of_pair[pupil, guardian].append(row)
            if self.is_stopped(row):
                self.stopped_names[pupil][full_names.get(row.guardian_id, "")] = guardian

    def is_living(self, row: Any) -> bool:
        return row.ended_at is None and self.context.is_running(row)

    def is_ended_by_office(self, row: Any) -> bool:
        """An import ends with a moment and nobody's name; every other end is the office's."""
        was_imports = row.source == Source.IMPORT and row.ended_at and row.ended_by_id is None
        return not self.is_living(row) and not was_imports

    def is_stopped(self, row: Any) -> bool:
        return row.restricted_at is not None or self.is_ended_by_office(row)

    def resembles_stopped(self, pupil: str, guardian: str) -> bool:
        """A guardian new to this pupil with the name of somebody whom the office has kept away."""
        person = self.context.reading.persons.rows[guardian]
        stopped = self.stopped_names.get(pupil, {}).get(_folded(person.given_name, person.family_name))
        return stopped not in (None, guardian)


def _wanted(context: Context, history: _History, pupil: Person, responsible: Responsible) -> Wanted | None:
    guardian = responsible.person
    if not context.takes_part(
        EntityType.PERSONS, pupil.id, guardian, "responsibles.person", Reason.UNKNOWN_GUARDIAN
    ):
        return None
    past = history.of_pair.get((pupil.id, guardian), [])
    if not any(history.is_living(row) for row in past):
        if any(history.is_ended_by_office(row) for row in past):
            context.report(EntityType.PERSONS, pupil.id, Reason.ENDED_BY_OFFICE, "responsibles", guardian)
            return None
        if history.resembles_stopped(pupil.id, guardian):
            context.report(
                EntityType.PERSONS, pupil.id, Reason.RESEMBLES_STOPPED_GUARDIAN, "responsibles", guardian
            )
            return None
    return Wanted(
        LIST,
        pupil.id,
        (pupil.id, guardian),
        _name(context, guardian, pupil.id),
        {"kind": responsible.kind},
        {
            "pupil": Ref.to("persons", pupil.id),
            "guardian": Ref.to("persons", guardian),
            "valid_from": context.today,
            **_restriction(past),
        },
    )


def _restriction(past: list[Any]) -> dict[str, object]:
    """A relation that comes back keeps the restriction that it had."""
    restricted = [row for row in past if row.restricted_at]
    if not restricted:
        return {}
    last = restricted[-1]
    return {"restricted_at": last.restricted_at, "restricted_by_id": last.restricted_by_id}


def _existing(context: Context, row: Any) -> Existing:
    pupil, guardian = context.person_id(row.pupil_id), context.person_id(row.guardian_id)
    return Existing(
        LIST, row.pk, pupil, (pupil, guardian), _name(context, guardian, pupil),
        {"kind": row.kind}, [Ref.to("persons", pupil), Ref.to("persons", guardian)],
        row.valid_from, row.valid_until, True, context.is_local(row),
    )  # fmt: skip


def _name(context: Context, guardian: str, pupil: str) -> str:
    """Both names or neither: one of them would tell who the other is."""
    names = context.name_of(guardian), context.name_of(pupil)
    return HIDDEN_NAME if HIDDEN_NAME in names else f"{names[0]} for {names[1]}"


def _is_kept(context: Context, row: Existing) -> bool:
    pupil_id, guardian_id = row.key
    pupil = context.reading.persons.rows.get(pupil_id)
    return (
        context.reading.persons.may_hold(pupil_id)
        or context.reading.persons.may_hold(guardian_id)
        or (pupil is not None and LIST in pupil.unreadable)
    )


def _folded(given_name: str, family_name: str) -> str:
    return " ".join(f"{given_name} {family_name}".casefold().split())
