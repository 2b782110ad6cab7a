"""How an action gets its row: through the rule, and locked until the transaction is over."""

from datetime import date, timedelta
from typing import Protocol, TypeVar

from skolnav.core.schools.models import SchoolUnit
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.managers import Guarded
from skolnav.core.tenancy.viewer import Viewer

from .refusals import NotAllowed

RowT = TypeVar("RowT", bound=Guarded)


class Dated(Protocol):
    """A row that holds from a day to a day."""

    valid_from: date
    valid_until: date | None

    def save(self, *, update_fields: list[str]) -> None: ...
    def delete(self) -> object: ...


def to_change(model: type[RowT], actor: Viewer | None, pk: int) -> RowT:
    """The row, locked, if the actor may change it; raises NotAllowed. SQLite locks the whole database instead."""
    rows = model.objects.editable_by(actor) if actor else model.everything.all()
    row = rows.select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None:
        raise NotAllowed
    return row


def may_run(actor: Viewer | None, school: SchoolUnit) -> None:
    """Raise NotAllowed unless the actor administers the school."""
    if actor and (
        school.pk not in actor.administered_school_ids or school.organiser_id != actor.organiser_id
    ):
        raise NotAllowed


def close(row: Dated, last_day: date) -> None:
    """Let a row hold through `last_day`. One that would never have held a day is taken away: it was a mistake."""
    if last_day < row.valid_from:
        row.delete()
        return
    row.valid_until = last_day
    row.save(update_fields=["valid_until"])


def yesterday() -> date:
    """The last day of what ends at once: days are inclusive, so "until today" would hold the rest of today."""
    return clock.today() - timedelta(days=1)
