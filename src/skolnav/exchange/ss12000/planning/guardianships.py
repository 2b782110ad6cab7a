"""Custody: what the source says, within what the office has decided.

Bergen's school app made every parent a user and lost, at each import, the restrictions that the schools had
entered by hand (Datatilsynet 2020). Here the office's word stands: what it has ended stays ended, what it
has restricted stays restricted, and somebody of the same name under a new id is not let in by the back door.
"""

from typing import Any

from skolnav.core.people.models.guardianship import Source
from skolnav.exchange.ss12000.entities import Person, Responsible
from skolnav.exchange.ss12000.problems import Reason
from skolnav.exchange.ss12000.source import EntityType

from .changes import HIDDEN_NAME, Existing, Ref, Wanted
from .context import Context
from .likeness import full_name, portrait

LIST = "responsibles"


def plan_guardianships(context: Context) -> None:
    history = _History(context)
    wanted = [
        row
        for person in context.reading.persons.rows.values()
        if person.id not in context.deceased
        for responsible in _once_each(context, person)
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


def _once_each(context: Context, pupil: Person) -> list[Responsible]:
    """One relation for each guardian: who stands as two kinds of guardian is told, and the first counts."""
    found: dict[str, Responsible] = {}
    for responsible in pupil.responsibles:
        if found.setdefault(responsible.person, responsible) is not responsible:
            context.report(EntityType.PERSONS, pupil.id, Reason.REPEATED, "responsibles")
    return list(found.values())


class _History:
    """The latest relation of each pair: whether it is over or restricted, and on whose word."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.last = {
            (context.person_id(row.pupil_id), context.person_id(row.guardian_id)): row
            for row in context.snapshot.guardianships
        }
        people = {row.pk: row for row in context.snapshot.persons}
        # Found by the pupil's id, and by who the pupil is: a register that numbers anew opens no door.
        self.stopped: dict[tuple[str, str], tuple[str, str]] = {}
        for pair, row in self.last.items():
            if row.restricted_at is not None or self.is_ended_by_office(row):
                guardian_name = full_name(people[row.guardian_id])
                self.stopped[pair[0], guardian_name] = pair
                self.stopped[portrait(people[row.pupil_id]), guardian_name] = pair

    def is_living(self, row: Any) -> bool:
        return row.ended_at is None and self.context.is_running(row)

    def is_ended_by_office(self, row: Any) -> bool:
        """An import ends with a moment and nobody's name; every other end is the office's."""
        was_imports = row.source == Source.IMPORT and row.ended_at and row.ended_by_id is None
        return not self.is_living(row) and not was_imports

    def reason_to_stop(self, pupil: Person, guardian: str, last: Any) -> Reason | None:
        """Why a relation that does not hold here may not begin."""
        if last is not None and self.is_ended_by_office(last):
            return Reason.ENDED_BY_OFFICE
        return Reason.RESEMBLES_STOPPED_GUARDIAN if self._resembles_stopped(pupil, guardian) else None

    def _resembles_stopped(self, pupil: Person, guardian: str) -> bool:
        """New to each other, and yet of the names of two whom the office has kept apart."""
        name = full_name(self.context.reading.persons.rows[guardian])
        stopped = {self.stopped.get((who, name)) for who in (pupil.id, portrait(pupil))}
        return bool(stopped - {None, (pupil.id, guardian)})


def _wanted(context: Context, history: _History, pupil: Person, responsible: Responsible) -> Wanted | None:
    guardian = responsible.person
    if not context.takes_part(
        EntityType.PERSONS, pupil.id, guardian, "responsibles.person", Reason.UNKNOWN_GUARDIAN
    ):
        return None
    last = history.last.get((pupil.id, guardian))
    if last is None or not history.is_living(last):
        stop = history.reason_to_stop(pupil, guardian, last)
        if stop:
            context.report(EntityType.PERSONS, pupil.id, stop, "responsibles", guardian)
            return None
    return Wanted(
        LIST,
        pupil.id,
        (pupil.id, guardian),
        _name(context, guardian, pupil.id),
        # A relation that the office made and the register has too is the register's to end from now on.
        {"kind": responsible.kind, "source": Source.IMPORT},
        {
            "pupil": Ref.to("persons", pupil.id),
            "guardian": Ref.to("persons", guardian),
            "valid_from": context.today,
            **_restriction(last),
        },
    )


def _restriction(last: Any) -> dict[str, object]:
    """A relation that comes back keeps the restriction that it had."""
    if last is None or last.restricted_at is None:
        return {}
    return {"restricted_at": last.restricted_at, "restricted_by_id": last.restricted_by_id}


def _existing(context: Context, row: Any) -> Existing:
    pupil, guardian = context.person_id(row.pupil_id), context.person_id(row.guardian_id)
    return Existing(
        LIST, row.pk, pupil, (pupil, guardian), _name(context, guardian, pupil),
        {"kind": row.kind, "source": row.source}, [Ref.to("persons", pupil), Ref.to("persons", guardian)],
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
