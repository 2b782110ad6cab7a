"""Whose data a source is: an organiser that is here, or a new one."""

from dataclasses import dataclass

from skolnav.core.schools.models import Organiser

from .entities import Organisation
from .planning.schools import SchoolTree
from .reading import Reading


class ImportRefused(Exception):
    """The import cannot begin as asked. `fix` says what to do."""

    def __init__(self, problem: str, fix: str) -> None:
        super().__init__(problem)
        self.fix = fix


@dataclass(frozen=True, slots=True)
class Whose:
    """The row here, None if it is to be made, and the Huvudman in the source, None if it names none.

    Not both are None.
    """

    row: Organiser | None
    entity: Organisation | None

    @property
    def name(self) -> str:
        return self.row.name if self.row else self.entity.name if self.entity else "?"


def whose_data(reading: Reading, name: str) -> Whose:
    """The organiser of that name; without a name, the one that the source is about, which may be new here.

    A lone organiser that no source is linked to yet (as `skolnav setup` leaves it) is taken for the source's;
    beside others a new one is made: families of two organisers may never be mixed. Raises ImportRefused
    where the source leaves it open.
    """
    rows = list(Organiser.objects.order_by("pk"))
    entities = list(SchoolTree(reading.organisations.rows).organisers.values())
    if name:
        return _named(name, rows, entities)
    pairs = [Whose(row, one) for one in entities for row in rows if _is_same(row, one)]
    if len(pairs) == 1:
        return pairs[0]
    if len(entities) > 1 or len(pairs) > 1:
        raise ImportRefused("The source holds several organisers.", "Name one of them with --organiser.")
    entity = entities[0] if entities else None
    if len(rows) == 1 and (entity is None or _may_become(rows[0], entity)):
        return Whose(rows[0], entity)
    if entity is None:
        raise ImportRefused("The source does not say which organiser its data belongs to.", _choices(rows))
    return Whose(None, entity)


def _named(name: str, rows: list[Organiser], entities: list[Organisation]) -> Whose:
    row = next((row for row in rows if row.name.casefold() == name.casefold()), None)
    of_name = [one for one in entities if one.name.casefold() == name.casefold()]
    same = [one for one in entities if row and _is_same(row, one)]
    entity = next(iter([*same, *of_name]), entities[0] if len(entities) == 1 else None)
    if row is None and not of_name:
        raise ImportRefused(f'There is no organiser called "{name}".', _choices(rows))
    if entity is None and len(entities) > 1:
        raise ImportRefused(
            f'Which of the source\'s organisers "{name}" is, is not clear.', "Give it the same name."
        )
    return Whose(row, entity)


def _is_same(row: Organiser, entity: Organisation) -> bool:
    if row.source_id:
        return row.source_id == entity.id
    if row.organisation_number and entity.organisation_number:
        return _digits(row.organisation_number) == _digits(entity.organisation_number)
    return row.name.casefold() == entity.name.casefold()


def _may_become(row: Organiser, entity: Organisation) -> bool:
    """Whether nothing says that they are two: no other source, no other organisation number."""
    return not row.source_id and not (row.organisation_number and entity.organisation_number)


def _digits(number: str) -> str:
    return "".join(character for character in number if character.isdigit())[-10:]


def _choices(rows: list[Organiser]) -> str:
    if not rows:
        return "Run: skolnav setup"
    return "Name one with --organiser: " + ", ".join(f'"{row.name}"' for row in rows)
