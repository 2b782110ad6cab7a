"""Optimistic locking: a form carries the `version` of the row it was filled in for; a save raises it by one."""

from typing import Any, TypeVar

from django.db import models

RowT = TypeVar("RowT", bound=models.Model)


class EditedMeanwhile(Exception):
    """Somebody else saved the row after it was opened. `row` is as it stands now: show both versions."""

    def __init__(self, row: models.Model) -> None:
        super().__init__(f"{row._meta.label} {row.pk} has been saved by somebody else meanwhile.")
        self.row = row


def lock_version(row: RowT, version: int) -> RowT:
    """The row as it stands now, locked until the transaction ends, with its version raised (not yet saved).

    Raises EditedMeanwhile when it is no longer at `version`. Call it inside the action's transaction.
    """
    manager: Any = type(row)._base_manager
    now: Any = manager.select_for_update().get(pk=row.pk)
    if now.version != version:
        raise EditedMeanwhile(now)
    now.version += 1
    return now  # type: ignore[no-any-return]
