"""A month's absence, counted for many pupils at once: what the thresholds are held against. Needs the scope."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, OuterRef, Q, Subquery, Sum

from skolnav.boxes.absence.models import AbsenceSettings, LessonAttendance, UnexcusedCase

# A share of two or three days says nothing: this many days must have been registered.
FEWEST_DAYS = 5


@dataclass(frozen=True, slots=True)
class MonthFigure:
    """One pupil's month at one school; minutes of what was registered."""

    pupil_id: int
    school_id: int
    absent: int
    offered: int
    days: int

    @property
    def percent(self) -> int:
        """Whole per cent, rounded down: what is shown never overstates."""
        return self.absent * 100 // self.offered if self.offered else 0

    def reaches(self, threshold_percent: int) -> bool:
        """Whether the share has come to the threshold, on a base that is wide enough; 0 is never reached."""
        return (
            threshold_percent > 0
            and self.days >= FEWEST_DAYS
            and self.absent * 100 >= threshold_percent * self.offered
            and self.absent > 0
        )


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of a day's calendar month."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def shares_of_month(day: date) -> list[MonthFigure]:
    """Valid and invalid minutes, late ones too, against all that were registered in the month. One statement."""
    first, last = month_of(day)
    rows = (
        LessonAttendance.everything.filter(day__gte=first, day__lte=last)
        .order_by()
        .values("pupil_id", "register__school_id")
        .annotate(
            absent=Sum(F("valid_minutes") + F("invalid_minutes")),
            offered=Sum(F("attended_minutes") + F("valid_minutes") + F("invalid_minutes")),
            days=Count("day", distinct=True),
        )
        .values_list("pupil_id", "register__school_id", "absent", "offered", "days")
    )
    return [MonthFigure(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class MonthOccasions:
    """How many days of a month a pupil has an unexcused case, and from how many the school follows up."""

    pupil_id: int
    school_id: int
    days: int
    threshold: int

    @property
    def is_reached(self) -> bool:
        """Whether they have come to the school's number; 0 is never reached."""
        return 0 < self.threshold <= self.days


def occasions_of_month(day: date, pupil_ids: Iterable[int] | None = None) -> list[MonthOccasions]:
    """By pupil and school: days with a case, for some pupils or for all. One statement."""
    first, last = month_of(day)
    whose = Q() if pupil_ids is None else Q(pupil__in=list(pupil_ids))
    chosen = AbsenceSettings.everything.filter(school=OuterRef("school_id")).values("threshold_occasions")
    rows = UnexcusedCase.everything.filter(whose, day__gte=first, day__lte=last, excused_at=None)
    counted = (
        rows.order_by().values("pupil_id", "school_id").annotate(days=Count("pk"), chosen=Subquery(chosen))
    )
    usual = AbsenceSettings().threshold_occasions
    return [
        MonthOccasions(pupil_id, school_id, days, usual if threshold is None else threshold)
        for pupil_id, school_id, days, threshold in counted.values_list(
            "pupil_id", "school_id", "days", "chosen"
        )
    ]
