"""Activities, the groups they are for, and who teaches them."""

from collections.abc import Iterator
from typing import Any

from skolnav.exchange.ss12000.entities import Activity
from skolnav.exchange.ss12000.problems import Reason

from .changes import Existing, Ref, Wanted
from .context import Context
from .timetable_rows import Rows

ACTIVITIES, GROUPS, TEACHERS = "activities", "activityGroups", "activityTeachers"
FIELDS = ("name", "kind", "subject_code", "subject")


def plan_activities(context: Context) -> None:
    wanted = [row for one in context.reading.activities.rows.values() if (row := _wanted(context, one))]
    existing = [
        Existing(
            ACTIVITIES, row.pk, row.source_id, (row.source_id,), row.name,
            {name: getattr(row, name) for name in FIELDS} | {"school": context.unit_ref(row.school_id)},
            [context.unit_ref(row.school_id)],
            row.valid_from, row.valid_until, context.is_running(row), context.is_local(row),
        )
        for row in context.snapshot.timetable.activities
    ]  # fmt: skip
    context.compare(ACTIVITIES, wanted, existing, is_kept=lambda row: _may_stand(context, row.id))


def _wanted(context: Context, activity: Activity) -> Wanted | None:
    unit = unit_of(context, activity)
    if unit is None:
        return None
    return Wanted(
        ACTIVITIES,
        activity.id,
        (activity.id,),
        activity.name or activity.id,
        {
            "name": activity.name or activity.id,
            "kind": activity.kind,
            "subject_code": activity.subject_code,
            "subject": activity.subject,
            "school": Ref.to("organisations", unit),
        },
        {"source_id": activity.id},
        activity.period,
        is_unique=True,
    )


def unit_of(context: Context, activity: Activity) -> str | None:
    """The school unit: the activity's own, else that of its first group that has one. None: reported once."""
    if (ACTIVITIES, activity.id) in context.uncertain:
        return None
    places = [activity.organisation] if activity.organisation else []
    groups = context.reading.groups.rows
    places += [groups[id].organisation for id in activity.groups if id in groups]
    found: str | Reason = Reason.UNKNOWN_GROUP
    for place in places:
        found = context.tree.unit_of(place)
        if not isinstance(found, Reason):
            break
    return context.place(ACTIVITIES, activity.id, found, "groups")


def _may_stand(context: Context, id: str) -> bool:
    return context.reading.activities.may_hold(id) or (ACTIVITIES, id) in context.uncertain


def _local(context: Context) -> set[str]:
    """Activities that the office has made its own: their groups and teachers are the office's too."""
    return {row.source_id for row in context.snapshot.timetable.activities if context.is_local(row)}


def _placed(context: Context) -> Iterator[Activity]:
    local = _local(context)
    for activity in context.reading.activities.rows.values():
        if activity.id not in local and (ACTIVITIES, activity.id) not in context.uncertain:
            yield activity


def plan_activity_groups(context: Context) -> None:
    wanted = [
        Wanted(
            GROUPS, one.id, (one.id, group), f"{one.name}, {context.reading.groups.rows[group].name}", {},
            {"activity": Ref.to(ACTIVITIES, one.id), "group": Ref.to("groups", group)},
        )
        for one in _placed(context)
        for group in _groups_of(context, one)
    ]  # fmt: skip
    names = {row.pk: row.name for row in context.snapshot.groups}
    existing = [
        Existing(
            GROUPS, row.pk, activity.source_id, (activity.source_id, group),
            f"{activity.name}, {names.get(row.group_id, '?')}", {},
            [Ref.to(ACTIVITIES, activity.source_id), Ref.to("groups", group)],
        )
        for row, activity in _rows(context, context.snapshot.timetable.groups)
        for group in [context.groups.get(row.group_id, f"#{row.group_id}")]
    ]  # fmt: skip
    context.compare(
        GROUPS,
        wanted,
        existing,
        is_kept=lambda row: _is_kept(context, row, GROUPS) or context.reading.groups.may_hold(row.key[1]),
    )


def _groups_of(context: Context, activity: Activity) -> Iterator[str]:
    groups = context.reading.groups
    for id in activity.groups:
        if id in groups.rows and ("groups", id) not in context.uncertain:
            yield id
        elif id not in groups.rows and not groups.may_hold(id):
            context.report(ACTIVITIES, activity.id, Reason.UNKNOWN_GROUP, "groups", id)


def plan_activity_teachers(context: Context) -> None:
    """A teacher that the source takes back is the same row again: the activity has each person once."""
    wanted = [
        Wanted(
            TEACHERS, one.id, (one.id, person), f"{one.name}, {context.name_of(person)}", {"valid_until": None},
            {
                "activity": Ref.to(ACTIVITIES, one.id),
                "person": Ref.to("persons", person),
                "valid_from": one.period.start or context.today,
            },
        )
        for one in _placed(context)
        for person in _teachers_of(context, one)
    ]  # fmt: skip
    existing = [
        Existing(
            TEACHERS, row.pk, activity.source_id, (activity.source_id, person),
            f"{activity.name}, {context.name_of(person)}", {"valid_until": row.valid_until},
            [Ref.to(ACTIVITIES, activity.source_id), Ref.to("persons", person)],
            row.valid_from, row.valid_until, context.is_running(row),
        )
        for row, activity in _rows(context, context.snapshot.timetable.teachers)
        for person in [context.person_id(row.person_id)]
    ]  # fmt: skip
    context.compare(
        TEACHERS,
        wanted,
        existing,
        is_kept=lambda row: _is_kept(context, row, TEACHERS) or context.reading.persons.may_hold(row.key[1]),
    )


def _teachers_of(context: Context, activity: Activity) -> list[str]:
    """The persons, each once: by duty as the standard has it, or named themselves."""
    found: dict[str, None] = {}
    duties = context.reading.duties
    for id in activity.teacher_duties:
        if id in duties.rows:
            found[duties.rows[id].person] = None
        elif not duties.may_hold(id):
            context.report(ACTIVITIES, activity.id, Reason.UNKNOWN_DUTY, "teachers.duty", id)
    found |= dict.fromkeys(activity.teacher_persons)
    return [one for one in found if context.takes_part(ACTIVITIES, activity.id, one, "teachers.person")]


def _rows(context: Context, rows: Rows) -> Iterator[tuple[Any, Any]]:
    """Each part with its activity; those of the office's activities are left out."""
    activities = {row.pk: row for row in context.snapshot.timetable.activities if not context.is_local(row)}
    for row in rows:
        activity = activities.get(row.activity_id)
        if activity is not None:
            yield row, activity


def _is_kept(context: Context, row: Existing, kind: str) -> bool:
    activity = context.reading.activities.rows.get(row.id)
    return _may_stand(context, row.id) or (activity is not None and kind in activity.unreadable)
