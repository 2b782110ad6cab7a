"""Where entities come from: a folder today, a live server later. Whoever plans never knows which."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Protocol


class EntityType(StrEnum):
    """The standard's lists that an import reads, named as its paths and as the files of a folder."""

    ORGANISATIONS = "organisations"
    PERSONS = "persons"
    GROUPS = "groups"
    DUTIES = "duties"
    ACTIVITIES = "activities"
    CALENDAR_EVENTS = "calendarEvents"


# Without these an import would take everybody's access away; the timetable and the list of removals may be absent.
REQUIRED = (EntityType.ORGANISATIONS, EntityType.PERSONS, EntityType.GROUPS, EntityType.DUTIES)


class UnreadableSource(Exception):
    """The source as a whole cannot be read, so nothing of it is used. The text names the place and the fault."""


class Source(Protocol):
    """A complete set of entity lists. Both methods raise UnreadableSource."""

    def entities(self, type: EntityType) -> Iterator[object]:
        """Every row of one list, as decoded JSON: a dict if the source is sound."""
        ...

    def deleted_ids(self) -> dict[str, object]:
        """The content of /deletedEntities: list names with the ids that the source says it has removed."""
        ...
