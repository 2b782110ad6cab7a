"""Making a day's lesson a row, when there is something to say of it. Call it inside the action's transaction."""

from skolnav.core.tenancy.versions import lock_version

from .models import LessonOccurrence
from .occurrences import Occurrence


def stored(lesson: Occurrence, organiser_id: int) -> LessonOccurrence:
    """The row of a lesson on its day; made as the weekly time says where there is none yet. Safe under a race; two
    statements."""
    if lesson.occurrence_id is not None:
        return LessonOccurrence.everything.get(pk=lesson.occurrence_id)
    assert lesson.lesson_id is not None, "What stands alone is stored already."
    row = LessonOccurrence(
        organiser_id=organiser_id,
        lesson_id=lesson.lesson_id,
        activity_id=lesson.activity_id,
        day=lesson.day,
        starts=lesson.starts,
        ends=lesson.ends,
        room_id=lesson.room_id,
    )
    # Waits for one that is being made at this moment, and then does nothing.
    LessonOccurrence.everything.bulk_create([row], ignore_conflicts=True)
    return LessonOccurrence.everything.get(lesson_id=lesson.lesson_id, day=lesson.day)


def locked(lesson: Occurrence, organiser_id: int, version: int) -> LessonOccurrence:
    """The row of a lesson on its day, locked, its version raised and not yet saved.

    `version` is that of the lesson as it was shown; 0, where there was no row, is as good as an untouched row's 1.
    Raises EditedMeanwhile when somebody has changed the day since.
    """
    is_there = lesson.occurrence_id is not None
    row = LessonOccurrence(pk=lesson.occurrence_id) if is_there else stored(lesson, organiser_id)
    return lock_version(row, max(version, 1))
