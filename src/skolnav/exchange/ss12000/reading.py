"""Reading a whole source: every list is read and validated before anything is planned."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from .entities import Activity, CalendarEvent, Duty, Group, Organisation, Person
from .parsing.duties import parse_duty
from .parsing.groups import parse_group
from .parsing.organisations import parse_organisation
from .parsing.persons import parse_person
from .parsing.timetable import parse_activity, parse_calendar_event
from .problems import Problem, Reason
from .raw import Notes, Row, id_of
from .source import EntityType, Source

T = TypeVar("T")
Progress = Callable[[str, int], None]
"""Called with the name of a step and how many rows it has done so far."""
TELL_EVERY = 1000

# Lists inside rows, by the name that they are reported under.
INNER_LISTS: Mapping[EntityType, Mapping[str, tuple[str, ...]]] = {
    EntityType.PERSONS: {"enrolments": ("enrolments",), "responsibles": ("responsibles",)},
    EntityType.GROUPS: {"groupMemberships": ("groupMemberships",)},
    EntityType.DUTIES: {"assignmentRoles": ("assignmentRole", "assignmentRoles")},
    EntityType.ACTIVITIES: {"activityGroups": ("groups",), "activityTeachers": ("teachers",)},
    EntityType.CALENDAR_EVENTS: {"rooms": ("rooms",)},
}
# Both of the standard's specifications spell one of them wrongly.
DELETED_SPELLINGS = {"activitites": EntityType.ACTIVITIES}


@dataclass(slots=True)
class EntityList(Generic[T]):
    """One list of the source: the rows that were understood, and the ids of those that were not."""

    rows: dict[str, T] = field(default_factory=dict)
    # A row that cannot be understood changes nothing here, so what it stands for is not ended either.
    rejected: set[str] = field(default_factory=set)
    has_nameless: bool = False

    def may_hold(self, id: str) -> bool:
        """Whether the source has, or may have, this row, though it could not be read."""
        return self.has_nameless or id in self.rejected


@dataclass(slots=True)
class Reading:
    """All that a source said."""

    organisations: EntityList[Organisation]
    persons: EntityList[Person]
    groups: EntityList[Group]
    duties: EntityList[Duty]
    activities: EntityList[Activity]
    calendar_events: EntityList[CalendarEvent]
    notes: Notes
    read: Counter[str]
    deleted: Mapping[str, frozenset[str]]

    @property
    def problems(self) -> list[Problem]:
        return self.notes.problems


def read(source: Source, today: date, progress: Progress = lambda step, done: None) -> Reading:
    """Every list of the source, validated row by row. Raises UnreadableSource, then nothing of it counts."""
    notes, counts = Notes(today), Counter[str]()

    def entities(type: EntityType, parse: Callable[[Row], T | None]) -> EntityList[T]:
        found = _read_list(source, type, parse, notes, counts, progress)
        progress(f"Reading {type}", counts[type])
        return found

    reading = Reading(
        organisations=entities(EntityType.ORGANISATIONS, parse_organisation),
        persons=entities(EntityType.PERSONS, parse_person),
        groups=entities(EntityType.GROUPS, parse_group),
        duties=entities(EntityType.DUTIES, parse_duty),
        activities=entities(EntityType.ACTIVITIES, parse_activity),
        calendar_events=entities(EntityType.CALENDAR_EVENTS, parse_calendar_event),
        notes=notes,
        read=counts,
        deleted=_deleted(source, notes),
    )
    _report_contradictions(reading)
    return reading


def _read_list(
    source: Source,
    type: EntityType,
    parse: Callable[[Row], T | None],
    notes: Notes,
    counts: Counter[str],
    progress: Progress,
) -> EntityList[T]:
    entities: EntityList[T] = EntityList()
    seen: set[str] = set()
    for number, raw in enumerate(source.entities(type), start=1):
        counts[type] += 1
        if number % TELL_EVERY == 0:
            progress(f"Reading {type}", number)
        if not isinstance(raw, Mapping):
            notes.problems.append(Problem(type, f"#{number}", Reason.NOT_AN_OBJECT))
            entities.has_nameless = True
            continue
        _count_inner(type, raw, counts)
        id = id_of(raw)
        if id is None:
            notes.problems.append(Problem(type, f"#{number}", Reason.MISSING_ID))
            entities.has_nameless = True
        elif id in seen:
            notes.problems.append(Problem(type, id, Reason.DUPLICATE_ID))
        else:
            seen.add(id)
            entity = parse(Row(type, id, raw, notes))
            if entity is None:
                entities.rejected.add(id)
            else:
                entities.rows[id] = entity
    return entities


def _count_inner(type: EntityType, raw: Mapping[str, object], counts: Counter[str]) -> None:
    for name, keys in INNER_LISTS.get(type, {}).items():
        for key in keys:
            inner = raw.get(key)
            counts[name] += len(inner) if isinstance(inner, list) else 0


def _deleted(source: Source, notes: Notes) -> dict[str, frozenset[str]]:
    """The ids that the source says it has removed, by list."""
    removed: dict[str, frozenset[str]] = {}
    for name, ids in source.deleted_ids().items():
        if name == "pageToken" or not ids:
            continue
        type = DELETED_SPELLINGS.get(name, name)
        if type not in list(EntityType) or not isinstance(ids, list):
            notes.problems.append(Problem("deletedEntities", "", Reason.WRONG_TYPE, str(name)[:40]))
            continue
        removed[type] = frozenset(id.lower() for id in ids if isinstance(id, str))
    return removed


def _report_contradictions(reading: Reading) -> None:
    lists: Mapping[EntityType, Mapping[str, object]] = {
        EntityType.ORGANISATIONS: reading.organisations.rows,
        EntityType.PERSONS: reading.persons.rows,
        EntityType.GROUPS: reading.groups.rows,
        EntityType.DUTIES: reading.duties.rows,
        EntityType.ACTIVITIES: reading.activities.rows,
        EntityType.CALENDAR_EVENTS: reading.calendar_events.rows,
    }
    for type, rows in lists.items():
        for id in sorted(reading.deleted.get(type, frozenset()) & set(rows)):
            reading.problems.append(Problem(type, id, Reason.DELETED_BUT_LISTED))
