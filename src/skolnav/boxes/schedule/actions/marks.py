"""Tests, homework and what to bring."""

from django.db import transaction

from skolnav.core.access.viewer import Viewer
from skolnav.core.audit.log import record
from skolnav.core.feed.publishing import publish, withdraw
from skolnav.core.people.actions.refusals import NotAllowed
from skolnav.core.tenancy import clock
from skolnav.core.timetable.models import LessonMark
from skolnav.core.timetable.occurrences import Occurrence
from skolnav.core.timetable.rights import may_work_with
from skolnav.core.timetable.storing import stored

from ..rules import may_mark_every_week
from ..telling import IN_FEED, groups_of, mark_item


@transaction.atomic
def add_mark(
    *, actor: Viewer, lesson: Occurrence, kind: str, text: str, every_week: bool = False
) -> LessonMark:
    """Mark a lesson with a test, homework due or something to bring; with `every_week` all of its weekly time.

    A day's test and homework stand in the feed, and so in the calendar and on the day cards. Raises NotAllowed.
    """
    may = may_mark_every_week if every_week else may_work_with
    if not may(actor, lesson):
        raise NotAllowed("The lesson is not the actor's to mark.")
    row = None if every_week else stored(lesson, actor.organiser_id)
    mark = LessonMark.everything.create(
        organiser_id=actor.organiser_id,
        lesson_id=lesson.lesson_id if every_week else None,
        occurrence=row,
        kind=kind,
        text=text,
        author_id=actor.person_id,
        created_at=clock.now(),
    )
    record(actor, "mark_lesson", mark, kind=kind)
    if row is not None and kind in IN_FEED:
        publish(mark_item(mark, groups_of([row.activity_id])))
    return mark


@transaction.atomic
def remove_mark(*, actor: Viewer, lesson: Occurrence, public_id: str) -> None:
    """Take a mark off the lesson, and out of the feed; nothing happens where it is gone already. Raises NotAllowed."""
    mark = next((one for one in lesson.marks if one.public_id == public_id), None)
    may = may_mark_every_week if mark is not None and mark.is_standing else may_work_with
    if not may(actor, lesson):
        raise NotAllowed("The lesson is not the actor's to mark.")
    row = LessonMark.everything.filter(public_id=public_id).first() if mark else None
    if row is None:
        return
    withdraw(row)
    record(actor, "unmark_lesson", row, kind=row.kind)
    row.delete()
