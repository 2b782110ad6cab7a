"""Minutes reckoned anew when what is known of a pupil's day has changed. Part of the action that changed it."""

from dataclasses import asdict
from datetime import date

from skolnav.boxes.absence.models import LessonAttendance
from skolnav.core.presence.reading import absences_of

from .reckoning import reckon


def recount(pupil_id: int, first: date, last: date) -> None:
    """Reckon the pupil's attendance from `first` to `last` (Stockholm days) by what core.presence now says.

    Valid and invalid minutes of registers taken already follow a report or leave that came, changed or was undone
    afterwards; the state stays what the teacher saw. Needs the tenant's scope and the action's transaction. Two
    statements, three when something changes.
    """
    taken = LessonAttendance.everything.filter(pupil=pupil_id, day__gte=first, day__lte=last)
    lines = list(taken.exclude(state=LessonAttendance.State.PRESENT).select_related("register"))
    if not lines:
        return
    absences = absences_of([pupil_id], first, last).get(pupil_id, ())
    changed = []
    for line in lines:
        of_day = [one for one in absences if one.day == line.day]
        found = reckon(line.register.starts, line.register.ends, line.state, line.minutes, of_day)
        for name, value in asdict(found).items():
            if getattr(line, f"{name}_minutes") != value:
                setattr(line, f"{name}_minutes", value)
                changed.append(line)
    LessonAttendance.everything.bulk_update(
        set(changed), ["attended_minutes", "valid_minutes", "invalid_minutes"]
    )
