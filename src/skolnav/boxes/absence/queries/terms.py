"""The terms that an overview can be of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from skolnav.core.schools.calendar import SchoolCalendar

_AUTUMN_BEGINS = 7
# A household keeps no longer archive in the portal than a child's years at school.
MOST_TERMS = 20


@dataclass(frozen=True, slots=True)
class TermChoice:
    """A term by its name, "Höstterminen 2026"; `value` stands in the address."""

    first_day: date
    last_day: date
    name: str

    @property
    def value(self) -> str:
        return self.first_day.isoformat()


def begun_terms(calendar: SchoolCalendar, today: date) -> list[TermChoice]:
    """The terms that have begun, the latest first; the school year so far where the organiser has entered none."""
    begun = sorted((one for one in calendar.terms if one.first_day <= today), key=lambda one: one.first_day)
    if not begun:
        august = date(today.year if today.month > _AUTUMN_BEGINS else today.year - 1, 8, 1)
        return [TermChoice(august, today, _("Läsåret"))]
    return [_term(one.first_day, one.last_day) for one in reversed(begun[-MOST_TERMS:])]


def chosen_term(terms: Sequence[TermChoice], asked: str) -> TermChoice:
    """The term of an address; the latest for one that makes no sense."""
    return next((one for one in terms if one.value == asked), terms[0])


def _term(first: date, last: date) -> TermChoice:
    name = _("Höstterminen %(year)s") if first.month >= _AUTUMN_BEGINS else _("Vårterminen %(year)s")
    return TermChoice(first, last, name % {"year": first.year})
