"""A term's absence of a family's pupils, in figures: sums of the minutes that registers hold."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from skolnav.boxes.absence.models import LessonAttendance
from skolnav.core.access.viewer import PupilInCare, Viewer
from skolnav.core.presence.models import Absence
from skolnav.core.tenancy.managers import DoorQuerySet

from .terms import TermChoice

State = LessonAttendance.State


@dataclass(frozen=True, slots=True)
class Figures:
    """Minutes offered in lessons where attendance was taken, and how many of them were missed, and how."""

    name: str
    attended: int
    valid: int
    invalid: int
    late: int  # of the missed ones: minutes that were late

    @property
    def offered(self) -> int:
        return self.attended + self.valid + self.invalid

    @property
    def missed(self) -> int:
        return self.valid + self.invalid

    @property
    def percent(self) -> int:
        """Of the offered minutes, in whole per cent: never none where something was missed."""
        return self._percent(self.missed)

    @property
    def percent_valid(self) -> int:
        """What is left of `percent`, so that the two add up."""
        return self.percent - self.percent_invalid

    @property
    def percent_invalid(self) -> int:
        return self._percent(self.invalid)

    def _percent(self, minutes: int) -> int:
        if not self.offered or not minutes:
            return 0
        return max(1, round(100 * minutes / self.offered))


@dataclass(frozen=True, slots=True)
class Overview:
    """One pupil's term. `uncounted` are the days that were reported, where no attendance has been taken."""

    pupil: PupilInCare
    total: Figures
    subjects: Sequence[Figures]
    uncounted: int


def overviews(
    viewer: Viewer, pupils: Sequence[PupilInCare], term: TermChoice, absences: Sequence[Absence]
) -> list[Overview]:
    """The pupils' terms, in their order; `absences` are theirs of the term. Two statements."""
    by_subject: dict[int, list[Figures]] = defaultdict(list)
    rows = attendance_of(viewer, pupils, term.first_day, term.last_day)
    sums = rows.values("pupil_id", "register__subject").annotate(
        attended=Sum("attended_minutes"),
        valid=Sum("valid_minutes"),
        invalid=Sum("invalid_minutes"),
        late=Sum("minutes", filter=Q(state=State.LATE)),
    )
    for row in sums.order_by("register__subject"):
        by_subject[row["pupil_id"]].append(
            Figures(
                row["register__subject"] or _("Hela dagen"),
                row["attended"],
                row["valid"],
                row["invalid"],
                row["late"] or 0,
            )
        )
    uncounted = _uncounted(viewer, pupils, absences)
    return [
        Overview(one, _total(by_subject[one.id]), by_subject[one.id], uncounted[one.id]) for one in pupils
    ]


def attendance_of(
    viewer: Viewer, pupils: Sequence[PupilInCare], first: date, last: date
) -> DoorQuerySet[LessonAttendance]:
    """The pupils' lines in registers between two days."""
    ids = [pupil.id for pupil in pupils]
    return LessonAttendance.objects.visible_to(viewer).filter(pupil__in=ids, day__gte=first, day__lte=last)


def _total(subjects: Sequence[Figures]) -> Figures:
    return Figures(
        _("Alla ämnen"),
        sum(one.attended for one in subjects),
        sum(one.valid for one in subjects),
        sum(one.invalid for one in subjects),
        sum(one.late for one in subjects),
    )


def _uncounted(
    viewer: Viewer, pupils: Sequence[PupilInCare], absences: Sequence[Absence]
) -> Mapping[int, int]:
    """By pupil: days that have been, reported as absent, of which no register tells. One statement."""
    reported = {(one.pupil_id, one.day) for one in absences if one.day < viewer.today}
    days = {day for _pupil, day in reported}
    found: dict[int, int] = defaultdict(int)
    if not days:
        return found
    rows = attendance_of(viewer, pupils, min(days), max(days)).filter(day__in=days)
    for pupil_id, _day in reported - set(rows.values_list("pupil_id", "day").distinct()):
        found[pupil_id] += 1
    return found
