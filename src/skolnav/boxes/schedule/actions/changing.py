"""One day's lesson, otherwise than the week has it: cancelled, moved, as ever again, with a word to everybody."""

from datetime import datetime

from django.db import transaction

from skolnav.core.access.viewer import Viewer
from skolnav.core.audit.log import record
from skolnav.core.people.actions.refusals import NotAllowed, Refused
from skolnav.core.people.models.guardianship import Source
from skolnav.core.tenancy import clock
from skolnav.core.timetable.models import Lesson, LessonOccurrence, Room
from skolnav.core.timetable.occurrences import Occurrence
from skolnav.core.timetable.rights import may_work_with
from skolnav.core.timetable.storing import locked

from ..rules import may_change
from .telling_change import tell_change


@transaction.atomic
def cancel_lesson(*, actor: Viewer, lesson: Occurrence, version: int) -> LessonOccurrence:
    """Cancel a lesson on its day; a coming one is told to the families, teachers and substitutes.

    Raises NotAllowed, and EditedMeanwhile when the day is no longer at `version`.
    """
    row = _to_change(actor, lesson, version)
    row.is_cancelled = True
    return _changed(actor, lesson, row, "cancel_lesson")


@transaction.atomic
def reinstate_lesson(*, actor: Viewer, lesson: Occurrence, version: int) -> LessonOccurrence:
    """A cancelled lesson takes place after all, at the time it had. Tells and raises as `cancel_lesson`."""
    row = _to_change(actor, lesson, version)
    row.is_cancelled = False
    return _changed(actor, lesson, row, "reinstate_lesson")


@transaction.atomic
def move_lesson(
    *, actor: Viewer, lesson: Occurrence, version: int, starts: datetime, ends: datetime, room: Room | None
) -> LessonOccurrence:
    """Give a lesson another time, day or room; `starts` and `ends` are aware. Collisions are the form's to ask about.

    Tells and raises as `cancel_lesson`; NotAllowed for another school's room, Refused for an end before the start.
    """
    row = _to_change(actor, lesson, version)
    if room is not None and room.school_id != lesson.school_id:
        raise NotAllowed("The room is another school's.")
    if ends.timestamp() <= starts.timestamp():
        raise Refused("A lesson ends after it begins.")
    row.starts, row.ends, row.room = starts, ends, room
    return _changed(actor, lesson, row, "move_lesson")


@transaction.atomic
def put_back_lesson(*, actor: Viewer, lesson: Occurrence, version: int) -> LessonOccurrence:
    """Undo every move of a lesson: the weekly time and room hold again. Tells and raises as `cancel_lesson`."""
    row = _to_change(actor, lesson, version)
    if lesson.was is None or lesson.lesson_id is None:
        raise Refused("The lesson is where the week has it.")
    row.starts, row.ends = lesson.was.starts, lesson.was.ends
    row.room_id = Lesson.everything.values_list("room_id", flat=True).get(pk=lesson.lesson_id)
    return _changed(actor, lesson, row, "put_back_lesson")


@transaction.atomic
def note_lesson(*, actor: Viewer, lesson: Occurrence, version: int, note: str) -> LessonOccurrence:
    """Write a line to everybody who has the lesson; an empty one takes it away. Nobody is told of it.

    Raises NotAllowed, and EditedMeanwhile when the day is no longer at `version`.
    """
    if not may_work_with(actor, lesson):
        raise NotAllowed("The actor does not work with this lesson.")
    row = locked(lesson, actor.organiser_id, version)
    row.note = note
    row.save()
    record(actor, "note_lesson", row)
    return row


def _to_change(actor: Viewer, lesson: Occurrence, version: int) -> LessonOccurrence:
    if not may_change(actor, lesson):
        raise NotAllowed("The lesson is neither the actor's own nor in a school that the actor leads.")
    return locked(lesson, actor.organiser_id, version)


def _changed(actor: Viewer, before: Occurrence, row: LessonOccurrence, act: str) -> LessonOccurrence:
    """Save the day and tell of it, if any of it is still to come."""
    now = clock.now()
    row.changed_at, row.changed_by_id = now, actor.person_id
    row.source = Source.OFFICE  # from now on imports leave the day alone
    is_coming = max(before.ends.timestamp(), row.ends.timestamp()) > now.timestamp()
    if is_coming:
        row.revision += 1
    row.save()
    record(actor, act, row)
    tell_change(actor, before, row, is_news=is_coming)
    return row
