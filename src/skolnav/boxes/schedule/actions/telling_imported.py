"""Single lessons that an import changes are told as when somebody at the school changes them.

Ask for them as they stand before the import writes, and have them told afterwards, in its transaction and scope.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import F

from skolnav.core.tenancy import clock
from skolnav.core.timetable.computing import timetable
from skolnav.core.timetable.hanging import parts
from skolnav.core.timetable.models import LessonOccurrence
from skolnav.core.timetable.occurrences import Occurrence

from .telling_change import tell_change


@dataclass(frozen=True, slots=True)
class Stood:
    """What there is to tell of a lesson, as it was."""

    starts: datetime
    ends: datetime
    room_id: int | None
    is_cancelled: bool

    @classmethod
    def of(cls, row: LessonOccurrence) -> "Stood":
        return cls(row.starts, row.ends, row.room_id, row.is_cancelled)

    def within(self, lesson: Occurrence) -> Occurrence:
        """The lesson with its groups and teachers of now, and the rest as it was."""
        starts, ends = (moment.astimezone(clock.STOCKHOLM) for moment in (self.starts, self.ends))
        return replace(lesson, starts=starts, ends=ends, room_id=self.room_id, is_cancelled=self.is_cancelled)


def as_they_stand(occurrence_pks: Iterable[int]) -> dict[int, Stood]:
    """The lessons by key, to be given to `tell_imported`. One statement for each 500, none for none."""
    return {pk: Stood.of(row) for pk, row in _rows(occurrence_pks).items()}


def tell_imported(organiser_id: int, before: Mapping[int, Stood]) -> set[int]:
    """Tell families and staff of those that are now cancelled, restored, moved or in another room and still to come.

    Gives the keys of those told. Some twenty statements for each; one for each 500 where there is no news.
    """
    now = clock.now()
    news = {
        pk: row
        for pk, row in _rows(before).items()
        if Stood.of(row) != before[pk] and max(row.ends, before[pk].ends) > now
    }
    for part in parts(sorted(news)):
        told = LessonOccurrence.everything.filter(pk__in=part)
        told.update(revision=F("revision") + 1, changed_at=now, changed_by=None)
    for lesson in _lessons(organiser_id, news.values()):
        pk = lesson.occurrence_id or 0
        if pk in news:
            tell_change(None, before[pk].within(lesson), news[pk], is_news=True)
    return set(news)


def _rows(pks: Iterable[int]) -> dict[int, LessonOccurrence]:
    asked = parts(sorted(pks))
    return {row.pk: row for part in asked for row in LessonOccurrence.everything.filter(pk__in=part)}


def _lessons(organiser_id: int, rows: Iterable[LessonOccurrence]) -> Iterable[Occurrence]:
    """The lessons of the rows' activities on their days, three statements for each day."""
    activities: dict[date, set[int]] = defaultdict(set)
    for row in rows:
        activities[row.day].add(row.activity_id)
    for day, pks in sorted(activities.items()):
        found = timetable(organiser_id, "activity", sorted(pks), day, day, clip=False)
        yield from (one for one in found.occurrences if one.day == day)
