"""Groups, and who is in them."""

from skolnav.exchange.ss12000.entities import Group, Member

from .changes import Existing, Ref, Wanted
from .context import Context

GROUPS, MEMBERSHIPS = "groups", "groupMemberships"


def plan_groups(context: Context) -> None:
    context.groups.update({row.pk: row.source_id for row in context.snapshot.groups if row.source_id})
    wanted = [row for group in context.reading.groups.rows.values() if (row := _wanted(context, group))]
    existing = [
        Existing(
            GROUPS, row.pk, row.source_id, (row.source_id,), row.name,
            {"name": row.name, "kind": row.kind, "school": context.unit_ref(row.school_id)},
            [context.unit_ref(row.school_id)],
            row.valid_from, row.valid_until, context.is_running(row), context.is_local(row),
        )
        for row in context.snapshot.groups
        if row.source_id
    ]  # fmt: skip
    context.compare(
        GROUPS,
        wanted,
        existing,
        is_kept=lambda row: context.reading.groups.may_hold(row.id) or (GROUPS, row.id) in context.uncertain,
    )


def _wanted(context: Context, group: Group) -> Wanted | None:
    unit = context.place(GROUPS, group.id, context.tree.unit_of(group.organisation), "organisation")
    if unit is None:
        return None
    return Wanted(
        GROUPS,
        group.id,
        (group.id,),
        group.name,
        {"name": group.name, "kind": group.kind, "school": Ref.to("organisations", unit)},
        {"source_id": group.id},
        group.period,
        is_unique=True,
    )


def plan_memberships(context: Context) -> None:
    wanted = [
        row
        for group in context.reading.groups.rows.values()
        if (GROUPS, group.id) not in context.uncertain
        for member in group.members
        if (row := _wanted_member(context, group, member))
    ]
    group_names = {row.pk: row.name for row in context.snapshot.groups}
    existing = []
    for row in context.snapshot.memberships:
        group, person = context.groups.get(row.group_id, f"#{row.group_id}"), context.person_id(row.person_id)
        existing.append(
            Existing(
                MEMBERSHIPS, row.pk, group, (group, person),
                f"{context.name_of(person)}, {group_names.get(row.group_id, '?')}", {},
                [Ref.to(GROUPS, group), Ref.to("persons", person)],
                row.valid_from, row.valid_until, context.is_running(row), context.is_local(row),
            )
        )  # fmt: skip
    context.compare(MEMBERSHIPS, wanted, existing, is_kept=lambda row: _is_kept(context, row))


def _wanted_member(context: Context, group: Group, member: Member) -> Wanted | None:
    if not context.takes_part(GROUPS, group.id, member.person, "groupMemberships.person"):
        return None
    return Wanted(
        MEMBERSHIPS,
        group.id,
        (group.id, member.person),
        f"{context.name_of(member.person)}, {group.name}",
        {},
        {"group": Ref.to(GROUPS, group.id), "person": Ref.to("persons", member.person)},
        member.period,
    )


def _is_kept(context: Context, row: Existing) -> bool:
    group_id, person_id = row.key
    group = context.reading.groups.rows.get(group_id)
    return (
        context.reading.groups.may_hold(group_id)
        or context.reading.persons.may_hold(person_id)
        or (GROUPS, group_id) in context.uncertain
        or (group is not None and MEMBERSHIPS in group.unreadable)
    )
