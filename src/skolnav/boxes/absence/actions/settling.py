"""A case that is no more: the absence turned out to be reported, granted, or none."""

from collections.abc import Sequence
from datetime import date, datetime

from skolnav.boxes.absence.models import Excusal, UnexcusedCase
from skolnav.boxes.absence.queries.missed import who_marked
from skolnav.boxes.absence.queries.responsible import guardians_of, mentors_of
from skolnav.core.notifications.outbox import Telling, call_off, notify_many
from skolnav.core.presence.models import Absence
from skolnav.core.presence.reading import absences_of
from skolnav.core.tenancy import clock

from .case_notices import UNEXCUSED, params_of

HOW = {Absence.Kind.REPORTED: Excusal.How.REPORT, Absence.Kind.LEAVE: Excusal.How.LEAVE}


def settle(cases: Sequence[UnexcusedCase], day: date) -> None:
    """Close cases of a day in whose lessons nothing unexcused is left, with the trail of what explained them."""
    if cases:
        absences = absences_of([case.pupil_id for case in cases], day)
        excuse(cases, [_explained_by(case, absences.get(case.pupil_id, ())) for case in cases])


def excuse(cases: Sequence[UnexcusedCase], trail: Sequence[Excusal]) -> None:
    """Close the cases of one organiser and day, each by its line of the trail; tell those who were told or marked.

    What has not been sent is called off, and the guardians' bell says that it is settled. The pupils are locked.
    """
    now = clock.now()
    for case, line in zip(cases, trail, strict=True):
        case.excused_at, line.at = now, now
        case.version += 1
    UnexcusedCase.everything.bulk_update(cases, ["excused_at", "version"])
    Excusal.objects.bulk_create(trail)
    call_off(UNEXCUSED, [case.fact for case in cases])
    call_off("absence.to_telephone", [case.fact for case in cases])
    _tell_guardians(cases, now)
    # Whoever corrects a register knows it already.
    told = [case for case, line in zip(cases, trail, strict=True) if line.how != Excusal.How.CORRECTION]
    if told:
        _tell_staff(told, now)


def _explained_by(case: UnexcusedCase, absences: Sequence[Absence]) -> Excusal:
    """The line of the trail: the day's report or leave that came last; none means that the register was corrected."""
    latest = max(absences, key=lambda one: one.reported_at, default=None)
    if latest is None:
        return Excusal(case=case, how=Excusal.How.CORRECTION)
    return Excusal(case=case, how=HOW[Absence.Kind(latest.kind)], by_id=latest.reported_by_id)


def _tell_guardians(cases: Sequence[UnexcusedCase], now: datetime) -> None:
    guardians = guardians_of([case.pupil_id for case in cases], clock.today()).everybody
    notify_many(
        "absence.settled",
        [
            Telling(
                case.fact,
                case.revision,
                guardians.get(case.pupil_id, set()),
                "absence:case",
                {"case": case.public_id},
                pupil_id=case.pupil_id,
                params=params_of(case),
            )
            for case in cases
        ],
        organiser_id=cases[0].organiser_id,
        due_at=now,
    )


def _tell_staff(cases: Sequence[UnexcusedCase], now: datetime) -> None:
    """The mentors, who may open the case, and whoever marked the pupil, who is led to their own lessons."""
    pupil_ids = [case.pupil_id for case in cases]
    mentors = mentors_of(pupil_ids, clock.today())
    teachers = who_marked(pupil_ids, cases[0].day)
    tellings = []
    for case in cases:
        mine, revision, said = mentors.get(case.pupil_id, set()), case.revision, params_of(case)
        others = teachers.get(case.pupil_id, set()) - mine
        tellings += [
            Telling(case.fact, revision, mine, "absence_staff:case", {"case": case.public_id}, params=said),
            Telling(f"{case.fact}:teachers", revision, others, "absence_staff:index", params=said),
        ]
    notify_many("absence.explained", tellings, organiser_id=cases[0].organiser_id, due_at=now)
