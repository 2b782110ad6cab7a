"""Checking children in and out. Twice is the same as once, and two of the staff at once write one event."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from skolnav.core.access.viewer import Viewer
from skolnav.core.audit.log import record
from skolnav.core.people.actions.refusals import NotAllowed
from skolnav.core.people.models import Group, Membership, Person
from skolnav.core.tenancy import clock

from ..models import CheckEvent
from ..queries.dayboard import school_days
from ..queries.events import events_of
from ..queries.members import Member, Pupil
from ..queries.sections import Section, staffed_memberships
from ..queries.states import Event, is_here

# A double tap lands on the button that has taken the first one's place: so soon nobody comes and goes.
DOUBLE_TAP = timedelta(seconds=2)


@transaction.atomic
def check(*, actor: Viewer, kind: str, pupils: Collection[str]) -> list[CheckEvent]:
    """Check children (public ids) in or out; gives the events that were new. At most thirteen statements.

    Who is in already, or not in when checked out, is left as they are. Raises NotAllowed when one of them is not in
    a section that the actor works in or leads today.
    """
    members = _members(actor, pupils)
    day, now = clock.today(), clock.now()
    ids = sorted(member.person.pk for member in members)
    # Whoever comes second waits here, and then sees the first one's event.
    list(Person.everything.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))
    valid = events_of(ids, day)
    # Only a morning's check-in can have run out when school began.
    has_come = any(mine[-1].kind == CheckEvent.Kind.IN for mine in valid.values() if mine)
    lessons = school_days(actor.organiser_id, members, day) if has_come else {}
    new = []
    for member in members:
        mine = valid.get(member.person.pk, ())
        came = is_here(mine, now, lessons.get(member.person.pk))
        if (kind == CheckEvent.Kind.IN) == (came is None) and not _is_double_tap(actor, mine, kind):
            new.append(_event(actor, member, kind, now))
    CheckEvent.everything.bulk_create(new)
    _log(actor, kind, new)
    return new


@transaction.atomic
def undo_batch(*, actor: Viewer, event: CheckEvent) -> int:
    """Take back an event and those that the same tap wrote; gives how many. Twice is the same as once.

    Raises NotAllowed. What the actor may not undo of the batch stays.
    """
    mine = CheckEvent.objects.editable_by(actor)
    if not mine.filter(pk=event.pk).exists():
        raise NotAllowed("The actor may not undo this event.")
    batch = mine.filter(at=event.at, by=event.by_id, kind=event.kind, day=event.day, undone_at=None)
    undone = batch.update(undone_at=clock.now(), undone_by=actor.person_id)
    if undone:
        record(actor, "undo_educare_check", event, kind=event.kind, events=undone)
    return undone


def _members(actor: Viewer, pupils: Collection[str]) -> list[Member]:
    """The children with the groups they are in, if every one of them is the actor's. Two statements."""
    today = Membership.everything.filter(Membership.valid_on(actor.today))
    inside = staffed_memberships(actor).filter(person__public_id__in=set(pupils))
    found: dict[int, Member] = {}
    for row in inside.select_related("group", "person").defer("person__identity_number").order_by("pk"):
        group, person = row.group, row.person
        names = (person.public_id, person.given_name, person.family_name, person.is_protected)
        section = Section(group.pk, group.public_id, group.name, group.school_id)
        found.setdefault(person.pk, Member(Pupil(person.pk, *names), section))
    if not found or len(found) != len(set(pupils)):
        raise NotAllowed("Not all of these children are in the actor's sections.")
    for person_id, group_id in today.filter(person__in=found).values_list("person_id", "group_id"):
        found[person_id].group_ids.add(group_id)
    return list(found.values())


def _is_double_tap(actor: Viewer, events: Sequence[Event], kind: str) -> bool:
    last = events[-1] if events else None
    return bool(
        last and last.kind != kind and last.by_id == actor.person_id and clock.now() - last.at < DOUBLE_TAP
    )


def _event(actor: Viewer, member: Member, kind: str, now: datetime) -> CheckEvent:
    """One tap is one moment, to the microsecond: by that its children are undone together."""
    return CheckEvent(
        organiser_id=actor.organiser_id,
        pupil_id=member.person.pk,
        school_id=member.section.school_id,
        group_id=member.section.id,
        day=clock.today(),
        kind=kind,
        at=now,
        by_id=actor.person_id,
    )


def _log(actor: Viewer, kind: str, events: Sequence[CheckEvent]) -> None:
    """One record a section: sixty children are one act."""
    by_section: dict[int, list[CheckEvent]] = {}
    for event in events:
        by_section.setdefault(event.group_id, []).append(event)
    for mine in by_section.values():
        pupils = [event.pupil_id for event in mine]
        record(
            actor,
            f"educare_check_{kind}",
            Group(pk=mine[0].group_id, organiser_id=actor.organiser_id),
            pupils=pupils,
        )
