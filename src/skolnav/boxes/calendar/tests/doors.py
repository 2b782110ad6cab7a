"""Who gets in where. What a row says: `skolnav/tests/doors.py`."""

from skolnav.tests.door import FAMILY, GUN, OF_5B, PIECE, STAFF, WRITERS, Door

DOORS = {
    "calendar:index": Door(FAMILY),
    "calendar:entry": Door(OF_5B | {"erik"}, GUN),  # Erik works at the school, and is a guardian too
    "calendar_staff:index": Door(STAFF),
    "calendar_staff:new": Door(WRITERS),
    "calendar_staff:change": PIECE,
    "calendar_staff:cancel": PIECE,
    "calendar_staff:remove": PIECE,
    "calendar_staff:restore": PIECE,
}
