"""Rows with everything they name looked up: groups, teachers, days. What nobody knows is a problem of its row."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from django.utils.translation import gettext as _

from skolnav.boxes.schedule.queries.patterns import Pattern
from skolnav.core.timetable.models import Activity

from . import columns
from .entities import CsvRow, Problem
from .snapshot import PREFIX, Snapshot

BREAKS = ("rast", "lunch")


@dataclass(frozen=True, slots=True)
class Placed:
    """A row that can be written. `key` is what a later file knows it by: class, weekday, start, subject and weeks."""

    row: CsvRow
    pattern: Pattern
    group_ids: tuple[int, ...]
    teacher_ids: tuple[int, ...]
    kind: str
    key: str = ""

    @property
    def activity_key(self) -> str:
        """One activity for each subject, groups and teachers: who taught before a change stands as it was."""
        return (
            PREFIX
            + "a:"
            + _hashed(self.row.subject.casefold(), self.row.code, self.kind, self.group_ids, self.teacher_ids)
        )


def place_rows(rows: Iterable[CsvRow], snapshot: Snapshot) -> tuple[list[Placed], list[Problem]]:
    """The rows that can be written, and what is wrong with the others."""
    placed, problems = [], []
    for row in rows:
        found = _place(row, snapshot)
        if isinstance(found, Placed):
            placed.append(found)
        else:
            problems += found
    keyed, doubles = _keyed(placed)
    return keyed, problems + doubles


def _place(row: CsvRow, snapshot: Snapshot) -> Placed | list[Problem]:
    problems: list[Problem] = []
    groups = [_group(row, name, snapshot, problems) for name in row.groups]
    teachers = [_teacher(row, name, snapshot, problems) for name in row.teachers]
    first, last = row.first_day or snapshot.first_day, row.last_day or snapshot.last_day
    if last < first:
        problems.append(
            Problem(row.number, str(columns.TITLES[columns.LAST]), _("Sista dagen ligger före den första."))
        )
    if problems:
        return problems
    return Placed(
        row,
        _pattern(row, snapshot, first, last),
        tuple(sorted({pk for pk in groups if pk})),
        tuple(sorted({pk for pk in teachers if pk})),
        Activity.Kind.BREAK if row.subject.casefold().startswith(BREAKS) else Activity.Kind.TEACHING,
    )


def _pattern(row: CsvRow, snapshot: Snapshot, first: date, last: date) -> Pattern:
    return Pattern(
        row.weekday, row.starts_at, row.ends_at, first, last, snapshot.cycle_start, row.weeks, row.week
    )


def _group(row: CsvRow, name: str, snapshot: Snapshot, problems: list[Problem]) -> int | None:
    found = snapshot.groups.get(name.casefold(), [])
    if len(found) == 1:
        return found[0]
    text = (
        _("Flera grupper heter %(name)s.")
        if found
        else _("Skolan har ingen klass eller grupp som heter %(name)s.")
    )
    problems.append(Problem(row.number, str(columns.TITLES[columns.GROUPS]), text % {"name": name}))
    return None


def _teacher(row: CsvRow, name: str, snapshot: Snapshot, problems: list[Problem]) -> int | None:
    found = snapshot.staff.get(name.casefold(), set())
    if len(found) == 1:
        return next(iter(found))
    text = (
        _("Flera i personalen kan vara %(name)s. Skriv användarnamnet.")
        if found
        else _(
            "Ingen i skolans personal är %(name)s. Skriv användarnamn, e-post, signatur eller hela namnet."
        )
    )
    problems.append(Problem(row.number, str(columns.TITLES[columns.TEACHERS]), text % {"name": name}))
    return None


def _keyed(rows: Iterable[Placed]) -> tuple[list[Placed], list[Problem]]:
    """Each with its key. The same lesson may stand several times for different days; twice for one is a fault."""
    same: dict[str, list[Placed]] = {}
    for one in rows:
        pattern = one.pattern
        key = PREFIX + _hashed(
            one.group_ids,
            pattern.weekday,
            pattern.starts_at,
            one.row.subject.casefold(),
            pattern.weeks,
            pattern.week,
        )
        same.setdefault(key, []).append(one)
    keyed, problems = [], []
    for key, ones in same.items():
        ones.sort(key=lambda one: one.pattern.first_day)
        for number, one in enumerate(ones):
            before = ones[number - 1] if number else None
            if before and before.pattern.last_day >= one.pattern.first_day:
                text = _("Samma lektion står redan på rad %(row)s.") % {"row": before.row.number}
                problems.append(Problem(one.row.number, "", text))
            keyed.append(replace(one, key=f"{key}#{number + 1}" if number else key))
    return keyed, problems


def _hashed(*parts: object) -> str:
    return sha256("|".join(map(str, parts)).encode()).hexdigest()[:40]
