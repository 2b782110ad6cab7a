"""What the database holds of a school, read once: whom a file may name, and the lessons it is compared with."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from skolnav.boxes.schedule.queries.office import TAUGHT, school_year
from skolnav.core.accounts.models import Account
from skolnav.core.people.models import Duty, Group
from skolnav.core.people.validity import valid_on
from skolnav.core.tenancy import clock
from skolnav.core.timetable.models import Activity, ActivityGroup, ActivityTeacher, Lesson, Room

PREFIX = "csv:"


@dataclass(frozen=True)
class Snapshot:
    """`staff` and `groups`: what a file may write (without regard to case) -> the keys that it may mean."""

    organiser_id: int
    school_id: int
    today: date
    first_day: date
    last_day: date
    groups: dict[str, list[int]]
    group_names: dict[int, str]
    staff: dict[str, set[int]]
    rooms: dict[str, Room]
    lessons: list[Lesson]
    activities: dict[int, Activity]
    activity_groups: dict[int, set[int]]
    activity_teachers: dict[int, set[int]]

    @property
    def cycle_start(self) -> date:
        return clock.monday_of(self.first_day)

    def of_csv(self) -> list[Lesson]:
        return [lesson for lesson in self.lessons if lesson.source_id.startswith(PREFIX)]


def take_snapshot(organiser_id: int, school_id: int, today: date) -> Snapshot:
    """Nine statements, whatever the school's size. Needs the organiser's scope."""
    first, last = school_year(organiser_id, today)
    groups, names = _groups(school_id, today)
    activities = {one.pk: one for one in Activity.everything.filter(school=school_id)}
    lessons = Lesson.everything.filter(
        Q(last_day__gte=today) | Q(source_id__startswith=PREFIX), activity__school=school_id
    ).select_related("room")
    not_over = Q(valid_until=None) | Q(valid_until__gte=today)
    return Snapshot(
        organiser_id,
        school_id,
        today,
        first,
        last,
        groups,
        names,
        _staff(school_id, today),
        {room.name.casefold(): room for room in Room.everything.filter(school=school_id)},
        list(lessons.order_by("pk")),
        activities,
        _by_activity(ActivityGroup.objects.filter(activity__school=school_id), "group_id"),
        _by_activity(ActivityTeacher.objects.filter(not_over, activity__school=school_id), "person_id"),
    )


def _groups(school_id: int, today: date) -> tuple[dict[str, list[int]], dict[int, str]]:
    """By name; where a class and another group share one, the class is meant."""
    found: dict[str, list[Any]] = defaultdict(list)
    not_over = Q(valid_until=None) | Q(valid_until__gte=today)
    for group in Group.everything.filter(not_over, school=school_id, kind__in=TAUGHT):
        found[group.name.casefold()].append(group)
    names = {group.pk: group.name for groups in found.values() for group in groups}
    return {name: _classes_first(groups) for name, groups in found.items()}, names


def _classes_first(groups: Collection[Any]) -> list[int]:
    classes = [one.pk for one in groups if one.kind == Group.Kind.CLASS]
    return classes if len(classes) == 1 else [one.pk for one in groups]


def _staff(school_id: int, today: date) -> dict[str, set[int]]:
    """By user name, e-mail, signature and full name: whoever is on duty at the school, or for all schools."""
    found: dict[str, set[int]] = defaultdict(set)
    duties = Duty.everything.filter(valid_on(today), Q(school=school_id) | Q(school=None))
    usernames = dict(
        Account.objects.filter(person__in=duties.values("person")).values_list("person_id", "username")
    )
    for duty in duties.select_related("person"):
        person = duty.person
        said = (
            usernames.get(person.pk, ""),
            person.email,
            duty.signature,
            f"{person.given_name} {person.family_name}",
            f"{person.family_name}, {person.given_name}",
        )
        for word in said:
            if word:
                found[word.casefold()].add(person.pk)
    return found


def _by_activity(rows: Any, column: str) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for activity_id, pk in rows.values_list("activity_id", column):
        found[activity_id].add(pk)
    return found
