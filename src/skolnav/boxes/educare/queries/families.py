"""Whom the staff tell: the children of a school's fritids, those who come on a day, and their guardians."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta

from skolnav.core.people.models import Group, Guardianship, Membership
from skolnav.core.tenancy import clock

from ..models import CareTime, HolidayRound
from .opening import Opening, opening_of
from .plans import plans


def pupils_of_school(school_id: int, day: date) -> list[int]:
    """Who has a place at the school's fritids on a day. One statement."""
    inside = Membership.everything.filter(
        Membership.valid_on(day), group__kind=Group.Kind.EDUCARE, group__school=school_id
    )
    return sorted(set(inside.values_list("person_id", flat=True)))


def planned_on(pupil_ids: Collection[int], day: date) -> list[int]:
    """Those who have times on the day. One statement."""
    planned = plans(pupil_ids, day, day)
    return [pupil for pupil in pupil_ids if planned[pupil, day].is_coming]


def guardians_of(pupil_ids: Iterable[int]) -> Mapping[int, list[int]]:
    """Each pupil's guardians with access today. One statement."""
    relations = Guardianship.everything.filter(
        Guardianship.gives_access_on(clock.today()), pupil__in=list(pupil_ids)
    )
    found: dict[int, list[int]] = defaultdict(list)
    for pupil_id, guardian_id in relations.values_list("pupil_id", "guardian_id"):
        found[pupil_id].append(guardian_id)
    return found


def without_answer(organiser_id: int, holiday: HolidayRound) -> list[int]:
    """Those of the school's fritids who lack times, or a no, on a day of the lov when it is open. Four statements."""
    pupils = pupils_of_school(holiday.school_id, clock.today())
    open_days = days_of_round(
        opening_of(organiser_id, holiday.school_id, holiday.first_day, holiday.last_day), holiday
    )
    answers = CareTime.everything.filter(pupil__in=pupils, day__in=open_days).values_list("pupil_id", "day")
    by_pupil: dict[int, set[date]] = defaultdict(set)
    for pupil_id, day in answers:
        by_pupil[pupil_id].add(day)
    return [pupil for pupil in pupils if not by_pupil[pupil].issuperset(open_days)]


def days_of_round(opening: Opening, holiday: HolidayRound) -> list[date]:
    """The days of a lov on which fritids is open."""
    length = (holiday.last_day - holiday.first_day).days + 1
    days = [holiday.first_day + timedelta(days=number) for number in range(length)]
    return [day for day in days if opening.hours_on(day)]
