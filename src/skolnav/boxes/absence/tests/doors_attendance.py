"""Who gets in where. What a row says: `skolnav/tests/doors.py`."""

from skolnav.tests.door import STAFF, Door

DOORS = {
    "absence_staff:index": Door(STAFF),
}
