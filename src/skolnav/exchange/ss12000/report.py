"""What an import did, or would do: for people as a table, for programs as one JSON object."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, Group, RenderResult
from rich.markup import escape
from rich.table import Table

from .planning.changes import Action, Change, Plan
from .problems import Problem

LISTS = {
    "organisations": "Organisations",
    "persons": "Persons",
    "enrolments": "  enrolments",
    "responsibles": "  guardians of pupils",
    "groups": "Groups",
    "groupMemberships": "  memberships",
    "duties": "Duties",
    "assignmentRoles": "  groups of staff",
    "activities": "Activities",
    "activityGroups": "  groups of activities",
    "activityTeachers": "  teachers of activities",
    "rooms": "Rooms",
    "calendarEvents": "Calendar events",
}
VERBS = {Action.CREATE: "created", Action.CHANGE: "changed", Action.END: "ended"}
MOST_LINES = 60
UUID_LENGTH = 36


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Frozen account of one run. `is_written` is False for a dry run and for one that stopped."""

    organiser: str
    read: Counter[str]
    plan: Plan
    problems: Sequence[Problem]
    stops: Sequence[Problem]
    is_dry_run: bool

    @property
    def stopped(self) -> bool:
        """Whether more would be ended than is done unasked: nothing is written."""
        return bool(self.stops)

    @property
    def is_written(self) -> bool:
        return not self.is_dry_run and not self.stopped

    def counts(self, name: str) -> dict[str, int]:
        counts = {"read": self.read[name]}
        counts |= {VERBS[action]: self.plan.count(name, action) for action in Action}
        return counts | {"unchanged": self.plan.unchanged[name]}

    @property
    def changes(self) -> Sequence[Change]:
        """Every change, the organiser's own included."""
        return [*([self.plan.organiser] if self.plan.organiser else []), *self.plan.changes]

    def as_json(self) -> dict[str, object]:
        """Per list of the standard its counts (of a dry run or a stop also each change), and the problems."""
        report: dict[str, object] = {}
        for name in LISTS:
            report[name] = self.counts(name)
            if not self.is_written:
                report[name] |= {
                    "changes": [_as_json(change) for change in self.changes if change.kind == name]
                }  # type: ignore[operator]
        report["problems"] = [
            {"type": str(one.type), "id": one.id, "reason": str(one.reason), "message": one.message}
            for one in (*self.stops, *self.problems)
        ]
        return report

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        parts: list[object] = [self._headline(), self._table()]
        if not self.is_written:
            parts += [_changes_table(self.changes)]
        if self.problems:
            parts += [_problems_table(self.problems)]
        parts += [f"[bold red]{escape(f'{one.type}: {one.message}')}[/]" for one in self.stops]
        yield Group(*parts)  # type: ignore[arg-type]

    def _headline(self) -> str:
        if self.stopped:
            state = "stopped, nothing is written"
        elif self.is_dry_run:
            state = "dry run, nothing is written" if self.changes else "dry run, nothing would change"
        elif self.changes:
            state = "done"
        else:
            state = "done, nothing had changed"
        return f"[bold]SS 12000 into {escape(self.organiser)}:[/] {state}."

    def _table(self) -> Table:
        table = Table("", *("read", "created", "changed", "ended", "unchanged"))
        for column in table.columns[1:]:
            column.justify = "right"
        for name, label in LISTS.items():
            values = [str(value) if value else "–" for value in self.counts(name).values()]
            table.add_row(label, *values)
        return table


def _as_json(change: Change) -> dict[str, str]:
    return {"action": str(change.action), "id": change.id, "name": change.name, "reason": change.reason}


def _changes_table(changes: Sequence[Change]) -> Table | str:
    """What ends first: it is what somebody has to look at."""
    if not changes:
        return ""
    order = [Action.END, Action.CHANGE, Action.CREATE]
    table = Table("would be", "list", "who or what", "why", title=f"{len(changes)} changes")
    for change in sorted(changes, key=lambda one: (order.index(one.action), one.follows)):
        table.add_row(VERBS[change.action], change.kind, escape(change.name), escape(change.reason))
    return table


def _problems_table(problems: Sequence[Problem]) -> Table:
    """Sorted by what is wrong, each sentence said once: the fifty-second says no more than the first."""
    table = Table(title=f"{len(problems)} problems")
    table.add_column("list", no_wrap=True)
    table.add_column("id", no_wrap=True, min_width=UUID_LENGTH)
    table.add_column("problem", overflow="fold")
    by_sentence: dict[tuple[str, str], list[str]] = {}
    for problem in problems:
        by_sentence.setdefault((str(problem.type), problem.message), []).append(problem.id)
    for (kind, sentence), ids in by_sentence.items():
        for number, id in enumerate(ids[:MOST_LINES]):
            table.add_row(kind, escape(id), "″" if number else escape(sentence))
        if len(ids) > MOST_LINES:
            table.add_row(kind, f"… and {len(ids) - MOST_LINES} more", "″ (--json has them all)")
    return table
