"""The feed in line with stored days again, when the timetable has changed under what was told of them.

Nobody is notified: the week is another, and families see it there. Call it inside the change's transaction.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from skolnav.core.feed.models import Entry
from skolnav.core.feed.publishing import publish, withdraw
from skolnav.core.tenancy import clock
from skolnav.core.timetable.hanging import parts
from skolnav.core.timetable.models import LessonMark, LessonOccurrence

from ..models import BOX
from ..telling import IN_FEED, change_item, groups_of, mark_item, stands


def retell_lessons(lesson_pks: Iterable[int], from_day: date) -> None:
    """Tell again what the feed holds of the days of weekly times from a day on: moved with them, hidden by their end,
    back again. One statement where it holds nothing."""
    for part in parts(sorted(lesson_pks)):
        _retell(LessonOccurrence.everything.filter(lesson__in=part, day__gte=from_day))


def retell_days(occurrence_pks: Iterable[int]) -> None:
    """The same for stored days by their keys."""
    for part in parts(sorted(occurrence_pks)):
        _retell(LessonOccurrence.everything.filter(pk__in=part))


def retell_activities(activity_pks: Iterable[int]) -> None:
    """The same for the days to come of activities that are called otherwise, or are for other groups."""
    for part in parts(sorted(activity_pks)):
        _retell(LessonOccurrence.everything.filter(activity__in=part, ends__gte=clock.now()))


def withdraw_gone() -> None:
    """Take out of the feed what was told of days that are taken away altogether. Needs the organiser's scope; two
    statements, more where there are such days."""
    told = Entry.everything.filter(box=BOX)
    days, marks = LessonOccurrence.everything.values("pk"), LessonMark.everything.values("pk")
    told.filter(source_type=LessonOccurrence._meta.label_lower).exclude(source_id__in=days).delete()
    told.filter(source_type=LessonMark._meta.label_lower).exclude(source_id__in=marks).delete()


def _retell(days: QuerySet[LessonOccurrence]) -> None:
    in_feed = LessonMark.everything.filter(kind__in=IN_FEED)
    told = days.filter(Q(revision__gt=0) | Exists(in_feed.filter(occurrence=OuterRef("pk"))))
    rows = {row.pk: row for row in told.select_related("activity", "lesson", "room")}
    if not rows:
        return
    groups = groups_of({row.activity_id for row in rows.values()})
    for row in rows.values():
        if row.revision:
            publish(change_item(row, groups)) if stands(row) else withdraw(row)
    for mark in in_feed.filter(occurrence__in=rows):
        row = mark.occurrence = rows[mark.occurrence_id or 0]
        publish(mark_item(mark, groups)) if stands(row) else withdraw(mark)
