"""The columns of a timetable file: what they are called here, and what people call them."""

import re
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

WEEKDAY, START, END, SUBJECT, CODE = "weekday", "start", "end", "subject", "code"
GROUPS, TEACHERS, ROOM, WEEKS, FIRST, LAST = "groups", "teachers", "room", "weeks", "first_day", "last_day"

# As they are told to people, and stand in the template file.
TITLES = {
    WEEKDAY: _("veckodag"),
    START: _("start"),
    END: _("slut"),
    SUBJECT: _("ämne"),
    CODE: _("ämneskod"),
    GROUPS: _("klass"),
    TEACHERS: _("lärare"),
    ROOM: _("sal"),
    WEEKS: _("veckor"),
    FIRST: _("från datum"),
    LAST: _("till datum"),
}
REQUIRED = (WEEKDAY, START, END, SUBJECT, GROUPS)
SYNONYMS: Mapping[str, Sequence[str]] = {
    WEEKDAY: ("veckodag", "dag", "weekday", "day"),
    START: ("start", "starttid", "börjar", "kl från", "från kl", "tid från", "start time"),
    END: ("slut", "sluttid", "slutar", "kl till", "till kl", "tid till", "end", "end time"),
    SUBJECT: ("ämne", "aktivitet", "ämne/aktivitet", "ämnesnamn", "kurs", "lektion", "subject", "activity"),
    CODE: ("ämneskod", "kod", "kurskod", "subject code", "code"),
    GROUPS: ("klass", "grupp", "klass/grupp", "klasser", "grupper", "undervisningsgrupp", "class", "group"),
    TEACHERS: ("lärare", "lärarsignatur", "signatur", "pedagog", "teacher", "teachers"),
    ROOM: ("sal", "lokal", "rum", "salar", "room"),
    WEEKS: ("veckor", "vecka", "schemavecka", "weeks", "week"),
    FIRST: ("från datum", "från", "startdatum", "fr.o.m.", "from", "start date"),
    LAST: ("till datum", "till", "slutdatum", "t.o.m.", "to", "end date"),
}


def _plain(title: str) -> str:
    return re.sub(r"[\s._-]+", "", title.casefold())


_KNOWN = {_plain(word): name for name, words in SYNONYMS.items() for word in words}


def column_of(title: str) -> str | None:
    """The column that a heading names, however it is written; None for one that is not ours."""
    return _KNOWN.get(_plain(title))
