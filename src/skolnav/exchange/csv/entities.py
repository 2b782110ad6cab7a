"""What a timetable file says, before anybody has looked into the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

Cells = Mapping[str, str]
"""One row's texts by column; "row" is its number as a spreadsheet counts it (the headings are row 1)."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that has to be put right in the file: row (0 for the file as a whole), column and a sentence."""

    row: int
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class CsvRow:
    """A weekly time as a row says it. No days: the school year's. `week` of `weeks`, the first is 0."""

    number: int
    weekday: int
    starts_at: time
    ends_at: time
    subject: str
    code: str
    groups: tuple[str, ...]
    teachers: tuple[str, ...] = ()
    room: str = ""
    weeks: int = 1
    week: int = 0
    first_day: date | None = None
    last_day: date | None = None


class UnreadableFile(Exception):
    """The file as a whole cannot be read; the text says why, to the person who chose it."""
