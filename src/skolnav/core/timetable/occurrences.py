"""A lesson as it takes place on one day: what every timetable, day card and register is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from skolnav.core.schools.calendar import SchoolCalendar


@dataclass(frozen=True, slots=True)
class GroupName:
    id: int
    public_id: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class TeacherName:
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A test, homework due, something to bring; `is_standing` when it holds for every lesson of the weekly time."""

    public_id: str
    kind: str
    text: str
    is_standing: bool


@dataclass(frozen=True, slots=True)
class Was:
    """What the weekly time said, where the day differs."""

    starts: datetime
    ends: datetime
    room: str


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One lesson on one day. `starts` and `ends` are aware, in Stockholm. (`public_id`, `day`) is its address.

    `occurrence_id` is the stored row's key, or None while the weekly time holds as it is. `teachers` are those of the
    activity on that day; `substitutes` those set for this day, instead of them.
    """

    public_id: str
    day: date
    lesson_id: int | None
    occurrence_id: int | None
    activity_id: int
    school_id: int
    kind: str
    activity: str
    subject_code: str
    subject: str
    starts: datetime
    ends: datetime
    room_id: int | None
    room: str
    groups: tuple[GroupName, ...]
    teachers: tuple[TeacherName, ...]
    substitutes: tuple[TeacherName, ...] = ()
    marks: tuple[Mark, ...] = ()
    is_cancelled: bool = False
    note: str = ""
    was: Was | None = None
    changed_at: datetime | None = None
    version: int = 0

    @property
    def title(self) -> str:
        """What a family reads: the subject, or the activity's name where it has none."""
        return self.subject or self.activity

    @property
    def is_teaching(self) -> bool:
        """Whether attendance is taken: not in a break, and not when it is cancelled."""
        return self.kind != "break" and not self.is_cancelled

    @property
    def is_moved(self) -> bool:
        return self.was is not None and (self.was.starts, self.was.ends) != (self.starts, self.ends)

    @property
    def is_changed(self) -> bool:
        """Whether it should stand out: cancelled, moved, in another room, or with a substitute."""
        return self.is_cancelled or self.was is not None or bool(self.substitutes)

    @property
    def led_by(self) -> tuple[TeacherName, ...]:
        """Who takes it: the substitutes where there are any."""
        return self.substitutes or self.teachers

    @property
    def minutes(self) -> int:
        """As they pass, also where summer time begins or ends within the lesson."""
        return round((self.ends.timestamp() - self.starts.timestamp()) / 60)

    @property
    def group_ids(self) -> frozenset[int]:
        return frozenset(group.id for group in self.groups)


@dataclass(frozen=True)
class Timetable:
    """The lessons between two days, by when they start, and the days' calendar."""

    first_day: date
    last_day: date
    occurrences: Sequence[Occurrence]
    calendar: SchoolCalendar

    def on(self, day: date) -> list[Occurrence]:
        """The lessons that start on a Stockholm day."""
        return [one for one in self.occurrences if one.starts.date() == day]
