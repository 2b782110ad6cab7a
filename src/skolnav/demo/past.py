"""A fresh demo has a past: what its autumn told is told, read long ago and mailed, and the mailbox is empty."""

from datetime import timedelta

from django.db.models import F

from skolnav.core.notifications.fanout import fan_out_due
from skolnav.core.notifications.models import Delivery
from skolnav.core.notifications.terms import Channel
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.scope import over_all_organisers

STILL_NEW = timedelta(days=3)


def let_the_past_be_told() -> None:
    """Ring every bell that is due and book the letters as sent then; what is older than three days has been read.

    To be called once, after the autumn was written. What is due later waits for the worker as usual.
    """
    now = clock.now()
    fan_out_due(now)
    with over_all_organisers():
        Delivery.everything.filter(Delivery.WAITING).update(sent_at=F("due_at"), next_try_at=None)
        bells = Delivery.everything.filter(channel=Channel.BELL, due_at__lt=now - STILL_NEW)
        bells.update(read_at=F("due_at") + timedelta(hours=2))
