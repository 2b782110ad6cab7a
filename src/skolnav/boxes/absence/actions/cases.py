"""Unexcused absence, as registers and reports make and unmake it."""

from collections.abc import Iterable
from datetime import date


def follow_day(pupil_ids: Iterable[int], day: date) -> None:
    """Open, raise or close the pupils' cases of a day by the invalid minutes that now stand in its registers.

    Part of the action that changed them (a register taken or corrected, a report, a leave): one that opens or grows
    is told to the guardians at once. Needs the tenant's scope and the action's transaction.
    """
