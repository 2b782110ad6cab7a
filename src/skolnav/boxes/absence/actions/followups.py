"""Thresholds: who has passed one this month becomes a task for mentor and principal, once a month and kind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext

from skolnav.boxes.absence.models import FollowUp, UnexcusedCase
from skolnav.boxes.absence.queries.figures import (
    MonthOccasions,
    month_of,
    occasions_of_month,
    shares_of_month,
)
from skolnav.boxes.absence.queries.responsible import leaders_of, mentors_of
from skolnav.boxes.absence.queries.settings import settings_of
from skolnav.core.access.viewer import Viewer
from skolnav.core.audit.log import record
from skolnav.core.notifications.outbox import Telling, notify_many
from skolnav.core.people.actions.refusals import Refused
from skolnav.core.people.models import Duty
from skolnav.core.publishing.permits import require_editable
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.versions import lock_version


@dataclass(frozen=True)
class Passed:
    """A threshold that a pupil has passed at a school."""

    pupil_id: int
    school_id: int
    kind: str
    figure: int


def follow_occasions(opened: Sequence[UnexcusedCase], day: date) -> None:
    """After cases have been opened: whether their pupils have come to the number of occasions. The share of a month
    is the night's to count. One statement for those who have not."""
    if not opened:
        return
    counted = occasions_of_month(day, [case.pupil_id for case in opened])
    _follow(opened[0].organiser_id, _passed_occasions(counted), day)


@transaction.atomic
def follow_month(organiser_id: int, day: date) -> None:
    """Hold a day's month against the thresholds, for all of an organiser's pupils at once.

    A dozen statements however many they are. Twice does no harm: who has a task for the month keeps it, also when it is
    closed, and its figure follows. Needs the organiser's scope.
    """
    shares = shares_of_month(day)
    settings = settings_of({one.school_id for one in shares})
    passed = [
        Passed(one.pupil_id, one.school_id, FollowUp.Kind.SHARE, one.percent)
        for one in shares
        if one.reaches(settings[one.school_id].threshold_percent)
    ]
    _follow(organiser_id, [*passed, *_passed_occasions(occasions_of_month(day))], day)


def _passed_occasions(counted: Iterable[MonthOccasions]) -> list[Passed]:
    return [
        Passed(one.pupil_id, one.school_id, FollowUp.Kind.OCCASIONS, one.days)
        for one in counted
        if one.is_reached
    ]


def _follow(organiser_id: int, passed: Sequence[Passed], day: date) -> None:
    """New tasks for those who have none of the kind this month; the figures of the open ones follow."""
    if not passed:
        return
    month, now = month_of(day)[0], clock.now()
    had = {(one.pupil_id, one.kind): one for one in FollowUp.everything.filter(month=month)}
    new = [one for one in passed if (one.pupil_id, one.kind) not in had]
    # Whoever else counts at the same moment may be first: then these rows are there already.
    FollowUp.everything.bulk_create(
        [
            FollowUp(
                organiser_id=organiser_id,
                pupil_id=one.pupil_id,
                school_id=one.school_id,
                kind=one.kind,
                month=month,
                figure=one.figure,
                opened_at=now,
            )
            for one in new
        ],
        ignore_conflicts=True,
    )
    _follow_figures([(had[key], one.figure) for one in passed if (key := (one.pupil_id, one.kind)) in had])
    if new:
        opened = FollowUp.everything.filter(month=month, pupil__in=[one.pupil_id for one in new])
        _tell(organiser_id, [one for one in opened if (one.pupil_id, one.kind) not in had])


def _follow_figures(known: Sequence[tuple[FollowUp, int]]) -> None:
    changed = []
    for one, figure in known:
        if one.closed_at is None and one.figure != figure:
            one.figure = figure
            changed.append(one)
    FollowUp.everything.bulk_update(changed, ["figure"], batch_size=500)


def _tell(organiser_id: int, opened: Sequence[FollowUp]) -> None:
    today = clock.today()
    mentors = mentors_of([one.pupil_id for one in opened], today)
    principals = leaders_of([one.school_id for one in opened], today, [Duty.Role.PRINCIPAL])
    notify_many(
        "absence.follow_up",
        [
            Telling(
                f"follow_up:{one.pk}",
                1,
                mentors.get(one.pupil_id, set()) | principals[one.school_id],
                "absence_staff:followup",
                {"followup": one.public_id},
            )
            for one in opened
        ],
        organiser_id=organiser_id,
        due_at=clock.now(),
    )


@transaction.atomic
def close_follow_up(*, actor: Viewer, follow_up: FollowUp, version: int, conclusion: str) -> None:
    """Note what mentor and principal came to. Raises NotAllowed, EditedMeanwhile, and Refused without a conclusion."""
    require_editable(actor, follow_up)
    now = lock_version(follow_up, version)
    if not conclusion.strip():
        raise Refused(gettext("Skriv vad ni kom fram till."))
    now.conclusion, now.closed_at, now.closed_by_id = conclusion.strip(), clock.now(), actor.person_id
    now.save()
    record(actor, "close_follow_up", now)


@transaction.atomic
def reopen_follow_up(*, actor: Viewer, follow_up: FollowUp, version: int) -> None:
    """Take a closed task up again; what was concluded stays to be read. Raises NotAllowed and EditedMeanwhile."""
    require_editable(actor, follow_up)
    now = lock_version(follow_up, version)
    now.closed_at, now.closed_by = None, None
    now.save()
    record(actor, "reopen_follow_up", now)
