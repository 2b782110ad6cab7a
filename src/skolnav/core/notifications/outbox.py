"""Putting a fact into the outbox, in the transaction that writes it. The worker does the rest."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from skolnav.core.feed.models import Entry
from skolnav.core.people.models import Person
from skolnav.core.tenancy import clock

from .kinds import Kind, find_kind
from .models import Delivery, Notice


def notify(
    kind: str | Kind,
    *,
    revision: int,
    due_at: datetime,
    entry: Entry | None = None,
    person_ids: Iterable[int] = (),
    pupil: Person | None = None,
    fact: str = "",
    params: Mapping[str, Any] | None = None,
    link_name: str = "",
    link_args: Mapping[str, str] | None = None,
) -> Notice:
    """Have a fact told when it is due (`due_at`: when it is published), to those it concerns at that moment.

    Recipients follow from the audience of `entry`; or they are `person_ids`, and then `pupil` is the child
    whose custody their right to know rests on; with both it is those of `person_ids` whom the entry reaches.
    The link leads to the very place, by itself to the entry's; the reader's own pupil is filled in.

    The same `fact` (an entry is one by itself) is told once for each kind and revision. Called again for
    one that is told already (an edit: same revision), it tells those whom a widened audience has added, and
    takes it back from those whom it has lost. A higher revision is told anew, in place of the earlier one.

    Needs the tenant's scope and an open transaction. Raises ValueError for an unknown kind, for a notice to
    nobody, and for one without an entry that does not say by which `fact` it is known and where it leads.
    """
    key = kind.key if isinstance(kind, Kind) else kind
    people = sorted(set(person_ids))
    told = {
        "organiser_id": _organiser_of(key, entry, people, pupil, is_whole=bool(fact and link_name)),
        "entry": entry,
        "person_ids": people,
        "pupil": pupil,
        "params": dict(params or {}),
        "link_name": link_name or (entry.link_name if entry else ""),
        "link_args": dict(entry.link_args if entry and link_args is None else link_args or {}),
        "due_at": due_at,
        "asked_at": clock.now(),
        "fanned_out_at": None,
    }
    notice, _ = Notice.everything.update_or_create(
        kind=key, fact=fact or f"entry:{entry.pk if entry else ''}", revision=revision, defaults=told
    )
    return notice


@dataclass(frozen=True)
class Telling:
    """One of many facts of a kind (or of its own `kind`): what `notify` takes for one. `told_by` is for those whom an
    entry of the feed reaches, with its link."""

    fact: str
    revision: int
    person_ids: Collection[int]
    link_name: str
    link_args: Mapping[str, str] = field(default_factory=dict)
    pupil_id: int | None = None
    params: Mapping[str, Any] = field(default_factory=dict)
    kind: str = ""
    entry: Entry | None = None

    @classmethod
    def told_by(cls, entry: Entry, kind: str, params: Mapping[str, Any]) -> "Telling":
        return cls(
            f"entry:{entry.pk}",
            entry.revision,
            (),
            entry.link_name,
            entry.link_args,
            None,
            params,
            kind,
            entry,
        )


def notify_many(kind: str, tellings: Iterable[Telling], *, organiser_id: int, due_at: datetime) -> None:
    """`notify` for many facts in one statement; those for nobody are left out.

    Raises ValueError for an unknown kind.
    """
    tellings = list(tellings)
    for key in {one.kind or kind for one in tellings}:
        if find_kind(key) is None:
            raise ValueError(f"No kind of notice is called {key}: register it in the box's notices.py.")
    now = clock.now()
    rows = [
        Notice(
            organiser_id=organiser_id,
            kind=one.kind or kind,
            entry=one.entry,
            fact=one.fact,
            revision=one.revision,
            person_ids=sorted(set(one.person_ids)),
            pupil_id=one.pupil_id,
            params=dict(one.params),
            link_name=one.link_name,
            link_args=dict(one.link_args),
            due_at=due_at,
            asked_at=now,
        )
        for one in tellings
        if one.person_ids or one.entry
    ]
    if rows:
        Notice.everything.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["organiser", "kind", "fact", "revision"],
            update_fields=[
                "entry", "person_ids", "pupil", "params", "link_name", "link_args", "due_at", "asked_at",
                "fanned_out_at",
            ],
        )  # fmt: skip


def call_off(kind: str, facts: Collection[str]) -> None:
    """Nobody more is told of these facts, and what is unread of them leaves the bell; what was sent stays in the books.

    Two statements. A letter that a worker has in its hands finds at its last look that it concerns nobody.
    """
    now = clock.now()
    notices = Notice.everything.filter(kind=kind, fact__in=facts)
    Delivery.everything.filter(Delivery.WAITING | Delivery.UNREAD, notice__in=notices).update(cut_at=now)
    notices.update(person_ids=[], fanned_out_at=now)


def _organiser_of(
    key: str, entry: Entry | None, people: list[int], pupil: Person | None, *, is_whole: bool
) -> int:
    """The organiser of a notice that can be told; ValueError for others."""
    if find_kind(key) is None:
        raise ValueError(f"No kind of notice is called {key}: register it in the box's notices.py.")
    if entry is not None:
        return entry.organiser_id
    if not people:
        raise ValueError(f"A notice of {key} is for nobody: give an entry or person_ids.")
    if not is_whole:
        raise ValueError(f"A notice of {key} without an entry must name its fact and its link.")
    if pupil is not None:
        return pupil.organiser_id
    found: int = Person.everything.values_list("organiser_id", flat=True).get(pk=people[0])
    return found
