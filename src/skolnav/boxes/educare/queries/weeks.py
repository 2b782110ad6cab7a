"""A week at fritids, as a family sees it: each child's days with everything that is true of them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count

from skolnav.core.access.viewer import PupilInCare, Viewer
from skolnav.core.presence.models import Absence
from skolnav.core.presence.reading import absences_of
from skolnav.core.schools.calendar import SchoolCalendar, school_calendar
from skolnav.core.tenancy import clock

from ..models import ChangeRequest, DayComment
from .locks import closed_because, is_locked, locks_at
from .opening import Opening, Round
from .plans import Known, Plan
from .reading import read
from .wishes import needs_both

# "v. 43" is how people write it; "2026-W43" is left alone.
NUMBERED_WEEK = re.compile(r"^(?:vecka|v\.?|w)\s*(?=\d)", re.IGNORECASE)
WEEK, WEEKEND = timedelta(days=7), timedelta(days=2)
FARTHEST = timedelta(days=400)
# How far ahead lov is looked for.
AHEAD = timedelta(days=150)


@dataclass(frozen=True, slots=True)
class Day:
    """A child's day. `closed` is None when fritids is open, else why it is not ("" on a weekday without hours)."""

    plan: Plan
    locks_at: datetime
    is_locked: bool
    is_past: bool
    closed: str | None
    lov: Round | None
    needs_both: bool
    is_mine: bool
    absence: Absence | None = None
    request: ChangeRequest | None = None
    comments: int = 0
    is_unread: bool = False

    @property
    def date(self) -> date:
        return self.plan.day

    @property
    def may_change(self) -> bool:
        """Whether a guardian sets it without asking anybody."""
        return not self.is_locked and self.is_mine and self.closed is None

    @property
    def may_ask(self) -> bool:
        return self.is_locked and not self.is_past and self.is_mine and self.closed is None


@dataclass(frozen=True, slots=True)
class ChildWeek:
    """`owner` is "", or whose week it is by agreement: "mine" or "theirs"."""

    pupil: PupilInCare
    days: Sequence[Day]
    opening: Opening
    owner: str
    can_copy: bool

    @property
    def may_change(self) -> bool:
        return any(day.may_change for day in self.days)

    @property
    def next_lock(self) -> datetime | None:
        """When the first of its days that can still be changed locks."""
        return min((day.locks_at for day in self.days if day.may_change), default=None)


def in_educare(pupils: Iterable[PupilInCare]) -> list[PupilInCare]:
    """Those of the viewer's pupils who are in a fritids group today."""
    return [pupil for pupil in pupils if any(group.kind == "educare" for group in pupil.groups)]


def asked_week(text: str, today: date) -> date:
    """The Monday of the week that an address asks for. Else this week, and on a Saturday or Sunday the one to come."""
    return find_week(text, today) or clock.monday_of(today + WEEKEND)


def find_week(text: str, today: date) -> date | None:
    """The Monday of the week that is meant by "2026-W43", "43", "v. 43" or a day; None where it makes no sense."""
    text = NUMBERED_WEEK.sub("", text.replace("\0", "").strip())
    try:
        if "W" in text.upper():
            year, week = text.upper().split("-W")
            day = date.fromisocalendar(int(year), int(week), 1)
        elif text.isdigit() and len(text) <= len("53"):
            day = _nearest_week(int(text), today)
        else:
            day = date.fromisoformat(text)
    except ValueError:
        return None
    return clock.monday_of(day) if abs(day - today) <= FARTHEST else None


def _nearest_week(week: int, today: date) -> date:
    """The week of that number nearest to today: week 2 in November is next year's."""
    found = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            found.append(date.fromisocalendar(year, week, 1))
        except ValueError:
            continue
    if not found:
        raise ValueError(f"There is no week {week}.")
    return min(found, key=lambda monday: abs((monday - today).days))


def know(viewer: Viewer, pupils: Sequence[PupilInCare], monday: date) -> Known:
    """A week with the one before it, and the months ahead for lov that is asked about. One statement."""
    first, last = min(monday - WEEK, viewer.today), max(monday + WEEK, viewer.today + AHEAD)
    return Known(read([pupil.id for pupil in pupils], first, last, viewer.person_id))


