"""The words of the door table: who there is, and what a door is. The table itself: `doors.py`, and one in each box."""

from dataclasses import dataclass

FAMILY = frozenset({"anna", "omar", "maja", "erik", "kim", "elis", "gun"})
STAFF = frozenset({"sara", "erik", "nour", "pelle", "ingrid", "lena", "ulla", "greta"})
WRITERS = STAFF - {"pelle"}  # a substitute has no group of his own
ALL = FAMILY | STAFF
OFFICE = frozenset({"lena", "greta"})
NOBODY: frozenset[str] = frozenset()

KIMS = frozenset({"anna", "omar", "kim"})
OF_5B = KIMS | {"maja", "elis"}
LENA, GRETA, GUN = frozenset({"lena"}), frozenset({"greta"}), frozenset({"gun"})
EDITORS = frozenset({"sara", "ingrid", "lena"})


@dataclass(frozen=True)
class Door:
    """Who gets in with Ekdal's objects and who with Granby's; `is_public` needs no login."""

    ekdal: frozenset[str] = ALL
    granby: frozenset[str] | None = None
    is_public: bool = False


PUBLIC = Door(is_public=True)
OFFICE_PAGE = Door(OFFICE)
OFFICE_OBJECT = Door(LENA, GRETA)
PIECE = Door(EDITORS, GRETA)
