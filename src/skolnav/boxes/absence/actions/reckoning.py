"""A pupil's minutes in a register (SS 12000: Attendance). No statement; registers and recounting share it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from skolnav.boxes.absence.models import LessonAttendance
from skolnav.core.presence.models import Absence
from skolnav.core.presence.reading import minutes_away

State = LessonAttendance.State


@dataclass(frozen=True, slots=True)
class Minutes:
    """They add up to the lesson's."""

    attended: int
    valid: int
    invalid: int


def reckon(
    starts: datetime, ends: datetime, state: str, minutes: int, absences: Sequence[Absence]
) -> Minutes:
    """What the pupil attended, was away from with a report or leave (valid), and without (invalid: ogiltig).

    `minutes` are those late or left; `absences` what core.presence knows of the pupil's day. What the teacher saw
    comes first: who was there attended, whatever had been reported.
    """
    length = round((ends.timestamp() - starts.timestamp()) / 60)
    missed = {State.ABSENT: length, State.LATE: min(minutes, length), State.LEFT_EARLY: min(minutes, length)}
    away = missed.get(State(state), 0)
    begins, until = starts, ends
    if state == State.LATE:
        until = starts + timedelta(minutes=away)
    elif state == State.LEFT_EARLY:
        begins = ends - timedelta(minutes=away)
    valid = min(away, minutes_away(absences, begins, until)) if away else 0
    return Minutes(length - away, valid, away - valid)
