"""The timetable's tables, a noun each."""

from .activities import Activity, ActivityGroup, ActivityTeacher, Room
from .lessons import Lesson, LessonOccurrence, LessonSubstitute
from .marks import LessonMark

__all__ = [
    "Activity",
    "ActivityGroup",
    "ActivityTeacher",
    "Lesson",
    "LessonMark",
    "LessonOccurrence",
    "LessonSubstitute",
    "Room",
]
