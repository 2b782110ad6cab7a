"""Who is told when a day's lesson is changed: the feed, the families, the teachers and the substitutes."""

from skolnav.core.access.viewer import Viewer
from skolnav.core.feed.publishing import publish
from skolnav.core.notifications.outbox import Telling, notify, notify_many
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


def tell_change(actor: Viewer, before: Occurrence, row: LessonOccurrence, *, is_news: bool) -> None:
    """Bring the feed up to date with the saved row; with `is_news` everybody concerned is told."""
    groups = {row.activity_id: sorted(before.group_ids)}
    row = LessonOccurrence.everything.select_related("activity", "lesson", "room").get(pk=row.pk)
    if row.revision:
        _tell_families(before, row, groups, is_news=is_news)
    if is_news:
        _tell_staff(actor, before, row)
    if before.marks:
        _move_marks(row, groups)


def _tell_families(before: Occurrence, row: LessonOccurrence, groups: Groups, *, is_news: bool) -> None:
    item = change_item(row, groups)
    entry = publish(item)
    if not is_news:
        return
    days = {before.starts.date(), row.starts.astimezone(clock.STOCKHOLM).date()}
    is_urgent = changes_hours(row.organiser_id, before, row.pk, days)
    notify(
        HOURS_CHANGED if is_urgent else CHANGED,
        entry=entry,
        revision=item.revision,
        due_at=item.published_at,
        params=item.params,
    )


def _tell_staff(actor: Viewer, before: Occurrence, row: LessonOccurrence) -> None:
    people = {one.id for one in before.teachers + before.substitutes} - {actor.person_id}
    told = Telling(
        fact=f"lesson:{row.public_id}",
        revision=row.revision,
        person_ids=people,
        link_name="schedule_staff:lesson",
        link_args={"lesson": before.public_id, "day": before.day.isoformat()},
        params=change_of(row),
    )
    notify_many(CHANGED_FOR_STAFF, [told], organiser_id=row.organiser_id, due_at=clock.now())


def _move_marks(row: LessonOccurrence, groups: Groups) -> None:
    """Tests and homework stand in the calendar where the lesson now is."""
    for mark in LessonMark.everything.filter(occurrence=row, kind__in=IN_FEED):
        mark.occurrence = row
        publish(mark_item(mark, groups))
