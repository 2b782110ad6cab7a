"""What a file would change, before anything is written: new, changed and ended lessons, and what stands in the way."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import combinations

from django.utils.translation import gettext as _

from skolnav.boxes.schedule.queries.patterns import Pattern, first_meeting
from skolnav.core.people.models.guardianship import Source
from skolnav.core.timetable.models import Lesson

from .entities import Cells, Problem
from .parsing import parse_rows
from .placing import Placed, place_rows
from .snapshot import Snapshot

MOST_ENDED_PERCENT = 20
ALWAYS_ALLOWED = 1
MOST_CLASHES = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One lesson to write. New: no `lesson`; ended: no `placed`. `why`: what is another now."""

    placed: Placed | None
    lesson: Lesson | None
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clash:
    """Two lessons that take the same class, teacher or room; `other_row` is None for one that is here already."""

    row: int
    other_row: int | None
    what: str


@dataclass
class Plan:
    """All of it. With `problems` nothing can be written; `ended` beyond a fifth asks for a yes of its own."""

    snapshot: Snapshot
    new: list[Line] = field(default_factory=list)
    changed: list[Line] = field(default_factory=list)
    ended: list[Line] = field(default_factory=list)
    unchanged: int = 0
    # Lessons that the office has changed by hand: its word stands.
    of_office: int = 0
    # Rows whose days are over.
    past: int = 0
    living: int = 0
    problems: Sequence[Problem] = ()
    clashes: Sequence[Clash] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.new or self.changed or self.ended)

    @property
    def ends_much(self) -> bool:
        ended = len(self.ended)
        return ended > ALWAYS_ALLOWED and ended * 100 > self.living * MOST_ENDED_PERCENT

    @property
    def fingerprint(self) -> str:
        """The same for two plans that would write the same over the same."""
        said = [f"n{one.placed.key}{one.placed.activity_key}" for one in self.new if one.placed]
        said += [f"c{one.lesson.pk}v{one.lesson.version}{one.why}" for one in self.changed if one.lesson]
        said += [f"e{one.lesson.pk}v{one.lesson.version}" for one in self.ended if one.lesson]
        said += [f"p{one.row}{one.column}" for one in self.problems]
        return sha256(" ".join(sorted(said)).encode()).hexdigest()


def make_plan(cells: Sequence[Cells], snapshot: Snapshot) -> Plan:
    """Compare a file with the lessons that earlier files brought. Only classes that the file names are compared."""
    rows, unread = parse_rows(cells)
    placed, unknown = place_rows(rows, snapshot)
    plan = Plan(snapshot, problems=sorted([*unread, *unknown], key=lambda one: one.row))
    there = {lesson.source_id: lesson for lesson in snapshot.of_csv()}
    wanted = {one.key for one in placed}
    for one in placed:
        _compare(plan, one, there.get(one.key))
    named = {pk for one in placed for pk in one.group_ids}
    for lesson in there.values():
        if lesson.source != Source.IMPORT or lesson.last_day < snapshot.today:
            continue
        if snapshot.activity_groups.get(lesson.activity_id, set()) <= named:
            plan.living += 1
            if lesson.source_id not in wanted:
                plan.ended.append(Line(None, lesson))
    plan.clashes = _clashes(plan, placed)
    return plan


def _compare(plan: Plan, one: Placed, lesson: Lesson | None) -> None:
    today = plan.snapshot.today
    if lesson is not None and lesson.source != Source.IMPORT:
        plan.of_office += 1
    elif one.pattern.last_day < today:
        plan.past += 1
    elif lesson is None or lesson.last_day < today:
        plan.new.append(Line(one, lesson))
    elif why := _differences(plan.snapshot, one, lesson):
        plan.changed.append(Line(one, lesson, why))
    else:
        plan.unchanged += 1


def _differences(snapshot: Snapshot, one: Placed, lesson: Lesson) -> tuple[str, ...]:
    """In words; empty where the row says what is here. A first day that is over says nothing: it has begun."""
    today, pattern = snapshot.today, one.pattern
    differs = {
        _("sluttid"): lesson.ends_at != pattern.ends_at,
        _("sal"): (lesson.room.name if lesson.room else "").casefold() != one.row.room.casefold(),
        _("ämne, lärare eller klass"): _is_other_activity(snapshot, one, lesson),
        _("veckor"): Pattern.of(lesson).rhythm != pattern.rhythm,
        _("första dag"): max(lesson.first_day, today) != max(pattern.first_day, today),
        _("sista dag"): lesson.last_day != pattern.last_day,
    }
    return tuple(name for name, is_other in differs.items() if is_other)


def _is_other_activity(snapshot: Snapshot, one: Placed, lesson: Lesson) -> bool:
    """An activity that the office has made its own is not taken back by a file."""
    activity = snapshot.activities[lesson.activity_id]
    return activity.source == Source.IMPORT and activity.source_id != one.activity_key


@dataclass(frozen=True, slots=True)
class _Taken:
    """What a lesson takes, of the file (`row`) or here already (0)."""

    row: int
    pattern: Pattern
    groups: frozenset[int]
    teachers: frozenset[int]
    room: str


def _clashes(plan: Plan, placed: Sequence[Placed]) -> list[Clash]:
    """Lessons of the file in each other's way, or in that of lessons that no file brought. Told, never a bar."""
    snapshot = plan.snapshot
    by_day: dict[int, list[_Taken]] = defaultdict(list)
    for one in placed:
        by_day[one.pattern.weekday].append(
            _Taken(
                one.row.number, one.pattern, frozenset(one.group_ids), frozenset(one.teacher_ids),
                one.row.room.casefold(),
            )
        )  # fmt: skip
    for lesson in snapshot.lessons:
        if lesson.source == Source.OFFICE and lesson.last_day >= snapshot.today:
            by_day[lesson.weekday].append(
                _Taken(
                    0, Pattern.of(lesson), frozenset(snapshot.activity_groups.get(lesson.activity_id, ())),
                    frozenset(snapshot.activity_teachers.get(lesson.activity_id, ())),
                    lesson.room.name.casefold() if lesson.room else "",
                )
            )  # fmt: skip
    found = []
    for taken in by_day.values():
        for later, other in combinations(sorted(taken, key=lambda each: -each.row), 2):
            what = _shared(later, other)
            if later.row and what and first_meeting(later.pattern, other.pattern):
                found.append(Clash(later.row, other.row or None, what))
    return sorted(found, key=lambda clash: clash.row)[:MOST_CLASHES]


def _shared(one: _Taken, other: _Taken) -> str:
    """In words what both take; empty where nothing, or where the hours do not meet."""
    if one.pattern.starts_at >= other.pattern.ends_at or other.pattern.starts_at >= one.pattern.ends_at:
        return ""
    shared = {
        _("klass"): bool(one.groups & other.groups),
        _("lärare"): bool(one.teachers & other.teachers),
        _("sal"): bool(one.room) and one.room == other.room,
    }
    return ", ".join(name for name, is_shared in shared.items() if is_shared)
