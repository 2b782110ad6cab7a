"""How a child's state at fritids is reckoned: docs/decisions/0094-fritids.md says why so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from skolnav.core.presence.models import Absence
from skolnav.core.tenancy import clock

from ..models import CheckEvent
from .members import Member
from .plans import Plan

# How long after the last lesson somebody who has not come is missing: the way from the classroom, and the toilet.
MISSING_AFTER = timedelta(minutes=15)
SchoolDay = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Event:
    """A check that holds; `by` is a name, empty for somebody who is gone."""

    public_id: str
    pupil_id: int
    kind: str
    at: datetime
    by_id: int | None
    pupil: str
    by: str


@dataclass(frozen=True, slots=True)
class Child:
    """A line of the board. `state`: expected, school, here, gone, missing, ill (reported), leave, off or none.

    `is_due`: expected at this time of the day, and not only later.
    """

    member: Member
    plan: Plan
    state: str
    since: datetime | None = None
    is_late: bool = False
    absence: Absence | None = None
    is_due: bool = False

    @property
    def is_awaited(self) -> bool:
        return self.state in ("expected", "school", "missing")


@dataclass(frozen=True, slots=True)
class Clock:
    """What a child's state is reckoned by."""

    day: date
    now: datetime
    lessons: SchoolDay | None
    late_after: int
    is_today: bool


def child_of(
    member: Member, plan: Plan, events: Sequence[Event], away: Sequence[Absence], at: Clock
) -> Child:
    counted = _since_school(events, at.now, at.lessons)
    if counted:
        last = counted[-1]
        here = last.kind == CheckEvent.Kind.IN
        return Child(member, plan, "here" if here else "gone", last.at, here and _is_late(plan, at))
    absence = _keeps_away(plan, away, at)
    if absence:
        return Child(member, plan, "leave" if absence.kind == Absence.Kind.LEAVE else "ill", absence=absence)
    if plan.is_off or not plan.is_coming:
        return Child(member, plan, "off" if plan.is_off else "none")
    state = _waiting(plan, at)
    return Child(
        member, plan, state, is_due=state == "missing" or (state == "expected" and _is_due(plan, at))
    )


def _waiting(plan: Plan, at: Clock) -> str:
    if not at.is_today or at.lessons is None or at.now < at.lessons[0]:
        return "expected"
    if plan.leaves_at is None:
        return "none"
    if at.now < at.lessons[1]:
        return "school"
    return "missing" if at.now >= at.lessons[1] + MISSING_AFTER else "expected"


def _is_due(plan: Plan, at: Clock) -> bool:
    """On their way in the morning, or when school is over; on lov all day."""
    if not at.is_today or at.lessons is None:
        return at.is_today
    return at.now >= at.lessons[1] or (at.now < at.lessons[0] and plan.comes_at is not None)


def _since_school(events: Sequence[Event], now: datetime, lessons: SchoolDay | None) -> Sequence[Event]:
    """The morning is another visit than the afternoon: once school has begun, its events do not count."""
    if lessons is None or now < lessons[0]:
        return events
    return [event for event in events if event.at >= lessons[0]]


def _keeps_away(plan: Plan, away: Sequence[Absence], at: Clock) -> Absence | None:
    """The absence that holds when the child was to be collected: a visit to the dentist in the morning does not."""
    if at.lessons is not None and plan.leaves_at is None:
        until = at.lessons[0]
    else:
        until = datetime.combine(at.day, plan.leaves_at or time(12), clock.STOCKHOLM)
    touching = (one for one in away if one.is_whole_day or one.starts < until <= one.ends)
    return next(touching, None)


def _is_late(plan: Plan, at: Clock) -> bool:
    if not at.is_today or plan.leaves_at is None:
        return False
    due = datetime.combine(at.day, plan.leaves_at, clock.STOCKHOLM)
    return at.now >= due + timedelta(minutes=at.late_after)


def is_here(events: Sequence[Event], now: datetime, lessons: SchoolDay | None) -> Event | None:
    """The event that says that a child is at fritids now. Who came in the morning is at school once it has begun."""
    counted = _since_school(events, now, lessons)
    return counted[-1] if counted and counted[-1].kind == CheckEvent.Kind.IN else None
