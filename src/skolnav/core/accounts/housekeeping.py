"""What the accounts' tables need not remember any longer. The worker calls it now and then."""

from datetime import timedelta

from skolnav.core.tenancy import clock

from .limits import KNOWN_FOR
from .models import AttemptCount, KnownPlace, OneTimeLink, Session


def forget_old() -> int:
    """Delete ended sessions, old counts, links and places; gives how many rows went."""
    now = clock.now()
    old = (
        Session.objects.filter(expire_date__lt=now),
        AttemptCount.objects.filter(window__lt=now - timedelta(days=1)),
        OneTimeLink.objects.filter(expires_at__lt=now - timedelta(days=1)),
        KnownPlace.objects.filter(last_login_at__lt=now - KNOWN_FOR),
    )
    return sum(rows.delete()[0] for rows in old)
