"""Duties of staff, one for each school unit that they count for, and what they do for which groups."""

from skolnav.exchange.ss12000.entities import Assignment, Duty
from skolnav.exchange.ss12000.problems import Reason

from .changes import Existing, Ref, Wanted
from .context import Context

DUTIES, ASSIGNMENTS = "duties", "assignmentRoles"


def plan_duties(context: Context) -> None:
    for duty in context.reading.duties.rows.values():
        context.duty_units[duty.id] = _units_of(context, duty)
    wanted = [row for duty in context.reading.duties.rows.values() for row in _wanted(context, duty)]
    existing = []
    for row in context.snapshot.duties:
        person, unit = context.person_ref(row.person_id), context.unit_ref(row.school_id)
        if row.source_id:
            existing.append(
                Existing(
                    DUTIES, row.pk, row.source_id, (row.source_id, unit.id),
                    f"{context.name_of(person.id)}, {row.role}",
                    {"role": row.role, "signature": row.signature, "person": person}, [person, unit],
                    row.valid_from, row.valid_until, context.is_running(row), context.is_local(row),
                )
            )  # fmt: skip
    context.compare(DUTIES, wanted, existing, is_kept=lambda row: _is_kept(context, row))


def _units_of(context: Context, duty: Duty) -> list[str]:
    """The units that a duty counts for; none, reported, where it cannot be placed."""
    if not context.takes_part(DUTIES, duty.id, duty.person, "person"):
        return []
    found = context.tree.units_of(duty.organisation)
    if isinstance(found, Reason):
        context.place(DUTIES, duty.id, found, "dutyAt")
        return []
    return found


def _wanted(context: Context, duty: Duty) -> list[Wanted]:
    person = Ref.to("persons", duty.person)
    return [
        Wanted(
            DUTIES,
            duty.id,
            (duty.id, unit),
            f"{context.name_of(duty.person)}, {duty.role}",
            {"role": duty.role, "signature": duty.signature, "person": person},
            {"source_id": duty.id, "school": Ref.to("organisations", unit)},
            duty.period,
            is_unique=True,
        )
        for unit in context.duty_units[duty.id]
    ]


def _is_kept(context: Context, row: Existing) -> bool:
    duty = context.reading.duties.rows.get(row.id)
    return (
        context.reading.duties.may_hold(row.id)
        or (DUTIES, row.id) in context.uncertain
        or (duty is not None and context.reading.persons.may_hold(duty.person))
    )


def plan_assignments(context: Context) -> None:
    wanted = [
        row
        for duty in context.reading.duties.rows.values()
        for assignment in duty.assignments
        for row in _wanted_assignments(context, duty, assignment)
    ]
    duties = {row.pk: row for row in context.snapshot.duties}
    group_names = {row.pk: row.name for row in context.snapshot.groups}
    existing = []
    for row in context.snapshot.assignments:
        duty = duties[row.duty_id]
        person = context.person_id(duty.person_id)
        duty_key = duty.source_id or f"#{duty.pk}", context.unit_ref(duty.school_id).id
        group = context.groups.get(row.group_id, f"#{row.group_id}")
        existing.append(
            Existing(
                ASSIGNMENTS, row.pk, duty_key[0], (*duty_key, group, row.kind),
                f"{context.name_of(person)}, {row.kind}, {group_names.get(row.group_id, '?')}", {},
                [Ref.to(DUTIES, *duty_key), Ref.to("groups", group)],
                row.valid_from, row.valid_until, context.is_running(row), context.is_local(row),
            )
        )  # fmt: skip
    context.compare(ASSIGNMENTS, wanted, existing, is_kept=lambda row: _is_kept_assignment(context, row))


def _wanted_assignments(context: Context, duty: Duty, assignment: Assignment) -> list[Wanted]:
    group = context.reading.groups.rows.get(assignment.group)
    if group is None or ("groups", group.id) in context.uncertain:
        if not context.reading.groups.may_hold(assignment.group) and group is None:
            context.report(DUTIES, duty.id, Reason.UNKNOWN_GROUP, "assignmentRole.group", assignment.group)
        return []
    units = context.duty_units[duty.id]
    # A teacher of two units has the group in the one where it is.
    home = context.tree.unit_of(group.organisation)
    return [
        Wanted(
            ASSIGNMENTS,
            duty.id,
            (duty.id, unit, group.id, assignment.kind),
            f"{context.name_of(duty.person)}, {assignment.kind}, {group.name}",
            {},
            {
                "duty": Ref.to(DUTIES, duty.id, unit),
                "group": Ref.to("groups", group.id),
                "kind": assignment.kind,
            },
            assignment.period,
        )
        for unit in units
        if unit == home or home not in units
    ]


def _is_kept_assignment(context: Context, row: Existing) -> bool:
    duty = context.reading.duties.rows.get(row.id)
    return (
        context.reading.duties.may_hold(row.id)
        or (DUTIES, row.id) in context.uncertain
        or context.reading.groups.may_hold(row.key[2])
        or ("groups", row.key[2]) in context.uncertain
        or (duty is not None and ASSIGNMENTS in duty.unreadable)
    )
