"""Who gets in where. What a row says: `skolnav/tests/doors.py`."""

from skolnav.tests.door import FAMILY, STAFF, Door

DOORS = {
    "schedule:index": Door(FAMILY),
    "schedule_staff:index": Door(STAFF),
}
