"""A fresh demo has a past: what its autumn told is told, read long ago and mailed, and the mailbox is empty."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import F

from skolnav.core.notifications.fanout import fan_out_due
from skolnav.core.notifications.models import Delivery, Notice
from skolnav.core.notifications.terms import Channel
from skolnav.core.people.models import Person
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.scope import over_all_organisers

STILL_NEW = timedelta(days=4)


# A bell that nobody looks this far back in is not filled.
LONG_AGO = timedelta(days=14)


def let_the_past_be_told(letters_for: Iterable[Person] = ()) -> None:
    """Ring every bell that is due and book the letters as sent then; what is older than four days has been read.

    To be called once, after the autumn was written. What is due later waits for the worker as usual, and so do
    letters of the last days to `letters_for`: the first sweep puts them into the mailbox.
    """
    now = clock.now()
    with over_all_organisers():
        Notice.everything.filter(due_at__lt=now - LONG_AGO).update(fanned_out_at=F("due_at"))
    fan_out_due(now)
    with over_all_organisers():
        told = Delivery.everything.filter(Delivery.WAITING).exclude(
            person__in=[person.pk for person in letters_for]
        )
        told.update(sent_at=F("due_at"), next_try_at=None)
        bells = Delivery.everything.filter(channel=Channel.BELL, due_at__lt=now - STILL_NEW)
        bells.update(read_at=F("due_at") + timedelta(hours=2))