def weeks_of(viewer: Viewer, known: Known, pupils: Sequence[PupilInCare], monday: date) -> list[ChildWeek]:
    """The week of each child who has a place. Four statements, whatever they hold."""
    last = monday + WEEK - timedelta(days=1)
    calendar = school_calendar(viewer.organiser_id, monday, last)
    facts = _Facts(viewer, [pupil.id for pupil in pupils], monday, last)
    weeks = (_week(viewer, known, calendar, facts, pupil, monday) for pupil in pupils)
    return [week for week in weeks if week is not None]


def week_of(viewer: Viewer, known: Known, pupil: PupilInCare, monday: date) -> ChildWeek | None:
    """One child's week from what is read already (the week before too); None without a place. Four statements."""
    last = monday + WEEK - timedelta(days=1)
    calendar = school_calendar(viewer.organiser_id, monday, last)
    return _week(viewer, known, calendar, _Facts(viewer, [pupil.id], monday, last), pupil, monday)


def days_of(viewer: Viewer, known: Known, pupil_id: int, dates: Sequence[date]) -> list[Day]:
    """The days when fritids may be open, of one child, from what is read already. Four statements."""
    calendar = school_calendar(viewer.organiser_id, dates[0], dates[-1])
    facts = _Facts(viewer, [pupil_id], dates[0], dates[-1])
    days = [facts.day(known, calendar, pupil_id, day) for day in dates]
    return [day for day in days if day.closed != ""]


def day_of(viewer: Viewer, known: Known, calendar: SchoolCalendar, pupil_id: int, day: date) -> Day:
    """One day of one child. Three statements."""
    return _Facts(viewer, [pupil_id], day, day).day(known, calendar, pupil_id, day)


def _week(
    viewer: Viewer,
    known: Known,
    calendar: SchoolCalendar,
    facts: "_Facts",
    pupil: PupilInCare,
    monday: date,
) -> ChildWeek | None:
    opening = known.of_school(pupil.id)
    if opening is None:
        return None
    dates = [monday + timedelta(days=number) for number in range(7)]
    days = [facts.day(known, calendar, pupil.id, day) for day in dates]
    # A Saturday without hours is no day of the week here.
    shown = [day for day in days if day.closed != "" or day.plan.source == "day"]
    owners = {day.plan.owner_id for day in shown} - {None}
    owner = "" if not owners else "mine" if viewer.person_id in owners else "theirs"
    return ChildWeek(pupil, shown, opening, owner, _can_copy(known, shown))


def _can_copy(known: Known, days: Sequence[Day]) -> bool:
    """Whether the week before has an answer for a day that has none."""
    return any(
        day.may_change
        and day.plan.source == "none"
        and day.lov is None
        and known.plan(day.plan.pupil_id, day.date - WEEK).source != "none"
        for day in days
    )


class _Facts:
    """What stands around the plans: absences, requests, comments. Three statements."""

    def __init__(self, viewer: Viewer, pupil_ids: Sequence[int], first: date, last: date) -> None:
        self._viewer = viewer
        span = {"pupil__in": pupil_ids, "day__gte": first, "day__lte": last}
        self._absences = absences_of(pupil_ids, first, last)
        self._requests: dict[tuple[int, date], ChangeRequest] = {}
        asked = ChangeRequest.objects.visible_to(viewer).filter(**span, withdrawn_at=None)
        for one in asked.order_by("asked_at"):
            self._requests[one.pupil_id, one.day] = one
        written = DayComment.objects.visible_to(viewer).filter(**span).order_by()
        self._comments: dict[tuple[int, date], int] = defaultdict(int)
        for pupil_id, day, count in written.values_list("pupil_id", "day").annotate(Count("pk")):
            self._comments[pupil_id, day] = count

    def day(self, known: Known, calendar: SchoolCalendar, pupil_id: int, day: date) -> Day:
        """Needs a pupil with a place."""
        opening = known.of_school(pupil_id) or Opening(0)
        plan = known.plan(pupil_id, day)
        away = [one for one in self._absences.get(pupil_id, ()) if one.day == day]
        return Day(
            plan=plan,
            locks_at=locks_at(opening, day),
            is_locked=is_locked(opening, day),
            is_past=day < self._viewer.today,
            closed=closed_because(opening, day),
            lov=opening.round_of(day),
            needs_both=needs_both(known, calendar, pupil_id, day),
            is_mine=plan.owner_id in (None, self._viewer.person_id) and pupil_id in self._viewer.child_ids,
            absence=next((one for one in away if one.is_whole_day), away[0] if away else None),
            request=self._requests.get((pupil_id, day)),
            comments=self._comments.get((pupil_id, day), 0),
            is_unread=(pupil_id, day) in known.unread,
        )
