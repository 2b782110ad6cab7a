"""Whether a change moves somebody's first or last lesson of today or of the next school day: that is urgent to know."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from skolnav.core.people.models import Membership
from skolnav.core.schools.calendar import FARTHEST, school_calendar
from skolnav.core.tenancy import clock
from skolnav.core.timetable.computing import timetable
from skolnav.core.timetable.occurrences import Occurrence


def changes_hours(organiser_id: int, before: Occurrence, occurrence_id: int, days: Iterable[date]) -> bool:
    """Ask it when the change has been written. `before` is the lesson as it was, `days` those that it touches.

    Four statements, or one where it is about other days: the pupils of the lesson's groups, by all of their groups.
    """
    today = clock.today()
    touched = {day for day in days if today <= day <= today + timedelta(days=FARTHEST)}
    if not touched:
        return False
    calendar = school_calendar(organiser_id, today, max(touched))
    near = sorted(touched & {today, calendar.next_school_day(before.school_id, today)})
    if not near:
        return False
    groups = _groups_of_pupils(before.group_ids, near[0])
    wanted = sorted({group for mine in groups for group in mine})
    found = timetable(organiser_id, "groups", wanted, near[0], near[-1], calendar=calendar, clip=False)
    after = found.occurrences
    earlier = [one for one in after if one.occurrence_id != occurrence_id] + [before]
    return any(_hours(earlier, mine, day) != _hours(after, mine, day) for mine in groups for day in near)


def _groups_of_pupils(group_ids: Iterable[int], day: date) -> set[frozenset[int]]:
    """The sets of groups that the groups' pupils are in: a class has one or a few."""
    theirs = Membership.everything.filter(Membership.valid_on(day), group__in=list(group_ids))
    all_theirs = Membership.everything.filter(Membership.valid_on(day), person__in=theirs.values("person"))
    found: dict[int, set[int]] = defaultdict(set)
    for person_id, group_id in all_theirs.values_list("person_id", "group_id"):
        found[person_id].add(group_id)
    return {frozenset(mine) for mine in found.values()}


def _hours(
    lessons: Sequence[Occurrence], groups: frozenset[int], day: date
) -> tuple[datetime, datetime] | None:
    mine = [one for one in lessons if one.is_teaching and one.starts.date() == day and groups & one.group_ids]
    return (min(one.starts for one in mine), max(one.ends for one in mine)) if mine else None
