"""Telling of cases: the guardians at once, those who telephone when nobody can be reached."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from skolnav.boxes.absence.models import UnexcusedCase
from skolnav.boxes.absence.queries.responsible import guardians_of, leaders_of, mentors_of
from skolnav.core.notifications.outbox import Telling, notify_many
from skolnav.core.tenancy import clock

UNEXCUSED = "absence.unexcused"


def tell_guardians(cases: Sequence[UnexcusedCase], now: datetime) -> None:
    """Tell the guardians valid today of cases that opened or grew (Skollagen 7 kap. 17 §).

    Where no guardian has an account there is nobody to tell in this way, and the case goes straight to those who
    telephone. Two statements, and five more for all such cases.
    """
    if not cases:
        return
    guardians = guardians_of([case.pupil_id for case in cases], clock.today())
    notify_many(
        UNEXCUSED,
        [_to_family(case, guardians.everybody.get(case.pupil_id, ())) for case in cases],
        organiser_id=cases[0].organiser_id,
        due_at=now,
    )
    escalate([case for case in cases if not guardians.reachable.get(case.pupil_id)], now)


def escalate(cases: Sequence[UnexcusedCase], now: datetime) -> None:
    """Make cases of one organiser a task for mentors and office: nobody at home has been reached. Twice is once."""
    fresh = [case for case in cases if case.escalated_at is None]
    if not fresh:
        return
    for case in fresh:
        case.escalated_at = now
    UnexcusedCase.everything.filter(pk__in=[case.pk for case in fresh]).update(escalated_at=now)
    tell_staff("absence.to_telephone", fresh, due_at=now)


def tell_staff(
    kind: str, cases: Sequence[UnexcusedCase], *, due_at: datetime, with_leaders: bool = True
) -> None:
    """Ring the bell of the pupils' mentors, and of those who lead the school: always, or only where there is no
    mentor. Four statements."""
    mentors = mentors_of([case.pupil_id for case in cases], clock.today())
    leaders = leaders_of([case.school_id for case in cases], clock.today())
    tellings = []
    for case in cases:
        people = mentors.get(case.pupil_id) or set()
        if with_leaders or not people:
            people = people | leaders[case.school_id]
        tellings.append(
            Telling(
                case.fact, case.revision, people, "absence_staff:case", _link(case), params=params_of(case)
            )
        )
    notify_many(kind, tellings, organiser_id=cases[0].organiser_id, due_at=due_at)


def params_of(case: UnexcusedCase, **more: Any) -> dict[str, Any]:
    """What a text says of a case; without the name of somebody protected."""
    name = "" if case.pupil.is_protected else case.pupil.full_name
    return {"name": name, "day": case.day.isoformat(), "minutes": case.minutes, **more}


def _to_family(case: UnexcusedCase, people: Iterable[int]) -> Telling:
    return Telling(
        case.fact,
        case.revision,
        set(people),
        "absence:case",
        _link(case),
        pupil_id=case.pupil_id,
        params=params_of(case, is_late=_is_late(case.day)),
    )


def _is_late(day: date) -> bool:
    """Whether the register was typed in on another day than its own."""
    return day != clock.today()


def _link(case: UnexcusedCase) -> dict[str, str]:
    return {"case": case.public_id}
