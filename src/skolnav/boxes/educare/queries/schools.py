"""The schools whose fritids somebody works in or leads, and the days ahead of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from skolnav.core.access.viewer import Viewer
from skolnav.core.schools.calendar import Break, school_calendar
from skolnav.core.schools.models import SchoolBreak, SchoolUnit

from ..models import ClosingDay, HolidayRound
from .opening import Opening, openings_of

AHEAD = timedelta(days=400)
SUGGESTED = timedelta(days=150)


@dataclass(frozen=True, slots=True)
class SchoolAhead:
    """What a school's fritids has before it. `suggested` are lov of the calendar that nobody has asked about."""

    school: SchoolUnit
    opening: Opening
    closings: Sequence[ClosingDay]
    rounds: Sequence[HolidayRound]
    suggested: Sequence[Break]
    is_led: bool

    def weekday_day(self, weekday: int) -> date:
        """A day of that weekday, for its name."""
        return date(2024, 1, 1) + timedelta(days=weekday)


def schools_of(viewer: Viewer) -> list[SchoolUnit]:
    """By name. One statement."""
    mine = {group.school_id for group in viewer.staff_groups if group.role == "educare"}
    return list(SchoolUnit.objects.filter(organiser=viewer.organiser_id, pk__in=mine | viewer.led_school_ids))


def schools_ahead(viewer: Viewer) -> list[SchoolAhead]:
    """Each school from today on. Five statements, however many schools."""
    schools, until = schools_of(viewer), viewer.today + AHEAD
    ids = [school.pk for school in schools]
    openings = openings_of(viewer.organiser_id, ids, viewer.today, until)
    closings = list(ClosingDay.objects.visible_to(viewer).filter(day__gte=viewer.today))
    rounds = list(HolidayRound.objects.visible_to(viewer).filter(last_day__gte=viewer.today))
    calendar = school_calendar(viewer.organiser_id, viewer.today, viewer.today + SUGGESTED)
    return [
        SchoolAhead(
            school,
            openings[school.pk],
            [one for one in closings if one.school_id == school.pk],
            [one for one in rounds if one.school_id == school.pk],
            _not_asked(
                calendar.breaks.get(school.pk, ()), [one for one in rounds if one.school_id == school.pk]
            ),
            school.pk in viewer.led_school_ids,
        )
        for school in schools
    ]


def _not_asked(breaks: Sequence[Break], rounds: Sequence[HolidayRound]) -> list[Break]:
    return [
        one
        for one in breaks
        if one.kind == SchoolBreak.Kind.HOLIDAY
        and not any(
            held.first_day <= one.span.last_day and held.last_day >= one.span.first_day for held in rounds
        )
    ]
