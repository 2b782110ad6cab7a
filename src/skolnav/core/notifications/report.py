"""What staff may know of how a piece came through: honest states, no addresses."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from skolnav.core.feed.models import Entry, Seen

from .addresses import people_with_accounts
from .models import Delivery
from .recipients import families_of
from .terms import Channel


class State(StrEnum):
    """How far it came by one channel. `delivered` is said only where a carrier tells; mail servers never do."""

    NONE = "none"
    WAITING = "waiting"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PersonReport:
    """One person's share. Without an account nothing can reach them: paper is left."""

    person_id: int
    has_account: bool
    by_channel: dict[str, State]
    opened_at: datetime | None
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Report:
    """`counts` has people (all reached as family), told, mailed, waiting, failed, opened, confirmed, no_account."""

    counts: dict[str, int]
    people: tuple[PersonReport, ...]


def delivery_report(entry: Entry) -> Report:
    """How an entry's present revision has come through to each of its families today. Four statements."""
    accounts = set(people_with_accounts().filter(person_id__in=families_of(entry).values("pk")))
    states, opened = _deliveries(entry)
    seen = {mark.person_id: mark for mark in Seen.objects.filter(entry=entry, revision__gte=entry.revision)}
    people = tuple(
        PersonReport(
            person_id=pid,
            has_account=pid in accounts,
            by_channel=states.get(pid, {}),
            opened_at=_earliest(opened.get(pid), seen[pid].seen_at if pid in seen else None),
            confirmed_at=seen[pid].done_at if pid in seen else None,
        )
        for pid in families_of(entry).order_by("pk").values_list("pk", flat=True)
    )
    return Report(_counts(people), people)


def _deliveries(entry: Entry) -> tuple[dict[int, dict[str, State]], dict[int, datetime]]:
    rows = Delivery.everything.filter(notice__entry=entry, notice__revision=entry.revision, cut_at=None)
    states: dict[int, dict[str, State]] = {}
    opened: dict[int, datetime] = {}
    for row in rows:
        states.setdefault(row.person_id, {})[row.channel] = state_of(row)
        if row.read_at:
            opened[row.person_id] = row.read_at
    return states, opened


def state_of(row: Delivery) -> State:
    """How far one delivery has come."""
    if row.delivered_at:
        return State.DELIVERED
    if row.sent_at:
        return State.SENT
    return State.FAILED if row.failed_at else State.WAITING


def _earliest(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment), default=None)


def _counts(people: tuple[PersonReport, ...]) -> dict[str, int]:
    def count(holds: Any) -> int:
        return sum(1 for person in people if holds(person))

    def mail(person: PersonReport) -> State:
        return person.by_channel.get(Channel.EMAIL, State.NONE)

    return {
        "people": len(people),
        "no_account": count(lambda one: not one.has_account),
        "told": count(lambda one: Channel.BELL in one.by_channel),
        "mailed": count(lambda one: mail(one) in (State.SENT, State.DELIVERED)),
        "waiting": count(lambda one: mail(one) is State.WAITING),
        "failed": count(lambda one: mail(one) is State.FAILED),
        "opened": count(lambda one: one.opened_at),
        "confirmed": count(lambda one: one.confirmed_at),
    }
