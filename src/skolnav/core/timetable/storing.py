"""Making a day's lesson a row, when there is something to say of it. Call it inside the action's transaction."""

from .models import LessonOccurrence
from .occurrences import Occurrence


def stored(lesson: Occurrence, organiser_id: int) -> LessonOccurrence:
    """The row of a lesson on its day; made as the weekly time says where there is none yet. Safe under a race."""
    if lesson.occurrence_id is not None or lesson.lesson_id is None:
        return LessonOccurrence.everything.get(pk=lesson.occurrence_id)
    row, _ = LessonOccurrence.everything.get_or_create(
        lesson_id=lesson.lesson_id,
        day=lesson.day,
        defaults={
            "organiser_id": organiser_id,
            "activity_id": lesson.activity_id,
            "starts": lesson.starts,
            "ends": lesson.ends,
            "room_id": lesson.room_id,
        },
    )
    return row
