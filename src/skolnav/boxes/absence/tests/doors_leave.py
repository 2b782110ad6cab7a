"""Who gets in where. What a row says: `skolnav/tests/doors.py`."""

DOORS = {}
