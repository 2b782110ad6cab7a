"""The door table: every URL, and who of the cast it opens to. A URL that does not stand here fails the build.

Each row says who gets in when the objects of the address are Ekdal's (Kim's, class 5B's, Sara's), and who when
they are Granby's. Everybody else gets 404, and whoever is not logged in is led to the login page.
"""

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
    # Information
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
    # Kalender
    "calendar:index": Door(FAMILY),
    "calendar:entry": Door(OF_5B | {"erik"}, GUN),  # Erik works at the school, and is a guardian too
    "calendar_staff:index": Door(STAFF),
    "calendar_staff:new": Door(WRITERS),
    "calendar_staff:change": PIECE,
    "calendar_staff:cancel": PIECE,
    "calendar_staff:remove": PIECE,
    "calendar_staff:restore": PIECE,
}

# Pages that exist in the demo alone.
DEMO_ONLY = {"mailbox:index", "mailbox:letter"}
