"""Acting in the past."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from unittest.mock import patch

from django.utils import timezone


@contextmanager
def acting_at(moment: datetime) -> Iterator[None]:
    """Turn the clock of this process to a moment, for what is written in the demo's past.

    Actions take their time from the clock, as they should: a parameter for another one would be a way to lie in
    the product. The demo is built by a command of its own, before anything is served, so its clock can be turned;
    rows, audit, feed and notices then all bear the same, true-looking time.
    """
    with patch.object(timezone, "now", lambda: moment):
        yield
