"""Taking values out of a row of JSON that may hold anything. Every method answers; faults become problems."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeVar

from skolnav.core.people.models.protection import SecurityMarking
from skolnav.core.tenancy.clock import STOCKHOLM

from .entities import Period
from .problems import Problem, Reason

T = TypeVar("T")

LONGEST_ID = 64
EARLIEST = date(1850, 1, 1)
# A start in 2099 is a slip of the finger; an end in 2099 is a register's way of saying "until further notice".
FARTHEST_START = timedelta(days=2 * 366)
FARTHEST_END = timedelta(days=40 * 366)
LONGEST_VALUE_TOLD = 60

# PostgreSQL refuses NUL and lone surrogates; the rest has no place in a name.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")

# Markings by the value that the standard writes. "Ingen" is told apart from silence.
UNMARKED = "Ingen"
MARKINGS: Mapping[str, SecurityMarking] = {marking.value: marking for marking in SecurityMarking}


@dataclass(slots=True)
class Notes:
    """What a reading gathers beside its entities."""

    today: date
    problems: list[Problem] = field(default_factory=list)
    # By person. A reference to a person may carry a marking too.
    markings: dict[str, SecurityMarking] = field(default_factory=dict)

    def mark(self, person: str, marking: SecurityMarking) -> None:
        """Of several markings of one person the strictest counts."""
        if strictness(marking) > strictness(self.markings.get(person)):
            self.markings[person] = marking


@dataclass(slots=True)
class Row:
    """One object of a list, or an object inside it: `type` and `id` are the list's and the outer row's."""

    type: str
    id: str
    raw: Mapping[str, object]
    notes: Notes
    path: str = ""

    def report(self, reason: Reason, key: str = "", value: str = "") -> None:
        self.notes.problems.append(
            Problem(self.type, self.id, reason, self._path_of(key), clean(value)[:LONGEST_VALUE_TOLD])
        )

    def _path_of(self, key: str) -> str:
        return f"{self.path}.{key}".strip(".")

    def text(self, key: str, longest: int) -> str | None:
        """The text without spaces around it; None where the source says nothing that can be used."""
        value = self.raw.get(key)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str):
            self.report(Reason.WRONG_TYPE, key)
            return None
        value = clean(value)
        if len(value) > longest:
            self.report(Reason.TEXT_TOO_LONG, key)
            return None
        return value

    def boolean(self, key: str) -> bool:
        value = self.raw.get(key, False)
        if value is not None and not isinstance(value, bool):
            self.report(Reason.WRONG_TYPE, key)
        return value is True

    def whole_number(self, key: str, least: int, most: int) -> int | None:
        value = self.raw.get(key)
        if value is None:
            return None
        if isinstance(value, str) and re.fullmatch("[0-9]{1,3}", value.strip()):
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool):
            self.report(Reason.WRONG_TYPE, key)
            return None
        if not least <= value <= most:
            self.report(Reason.UNKNOWN_VALUE, key, str(value)[:20])
            return None
        return value

    def choice(self, key: str, known: Mapping[str, T]) -> T | None:
        """What the standard's word stands for. An unknown word is reported, and None."""
        value = self.text(key, longest=200)
        if value is None:
            return None
        for word, meaning in known.items():
            if word.casefold() == value.casefold():
                return meaning
        self.report(Reason.UNKNOWN_VALUE, key, value)
        return None

    def date(self, key: str) -> date | None:
        """A full-date; of a date-time only its date is taken."""
        value = self.raw.get(key)
        if value is None or value == "":
            return None
        day = _date(value)
        if day is None:
            self.report(Reason.INVALID_DATE, key)
        return day

    def moment(self, key: str) -> datetime | None:
        """A date-time; without an offset it is read as Stockholm's."""
        value = self.raw.get(key)
        if value is None:
            return None
        try:
            moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            moment = None
        if moment is None:
            self.report(Reason.INVALID_DATE, key)
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=STOCKHOLM)

    def period(self) -> Period | None:
        """`startDate` and `endDate`; None, reported, where they make no period."""
        start, end = self.date("startDate"), self.date("endDate")
        if (start is None and self.raw.get("startDate")) or (end is None and self.raw.get("endDate")):
            return None  # an unreadable end may not turn into "for ever"
        if start and not EARLIEST <= start <= self.notes.today + FARTHEST_START:
            self.report(Reason.IMPLAUSIBLE_DATE, "startDate", start.isoformat())
            return None
        if end and end < EARLIEST:
            self.report(Reason.IMPLAUSIBLE_DATE, "endDate", end.isoformat())
            return None
        if end and end > self.notes.today + FARTHEST_END:
            self.report(Reason.IMPLAUSIBLE_DATE, "endDate", end.isoformat())
            end = None
        if start and end and end < start:
            self.report(Reason.ENDS_BEFORE_START, self.path or self.type)
            return None
        return Period(start, end)

    def reference(self, key: str) -> str | None:
        """The id that a reference holds; a marking on it is noted. None, reported, where there is none."""
        inner = self.raw.get(key)
        if isinstance(inner, Mapping):
            found = id_of(inner)
            if found:
                self._note_marking(found, inner)
                return found
        self.report(Reason.MISSING_FIELD if inner is None else Reason.WRONG_TYPE, f"{key}.id")
        return None

    def _note_marking(self, person: str, inner: Mapping[str, object]) -> None:
        marking = MARKINGS.get(str(inner.get("securityMarking")))
        if marking:
            self.notes.mark(person, marking)

    def objects(self, key: str) -> "Iterator[Row]":
        """The objects of an inner list; what is not an object is reported and left out."""
        inner = self.raw.get(key)
        if inner is None:
            return
        if not isinstance(inner, list):
            self.report(Reason.WRONG_TYPE, key)
            return
        for item in inner:
            if isinstance(item, Mapping):
                yield Row(self.type, self.id, item, self.notes, self._path_of(key))
            else:
                self.report(Reason.WRONG_TYPE, key)

    def each(self, key: str, parse: "Callable[[Row], T | None]") -> tuple[tuple[T, ...], bool]:
        """The inner list as entities, and whether all of it was understood. Repeats count once."""
        before = len(self.notes.problems)
        found: Counter[T] = Counter(entity for row in self.objects(key) if (entity := parse(row)) is not None)
        was_understood = len(self.notes.problems) == before
        if any(times > 1 for times in found.values()):
            self.report(Reason.REPEATED, key)
        return tuple(found), was_understood


def strictness(marking: SecurityMarking | str | None) -> int:
    """Skyddad folkbokföring is stricter than sekretessmarkering, and that than none."""
    return [None, SecurityMarking.CONFIDENTIALITY, SecurityMarking.PROTECTED_REGISTRATION].index(
        SecurityMarking(marking) if marking else None
    )


def clean(text: str) -> str:
    """Text without control characters and other things that no database or terminal should meet."""
    return " ".join(_UNPRINTABLE.sub(" ", text).split())


def id_of(raw: Mapping[str, object]) -> str | None:
    """The row's id. UUIDs are compared without regard to case; other ids are taken as they are."""
    value = raw.get("id")
    if not isinstance(value, str):
        return None
    value = clean(value).lower()
    return value if 0 < len(value) <= LONGEST_ID else None


def _date(value: object) -> date | None:
    if not isinstance(value, str) or not re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}($|T)", value):
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None
