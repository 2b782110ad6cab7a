"""Who gets in where. What a row says: `skolnav/tests/doors.py`."""

from skolnav.core.tenancy.clock import today
from skolnav.tests.door import FAMILY, STAFF, Door

DOORS = {
    "schedule:index": Door(FAMILY),
    "schedule:day": Door(FAMILY),
    "schedule_staff:index": Door(STAFF),
}
WORDS = {"day": today()}
