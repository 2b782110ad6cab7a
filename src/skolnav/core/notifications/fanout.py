"""From a notice that is due to one delivery per person and channel."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice

from django.db import IntegrityError, transaction
from django.db.models import Q

from skolnav.core.tenancy.scope import of_organiser, over_all_organisers

from .addresses import Contact, contacts_of
from .channels import Carrier, carriers
from .kinds import Kind, find_kind
from .models import Delivery, Notice
from .preferences import who_want
from .quiet import morning_after
from .recipients import recipients_of
from .terms import Channel

log = logging.getLogger(__name__)

BATCH = 1000
# What has waited longer (no worker ran, or it was published with an old date) stands in the bell alone.
OLD_NEWS = timedelta(days=3)
_GOES_OR_WENT = Q(cut_at=None) | Q(sent_at__isnull=False)


def fan_out_due(now: datetime) -> int:
    """Fan out every notice whose time has come; gives how many. Interrupted anywhere, it can simply be done again."""
    with over_all_organisers():
        due = list(
            Notice.everything.filter(fanned_out_at=None, due_at__lte=now)
            .order_by("due_at")
            .values_list("pk", "organiser_id")
        )
    for notice_id, organiser_id in due:
        with of_organiser(organiser_id):
            _fan_out(notice_id, now)
    return len(due)


def _fan_out(notice_id: int, now: datetime) -> None:
    notice = Notice.everything.select_related("entry").filter(pk=notice_id).first()
    if notice is None:  # withdrawn since we looked
        return
    kind = find_kind(notice.kind)
    if kind is None:
        log.error("Nobody is told of a notice whose kind %s no box registers.", notice.kind)
    else:
        try:
            _tell(notice, kind, now)
        except IntegrityError:  # withdrawn under our hands: its entry took the notice along
            return
    # Not if somebody has asked for it once more meanwhile: then it is fanned out again.
    Notice.everything.filter(pk=notice.pk, asked_at=notice.asked_at).update(fanned_out_at=now)


def _tell(notice: Notice, kind: Kind, now: datetime) -> None:
    for people in batched(recipients_of(notice).values_list("pk", flat=True), BATCH):
        with transaction.atomic():
            _deliver(notice, kind, people, now)
    _take_back(notice, now)


def _deliver(notice: Notice, kind: Kind, people: Sequence[int], now: datetime) -> None:
    """The rows of these people; those who have theirs already keep it, and get it back if it was cut."""
    rows = [_row(notice, person_id, Channel.BELL, sent_at=now) for person_id in people]
    if now - notice.due_at < OLD_NEWS:
        leaves_at = now if kind.is_urgent else morning_after(now)
        contacts = contacts_of(people)
        for carrier in carriers():
            wanting = who_want(kind, carrier.key, people)
            if carrier.key in kind.once_by:
                wanting = wanting - _told_before(notice, carrier.key, people)
            reached = [pid for pid in people if pid in wanting and _reaches(carrier, contacts.get(pid))]
            rows += [_row(notice, person_id, carrier.key, next_try_at=leaves_at) for person_id in reached]
    Delivery.everything.bulk_create(rows, ignore_conflicts=True)
    Delivery.everything.filter(notice=notice, person__in=people).exclude(cut_at=None).update(cut_at=None)


def _reaches(carrier: Carrier, contact: Contact | None) -> bool:
    return contact is not None and carrier.reaches(contact)


def _told_before(notice: Notice, channel: str, people: Sequence[int]) -> set[int]:
    """Those whom an earlier revision of the same fact has reached by a channel, or is on its way to."""
    earlier = Delivery.everything.filter(
        notice__kind=notice.kind,
        notice__fact=notice.fact,
        notice__revision__lt=notice.revision,
        channel=channel,
        person__in=people,
    )
    return set(earlier.filter(failed_at=None).filter(_GOES_OR_WENT).values_list("person_id", flat=True))


def _row(notice: Notice, person_id: int, channel: str, **state: datetime) -> Delivery:
    """A row of the books, dated as the fact is: a bell that rings late still says when it was."""
    of = {"organiser_id": notice.organiser_id, "notice": notice, "person_id": person_id}
    return Delivery(**of, channel=channel, due_at=notice.due_at, **state)


def _take_back(notice: Notice, now: datetime) -> None:
    """Cut what a narrower audience has lost, and what this revision replaces: one row per fact in the bell."""
    live = Delivery.everything.filter(cut_at=None)
    live.filter(notice=notice).exclude(person__in=recipients_of(notice)).update(cut_at=now)
    same = Q(kind=notice.kind, fact=notice.fact)
    if notice.entry_id is not None:  # of whatever kind: "changed" replaces "published"
        same |= Q(entry=notice.entry_id)
    earlier = Notice.everything.filter(same, revision__lt=notice.revision)
    kind = find_kind(notice.kind)
    # What goes once for all revisions goes on waiting under its first.
    live.filter(notice__in=earlier).exclude(channel__in=kind.once_by if kind else ()).update(cut_at=now)


def batched(values: Iterable[int], size: int) -> Iterator[list[int]]:
    """The values in lists of at most `size`."""
    iterator = iter(values)
    while batch := list(islice(iterator, size)):
        yield batch
