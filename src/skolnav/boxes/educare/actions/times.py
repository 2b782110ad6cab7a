"""Setting a child's times. Locks and owners are asked inside the transaction, once the child is held."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta

from django.db import transaction

from skolnav.core.access.viewer import Viewer
from skolnav.core.audit.log import record
from skolnav.core.people.models import Person
from skolnav.core.schools.calendar import school_calendar
from skolnav.core.tenancy import clock

from ..models import CareTime
from ..queries.plans import Known, Plan
from ..queries.reading import read
from ..queries.wishes import Wish, changes_something, why_not, wish_of
from .permits import require_custody

WEEK = timedelta(days=7)
DAYS_OF_A_WEEK = 7


class DaysRefused(Exception):
    """Some days can not be as wished: why, by pupil and day. Nothing was saved."""

    def __init__(self, reasons: Mapping[tuple[int, date], str]) -> None:
        super().__init__("; ".join(reasons.values()))
        self.reasons = reasons


class DaysEditedMeanwhile(Exception):
    """Somebody else has saved some of the days after they were opened: as they stand now. Nothing was saved."""

    def __init__(self, theirs: Sequence[Plan]) -> None:
        super().__init__("Somebody else has saved these days meanwhile.")
        self.theirs = theirs


@transaction.atomic
def save_days(*, actor: Viewer, wishes: Sequence[Wish]) -> int:
    """Set the days that differ from what holds; gives how many.

    Raises NotAllowed for somebody else's child, DaysRefused for a day that is locked, closed or not the actor's week,
    and for times that can not be; DaysEditedMeanwhile when a day is no longer at its version.
    """
    require_custody(actor, *(wish.pupil_id for wish in wishes))
    if not wishes:
        return 0
    first, last = min(wish.day for wish in wishes), max(wish.day for wish in wishes)
    known = hold({wish.pupil_id for wish in wishes}, first, last)
    changed = [wish for wish in wishes if changes_something(known, wish)]
    _require_possible(actor, known, changed, first, last)
    theirs = [known.plan(wish.pupil_id, wish.day) for wish in changed]
    theirs = [plan for plan, wish in zip(theirs, changed, strict=True) if plan.version != wish.version]
    if theirs:
        raise DaysEditedMeanwhile(theirs)
    put_days(actor=actor, known=known, wishes=changed)
    return len(changed)


@transaction.atomic
def same_as_last_week(*, actor: Viewer, pupil_ids: Collection[int], monday: date) -> int:
    """Give the days of a week that nobody has answered the times of the week before; gives how many days.

    Days that are locked, closed, lov or not the actor's are left as they are. Raises NotAllowed.
    """
    require_custody(actor, *pupil_ids)
    known = hold(pupil_ids, monday - WEEK, monday + WEEK)
    calendar = school_calendar(actor.organiser_id, monday, monday + WEEK)
    wishes = [
        wish
        for wish in last_weeks(known, pupil_ids, monday)
        if not why_not(known, calendar, wish, actor.person_id)
    ]
    put_days(actor=actor, known=known, wishes=wishes)
    return len(wishes)


def last_weeks(known: Known, pupil_ids: Iterable[int], monday: date) -> list[Wish]:
    """The week before, for the days of a week that have no answer; lov is answered for by itself."""
    wishes = []
    for pupil_id in pupil_ids:
        opening = known.of_school(pupil_id)
        for day in (monday + timedelta(days=number) for number in range(DAYS_OF_A_WEEK)):
            before = known.plan(pupil_id, day - WEEK)
            if opening is None or opening.round_of(day) or known.plan(pupil_id, day).source != "none":
                continue
            if before.source != "none":
                wishes.append(wish_of(before, day=day, version=0))
    return wishes


def hold(pupil_ids: Collection[int], first: date, last: date) -> Known:
    """Lock the children until the transaction ends, then read their days: whoever comes later waits, and reads anew.

    Two statements.
    """
    held = Person.everything.select_for_update(no_key=True).filter(pk__in=list(pupil_ids)).order_by("pk")
    list(held.values_list("pk", flat=True))
    return Known(read(pupil_ids, first, last))


def put_days(*, actor: Viewer, known: Known, wishes: Sequence[Wish], guardian_id: int | None = None) -> None:
    """Write the days, which the caller has held and found possible. Two statements.

    By the word of `guardian_id` where it is not the actor's own: when theirs no longer counts, who collects by it does
    not either.
    """
    if not wishes:
        return
    rows = [
        CareTime(
            organiser_id=actor.organiser_id,
            pupil_id=wish.pupil_id,
            day=wish.day,
            comes_at=None if wish.is_free else wish.comes_at,
            leaves_at=None if wish.is_free else wish.leaves_at,
            is_off=wish.is_free,
            collector_id=wish.collector_id if not (wish.is_free or wish.goes_alone) else None,
            collected_by="" if wish.is_free or wish.goes_alone or wish.collector_id else wish.collected_by,
            goes_alone=wish.goes_alone and not wish.is_free,
            set_by_id=guardian_id or actor.person_id,
            set_at=clock.now(),
            version=known.plan(wish.pupil_id, wish.day).version + 1,
        )
        for wish in wishes
    ]
    CareTime.everything.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["pupil", "day"],
        update_fields=[
            "comes_at", "leaves_at", "is_off", "collector", "collected_by", "goes_alone", "set_by", "set_at", "version",
        ],
    )  # fmt: skip
    _record(actor, rows)


def _record(actor: Viewer, rows: Sequence[CareTime]) -> None:
    """One line of the log for each child: which days were set."""
    days: dict[int, list[str]] = {}
    for row in rows:
        days.setdefault(row.pupil_id, []).append(row.day.isoformat())
    for pupil_id, set_days in days.items():
        pupil = Person(pk=pupil_id, organiser_id=actor.organiser_id)
        record(actor, "set_care_times", pupil, days=set_days)


def _require_possible(actor: Viewer, known: Known, wishes: Sequence[Wish], first: date, last: date) -> None:
    calendar = school_calendar(actor.organiser_id, first, last)
    reasons = {(wish.pupil_id, wish.day): why_not(known, calendar, wish, actor.person_id) for wish in wishes}
    refused = {key: reason for key, reason in reasons.items() if reason}
    if refused:
        raise DaysRefused(refused)
