"""Unexcused absence, as registers and reports make and unmake it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from skolnav.boxes.absence.models import UnexcusedCase
from skolnav.boxes.absence.queries.missed import Missed, lock_affected, missed_on
from skolnav.core.people.models import Person
from skolnav.core.tenancy import clock

from .case_notices import tell_guardians
from .followups import follow_occasions
from .recounting import recount
from .settling import settle


def follow_day(pupil_ids: Iterable[int], day: date) -> None:
    """Open, raise or close the pupils' cases of a day by the invalid minutes that now stand in its registers.

    Part of the action that changed them (a register taken or corrected, a report, a leave): one that opens or grows
    is told to the guardians at once. Needs the tenant's scope and the action's transaction. One statement when nobody
    is concerned, and the same few for one pupil as for a class.
    """
    affected = lock_affected(pupil_ids, day)
    if not affected:
        return
    now = clock.now()
    missed = _missed(affected, day)
    cases = list(UnexcusedCase.everything.filter(pupil__in=list(affected), day=day).select_related("pupil"))
    known = {case.pupil_id for case in cases}
    opened = _open({affected[pid]: one for pid, one in missed.items() if pid not in known}, day, now)
    grown = _keep_up([case for case in cases if case.pupil_id in missed], missed)
    settle([case for case in cases if case.pupil_id not in missed and case.excused_at is None], day)
    tell_guardians([*opened, *grown], now)
    follow_occasions(opened, day)


def _missed(pupil_ids: Iterable[int], day: date) -> Mapping[int, Missed]:
    """What they missed, also of a report that came while the register was being saved: it is seen now that the
    pupils are locked."""
    missed = missed_on(pupil_ids, day)
    reported = [pupil_id for pupil_id, one in missed.items() if one.is_reported]
    for pupil_id in reported:
        recount(pupil_id, day, day)
    return missed_on(pupil_ids, day) if reported else missed


def _open(missed: Mapping[Person, Missed], day: date, now: datetime) -> list[UnexcusedCase]:
    """New cases. Their pupils are locked, so nobody opens the same at the same time."""
    return UnexcusedCase.everything.bulk_create(
        UnexcusedCase(
            organiser_id=pupil.organiser_id,
            pupil=pupil,
            school_id=one.school_id,
            day=day,
            opened_at=now,
            minutes=one.minutes,
        )
        for pupil, one in missed.items()
    )


def _keep_up(cases: Sequence[UnexcusedCase], missed: Mapping[int, Missed]) -> list[UnexcusedCase]:
    """Note the minutes as they now are; gives the cases in which there is more to tell than was told."""
    changed, grown = [], []
    for case in cases:
        minutes = missed[case.pupil_id].minutes
        if minutes > case.minutes or case.excused_at is not None:
            case.revision += 1
            grown.append(case)
        if minutes != case.minutes or case.excused_at is not None:
            case.minutes, case.excused_at = minutes, None
            case.version += 1
            changed.append(case)
    UnexcusedCase.everything.bulk_update(changed, ["minutes", "revision", "version", "excused_at"])
    return grown
