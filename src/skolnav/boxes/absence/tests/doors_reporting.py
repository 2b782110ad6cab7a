"""Who gets in where. What a row says: `skolnav/tests/doors.py`."""

from skolnav.tests.door import FAMILY, Door

DOORS = {
    "absence:index": Door(FAMILY),
}
