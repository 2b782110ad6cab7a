"""Who is told when a day's lesson is changed: the feed, the families, the teachers and the substitutes."""

from skolnav.core.access.viewer import Viewer
from skolnav.core.feed.models import Entry
from skolnav.core.feed.publishing import publish
from skolnav.core.notifications.outbox import Telling, notify_many
from skolnav.core.tenancy import clock
from skolnav.core.timetable.models import LessonMark, LessonOccurrence
from skolnav.core.timetable.occurrences import Occurrence

from ..queries.hours import changes_hours
from ..telling import (
    CHANGED,
    CHANGED_FOR_STAFF,
    HOURS_CHANGED,
    IN_FEED,
    Groups,
    change_item,
    change_of,
    mark_item,
)


def tell_change(actor: Viewer | None, before: Occurrence, row: LessonOccurrence, *, is_news: bool) -> None:
    """Bring the feed up to date with the saved row; with `is_news` everybody concerned is told, but for the actor.
    An import is nobody."""
    groups = {row.activity_id: sorted(before.group_ids)}
    row = LessonOccurrence.everything.select_related("activity", "lesson", "room").get(pk=row.pk)
    entry = publish(change_item(row, groups)) if row.revision else None
    if entry and is_news:
        tellings = [_to_families(entry, before, row), _to_staff(actor, before, row)]
        notify_many(CHANGED, tellings, organiser_id=row.organiser_id, due_at=entry.published_at)
    if before.marks:
        _move_marks(row, groups)


def _to_families(entry: Entry, before: Occurrence, row: LessonOccurrence) -> Telling:
    days = {before.starts.date(), row.starts.astimezone(clock.STOCKHOLM).date()}
    is_urgent = changes_hours(row.organiser_id, before, row.pk, days)
    return Telling.told_by(entry, HOURS_CHANGED if is_urgent else CHANGED, change_of(row, before))


def _to_staff(actor: Viewer | None, before: Occurrence, row: LessonOccurrence) -> Telling:
    people = {one.id for one in before.teachers + before.substitutes} - {actor and actor.person_id}
    return Telling(
        kind=CHANGED_FOR_STAFF,
        fact=f"lesson:{row.public_id}",
        revision=row.revision,
        person_ids=people,
        link_name="schedule_staff:lesson",
        link_args={"lesson": before.public_id, "day": row.day.isoformat()},
        params=change_of(row, before),
    )


def _move_marks(row: LessonOccurrence, groups: Groups) -> None:
    """Tests and homework stand in the calendar where the lesson now is."""
    for mark in LessonMark.everything.filter(occurrence=row, kind__in=IN_FEED):
        mark.occurrence = row
        publish(mark_item(mark, groups))
