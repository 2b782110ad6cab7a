"""Who gets in where. What a row says: `skolnav/tests/doors.py`."""

from skolnav.tests.door import FAMILY, GUN, OF_5B, PIECE, STAFF, WRITERS, Door

DOORS = {
    "information:index": Door(FAMILY),
    "information:files": Door(FAMILY),
    "information:links": Door(FAMILY),
    "information:news": Door(OF_5B, GUN),
    "information:confirm": Door(OF_5B, GUN),
    "information_staff:index": Door(STAFF),
    "information_staff:new": Door(WRITERS),
    "information_staff:preview": Door(WRITERS),
    "information_staff:documents": Door(STAFF),
    "information_staff:document": PIECE,
    "information_staff:document_away": PIECE,
    "information_staff:links": Door(STAFF),
    "information_staff:link": PIECE,
    "information_staff:link_away": PIECE,
    "information_staff:change": PIECE,
    "information_staff:look": PIECE,
    "information_staff:copy": PIECE,
    "information_staff:withdraw": PIECE,
    "information_staff:publish_again": PIECE,
    "information_staff:delete": PIECE,
    "information_staff:readers": PIECE,
    "information_staff:remind": PIECE,
}
ROWS_OF_URL = {
    ("information_staff:document", "row"): "document",
    ("information_staff:document_away", "row"): "document",
    ("information_staff:link", "row"): "link",
    ("information_staff:link_away", "row"): "link",
    ("information_staff:delete", "item"): "draft",
}
