"""The door table: every URL, and who of the cast it opens to. A URL that does not stand here fails the build.

Each row says who gets in when the objects of the address are Ekdal's (Kim's, class 5B's, Sara's), and who when
they are Granby's. Everybody else gets 404, and whoever is not logged in is led to the login page.

A box keeps its own rows in `tests/doors.py` (or several, `tests/doors_….py`):

    DOORS        the URL's name -> its Door
    rows(home)   the objects that its addresses name, made for a municipality: word -> row
    ROWS_OF_URL  (the URL's name, parameter) -> word, where the parameter's own name is not enough
    WORDS        parameter -> value, for parameters that name no row
"""

from importlib import import_module
from pathlib import Path
from types import ModuleType

from skolnav.core.tenancy.clock import today

from .door import (
    EDITORS,
    FAMILY,
    GRETA,
    GUN,
    KIMS,
    LENA,
    NOBODY,
    OF_5B,
    OFFICE_OBJECT,
    OFFICE_PAGE,
    PUBLIC,
    STAFF,
    Door,
)

DOORS = {
    # The family's start page and what hangs on it
    "home:start": Door(),
    "home:child": Door(KIMS, GUN),
    "home:search": Door(FAMILY),
    "home:more": Door(),
    "home:bell": Door(),
    "home:bell_count": PUBLIC,
    "home:bell_all_read": Door(),
    "home:notice": Door(OF_5B, GUN),
    # The house
    "web:robots": PUBLIC,
    "web:security-contact": PUBLIC,
    "web:accessibility": PUBLIC,
    "web:language": PUBLIC,
    "web:health": PUBLIC,
    "help:index": PUBLIC,
    "files:download": Door(OF_5B | EDITORS, GUN | GRETA),
    "files:picture": Door(OF_5B | EDITORS, GUN | GRETA),
    # Login and account
    "login:password": PUBLIC,
    "login:logout": PUBLIC,
    "login:first": Door(),
    "login:forgotten": PUBLIC,
    "login:sent": PUBLIC,
    "login:forgotten_username": PUBLIC,
    "login:new_password": PUBLIC,
    "login:open_link": PUBLIC,
    "login:verification": PUBLIC,
    "login:verify": PUBLIC,
    "account:index": Door(),
    "account:username": Door(),
    "account:password": Door(),
    "account:contact": Door(),
    "account:language": Door(),
    "account:notices": Door(),
    "account:log_out_there": Door(),
    "account:log_out_elsewhere": Door(),
    # Staff
    "workplace:start": Door(STAFF),
    "workplace:publish": Door(STAFF),
    "workplace:search": Door(STAFF),
    "publishing:reach": Door(STAFF),
    # The office
    "office:start": OFFICE_PAGE,
    "office:choose_for_pupil": OFFICE_PAGE,
    "office:choose_for_staff": OFFICE_PAGE,
    "office:new_pupil": OFFICE_OBJECT,
    "office:new_staff": OFFICE_OBJECT,
    "office:person": OFFICE_OBJECT,
    "office:show": OFFICE_OBJECT,
    "office:change": OFFICE_OBJECT,
    "office:history": OFFICE_OBJECT,
    "office:protect": OFFICE_OBJECT,
    "office:ask_to_lower": OFFICE_OBJECT,
    "office:keep_protection": OFFICE_OBJECT,
    "office:confirm_lowering": OFFICE_OBJECT,
    "office:new_guardian": OFFICE_OBJECT,
    "office:link_guardian": OFFICE_OBJECT,
    "office:end_custody": OFFICE_OBJECT,
    "office:restore_custody": Door(LENA, NOBODY),  # nobody in Granby has lost a custody
    "office:restrict_custody": OFFICE_OBJECT,
    "office:lift_restriction": OFFICE_OBJECT,
    "office:add_place": OFFICE_OBJECT,
    "office:place": OFFICE_OBJECT,
    "office:leave": OFFICE_OBJECT,
    "office:add_duty": OFFICE_OBJECT,
    "office:assignments": OFFICE_OBJECT,
    "office:end_duty": OFFICE_OBJECT,
    "office:end_wide_duty": Door(NOBODY, NOBODY),  # a teacher has no duty for the whole organiser
    "office:one_login": OFFICE_OBJECT,
    "office:logins": OFFICE_PAGE,
    "office:run": OFFICE_OBJECT,
    "office:letters": OFFICE_OBJECT,
    "office:forget_letters": OFFICE_OBJECT,
    "office:school_logins": OFFICE_OBJECT,
    "office:staff_logins": OFFICE_OBJECT,
    "office:group_logins": OFFICE_OBJECT,
    "office:schools": OFFICE_PAGE,
    "office:school": OFFICE_OBJECT,
    "office:boxes": OFFICE_OBJECT,
    "office:years": OFFICE_PAGE,
    "office:new_year": OFFICE_PAGE,
    "office:year": OFFICE_PAGE,
    # A timetable from a file; its plan is seen by whoever chose the file
    "exchange:timetable": Door(frozenset({"ingrid", "lena"}), GRETA),
    "exchange:timetable_template": Door(frozenset({"ingrid", "lena"}), GRETA),
    "exchange:timetable_plan": OFFICE_OBJECT,
}

# What an address calls a row -> which row stands behind it; by the URL's name where the word is not enough.
ROWS = {"person": "pupil", "item": "news"}
ROWS_OF_URL = {
    ("office:assignments", "person"): "colleague",
    ("office:end_duty", "person"): "colleague",
    ("office:restore_custody", "guardian"): "lost_custody",
    ("exchange:timetable_plan", "file"): "timetable_file",
}
WORDS = {"width": 320, "token": "a" * 43, "start": today().year - (today().month < 8)}

# Pages that exist in the demo alone.
DEMO_ONLY = {"mailbox:index", "mailbox:letter"}


def _of_the_boxes() -> list[ModuleType]:
    boxes = Path(__file__).parents[1] / "boxes"
    return [
        import_module(f"skolnav.boxes.{file.parents[1].name}.tests.{file.stem}")
        for file in sorted(boxes.glob("*/tests/doors*.py"))
    ]


OF_BOXES = _of_the_boxes()
for _box in OF_BOXES:
    DOORS |= _box.DOORS
    ROWS_OF_URL |= getattr(_box, "ROWS_OF_URL", {})
    WORDS |= getattr(_box, "WORDS", {})
