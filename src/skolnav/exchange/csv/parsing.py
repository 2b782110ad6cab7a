"""From a row's texts to a weekly time. Every fault is named by row and column; a row with one is left out."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TypeVar

from django.utils.translation import gettext as _

from skolnav.core.tenancy import clock
from skolnav.core.timetable.models.lessons import MOST_WEEKS

from . import columns
from .entities import Cells, CsvRow, Problem

T = TypeVar("T")
DAYS = (
    ("måndag", "mån", "må", "monday", "mon", "1"),
    ("tisdag", "tis", "ti", "tuesday", "tue", "2"),
    ("onsdag", "ons", "on", "wednesday", "wed", "3"),
    ("torsdag", "tors", "tor", "to", "thursday", "thu", "4"),
    ("fredag", "fre", "fr", "friday", "fri", "5"),
)
WEEKDAYS = {word: day for day, words in enumerate(DAYS) for word in words}
TIME = re.compile(r"(\d{1,2})[:.]?(\d{2})(?:[:.]\d{2})?")
ONE_OF = re.compile(r"(?:vecka |v\.? ?)?(\d{1,3}) ?(?:av|/|of) ?(\d{1,3})")
A_WEEK = re.compile(r"([ab])(?:[- ]?veck(?:a|or))?")
EVERY = ("", "varje", "alla", "varje vecka", "alla veckor", "every", "1 av 1")
DATES = ("%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%d/%m %Y", "%d/%m/%Y")
FARTHEST = timedelta(days=3 * 366)
LONGEST = {columns.SUBJECT: 60, columns.CODE: 20, columns.ROOM: 40}


class _Fault(Exception):
    """What is wrong with one cell."""


def parse_rows(cells: Iterable[Cells]) -> tuple[list[CsvRow], list[Problem]]:
    """The rows that were understood, and what is wrong with the others."""
    rows, problems = [], []
    for one in cells:
        row = _Row(one)
        parsed = row.parsed()
        if parsed is None:
            problems += row.problems
        else:
            rows.append(parsed)
    return rows, problems


class _Row:
    def __init__(self, cells: Cells) -> None:
        self.cells = cells
        self.number = int(cells["row"])
        self.problems: list[Problem] = []

    def parsed(self) -> CsvRow | None:
        """The row, or None with its problems gathered."""
        weekday = self._take(columns.WEEKDAY, _weekday)
        starts, ends = self._take(columns.START, _time), self._take(columns.END, _time)
        subject = self._take(columns.SUBJECT, _needed)
        groups = self._take(columns.GROUPS, lambda text: _several(_needed(text)))
        cycle = self._take(columns.WEEKS, _weeks)
        first, last = self._take(columns.FIRST, _date), self._take(columns.LAST, _date)
        for column, longest in LONGEST.items():
            self._take(column, partial(_no_longer, longest))
        if starts and ends and ends <= starts:
            self._problem(columns.END, _("Lektionen slutar innan den börjar. Den kan inte gå över midnatt."))
        if first and last and last < first:
            self._problem(columns.LAST, _("Sista dagen ligger före den första."))
        if (
            self.problems
            or weekday is None
            or not starts
            or not ends
            or not subject
            or not groups
            or not cycle
        ):
            return None
        return CsvRow(
            self.number, weekday, starts, ends, subject, self._text(columns.CODE), groups,
            _several(self._text(columns.TEACHERS)), self._text(columns.ROOM), *cycle, first, last,
        )  # fmt: skip

    def _text(self, column: str) -> str:
        return self.cells.get(column, "")

    def _take(self, column: str, parse: Callable[[str], T]) -> T | None:
        try:
            return parse(self._text(column))
        except _Fault as fault:
            self._problem(column, str(fault))
            return None

    def _problem(self, column: str, text: str) -> None:
        self.problems.append(Problem(self.number, str(columns.TITLES[column]), text))


def _needed(text: str) -> str:
    if not text:
        raise _Fault(_("Står tomt."))
    return text


def _no_longer(longest: int, text: str) -> str:
    if len(text) > longest:
        raise _Fault(_("Är längre än %(count)s tecken.") % {"count": longest})
    return text


def _several(text: str) -> tuple[str, ...]:
    """What | parts, each once, in order."""
    return tuple(dict.fromkeys(part.strip() for part in text.split("|") if part.strip()))


def _weekday(text: str) -> int:
    found = WEEKDAYS.get(_needed(text).casefold().rstrip("."))
    if found is None:
        raise _Fault(_("”%(text)s” är ingen veckodag, måndag till fredag.") % {"text": text})
    return found


def _time(text: str) -> time:
    match = TIME.fullmatch(_needed(text))
    hours, minutes = (int(match[1]), int(match[2])) if match else (99, 0)
    if hours > time.max.hour or minutes > time.max.minute:
        raise _Fault(_("”%(text)s” är ingen tid mellan 00.00 och 23.59. Skriv som 08.10.") % {"text": text})
    return time(hours, minutes)


def _weeks(text: str) -> tuple[int, int]:
    """So many weeks, and which of them (the first is 0)."""
    said = text.casefold()
    if said in EVERY:
        return 1, 0
    letter, counted = A_WEEK.fullmatch(said), ONE_OF.fullmatch(said)
    if letter:
        return 2, int(letter[1] == "b")
    if not counted:
        raise _Fault(
            _("”%(text)s” går inte att förstå. Skriv varje, A, B eller som 1 av 4.") % {"text": text}
        )
    week, weeks = int(counted[1]), int(counted[2])
    if weeks > MOST_WEEKS:
        raise _Fault(_("Ett schema kan rulla på högst 52 veckor."))
    if not 1 <= week <= weeks:
        raise _Fault(_("Veckan kan inte vara större än antalet veckor."))
    return weeks, week - 1


def _date(text: str) -> date | None:
    if not text:
        return None
    for form in DATES:
        try:
            day = datetime.strptime(text, form).replace(tzinfo=clock.STOCKHOLM).date()
        except ValueError:
            continue
        if abs(day - clock.today()) > FARTHEST:
            raise _Fault(_("”%(text)s” ligger mer än tre år bort.") % {"text": text})
        return day
    raise _Fault(_("”%(text)s” är inget datum. Skriv som 2026-08-17.") % {"text": text})
