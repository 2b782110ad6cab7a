"""`skolnav rotate-secrets`: the second step of a change of secret key."""

from .console import out, progress
from .failures import Complaint
from .surroundings import start_django


def rotate_secrets() -> None:
    """Write all encrypted columns anew with the present secret key, so that the old one can be thrown away.

    Before it: put the key in use until now into SKOLNAV_OLD_SECRET_KEYS, give SKOLNAV_SECRET_KEY a new one, and
    restart. The house stays open. It can be stopped and run again.
    """
    start_django()
    from django.conf import settings

    from skolnav.core.people.rotation import rewrite_secrets

    if not settings.SECRET_KEY_FALLBACKS:
        raise Complaint(
            "There is no old key to rotate away from: SKOLNAV_OLD_SECRET_KEYS is empty.",
            "Put the key in use until now there, a new one into SKOLNAV_SECRET_KEY, restart, and run this again.",
        )
    with progress() as bars:
        bar = bars.add_task("Encrypted rows", total=None)
        rows = rewrite_secrets(lambda count: bars.advance(bar, count))
    out.print(f"{rows} rows are written with the present key. Empty SKOLNAV_OLD_SECRET_KEYS and restart.")
