"""Handing what is due to the carriers: at least once on the wire, exactly once in the books.

A worker takes a few rows by moving their next try five minutes ahead, in one short transaction; what it does
not book as sent by then is anybody's again. So a worker that is killed loses nothing, and two never send the
same letter unless one of them was killed between the sending and the booking. A repeat bears the same
Message-ID.
"""

import logging
from collections import Counter
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import override

from skolnav.core.tenancy import clock
from skolnav.core.tenancy.scope import of_organiser, over_all_organisers

from .addresses import Contact, contacts_of
from .channels import Carrier, GiveUp, Letter, Send, TryAgain, carriers
from .kinds import Kind, find_kind
from .models import Delivery
from .preferences import who_want
from .quiet import is_quiet, morning_after
from .recipients import concerns

log = logging.getLogger(__name__)

BATCH = 20
LEASE = timedelta(minutes=5)
# After the first, second, … try that failed; after the last one it is given up.
PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=3))
MOST_TRIES = len(PAUSES) + 1
NOTICE_PAGE = "home:notice"

Mark = tuple[int, int, datetime]  # delivery, organiser, until when it is ours


def send_due(now: datetime) -> Counter[str]:
    """Send one batch of each channel; counts by outcome: sent, retry, failed, cut, waits."""
    outcomes: Counter[str] = Counter()
    for carrier in carriers():
        marks = claim(carrier.key, now)
        if marks:
            with carrier.open() as send:
                outcomes.update(_send(carrier, send, mark) for mark in marks)
    return outcomes


def claim(channel: str, now: datetime) -> list[Mark]:
    """Take a batch of what waits, for five minutes; nobody else takes it meanwhile."""
    with over_all_organisers():
        due = Delivery.everything.filter(Delivery.WAITING, channel=channel, next_try_at__lte=now)
        if not due.exists():  # the usual case, which asks for no write lock
            return []
        with transaction.atomic():
            # Tried to the end, and never booked: whoever tried was killed each time.
            due.filter(attempts__gte=MOST_TRIES).update(failed_at=now, error="NoAnswer")
            rows = list(
                due.select_for_update(skip_locked=True)
                .order_by("next_try_at", "pk")
                .values_list("pk", "organiser_id")[:BATCH]
            )
            until = now + LEASE
            Delivery.everything.filter(pk__in=[pk for pk, _ in rows]).update(
                next_try_at=until, attempts=F("attempts") + 1
            )
    return [(pk, organiser_id, until) for pk, organiser_id in rows]


def _send(carrier: Carrier, send: Send, mark: Mark) -> str:
    """Look once more whether the letter should go, send it, and book how it went."""
    pk, organiser_id, until = mark
    with of_organiser(organiser_id):
        now = clock.now()
        mine = Delivery.everything.filter(Delivery.WAITING, pk=pk, next_try_at=until)
        # Renewed for each letter: the ones before it may have been slow. None: it was cut, or is another's now.
        if not mine.update(next_try_at=now + LEASE):
            return "cut"
        delivery = Delivery.everything.select_related("notice__entry").get(pk=pk)
        kind = find_kind(delivery.notice.kind)
        if kind and not kind.is_urgent and is_quiet(now):
            return _book(pk, "waits", next_try_at=morning_after(now), attempts=F("attempts") - 1)
        contact = contacts_of([delivery.person_id]).get(delivery.person_id)
        reason = _reason_to_cut(delivery, kind, carrier, contact)
        if reason or kind is None or contact is None:
            return _book(pk, "cut", cut_at=now, error=reason)
        return _try(send, _letter(delivery, kind, contact), delivery)


def _reason_to_cut(delivery: Delivery, kind: Kind | None, carrier: Carrier, contact: Contact | None) -> str:
    """Why it may no longer go, at the last moment before it does; empty when it may."""
    if kind is None:
        return "UnknownKind"
    if contact is None or not carrier.reaches(contact):
        return "NoAddress"
    if not who_want(kind, carrier.key, [delivery.person_id]):
        return "NotWanted"
    return "" if concerns(delivery.notice, delivery.person_id) else "NoRight"


def _letter(delivery: Delivery, kind: Kind, contact: Contact) -> Letter:
    link = settings.PUBLIC_URL + reverse(NOTICE_PAGE, kwargs={"notice": delivery.notice.public_id})
    with override(contact.language):
        return Letter(reference_of(delivery), contact, str(kind.outside), link)


def reference_of(delivery: Delivery) -> str:
    """The delivery's name to the world: always the same, and telling nothing."""
    return salted_hmac("skolnav.notifications.delivery", str(delivery.pk)).hexdigest()[:32]


def _try(send: Send, letter: Letter, delivery: Delivery) -> str:
    try:
        send(letter)
    except TryAgain as failure:
        return _book_failure(delivery, str(failure), is_final=False)
    except GiveUp as failure:
        return _book_failure(delivery, str(failure), is_final=True)
    except Exception as failure:  # (a fault in one letter must not keep the rest from going)
        log.exception("A delivery failed in a way that its carrier does not know.")
        return _book_failure(delivery, type(failure).__name__, is_final=False)
    return _book(delivery.pk, "sent", sent_at=clock.now(), next_try_at=None, error="")


def _book_failure(delivery: Delivery, error: str, *, is_final: bool) -> str:
    now = clock.now()
    if is_final or delivery.attempts > len(PAUSES):
        return _book(delivery.pk, "failed", failed_at=now, next_try_at=None, error=error[:60])
    again = now + PAUSES[delivery.attempts - 1]
    return _book(delivery.pk, "retry", next_try_at=again, error=error[:60])


def _book(pk: int, outcome: str, **columns: object) -> str:
    """Exactly once: a row that is sent or failed is not touched again. One that was cut while its letter was on
    the wire was sent all the same, and says so."""
    Delivery.everything.filter(pk=pk, sent_at=None, failed_at=None).update(**columns)
    return outcome
