"""What follows when a report or a leave has changed what core.presence says of a pupil."""

from datetime import date, timedelta

from .cases import follow_day
from .recounting import recount


def presence_changed(pupil_id: int, first: date, last: date) -> None:
    """Bring registers and cases of the days (Stockholm, inclusive) in line. Call it after `set_absences`."""
    recount(pupil_id, first, last)
    for number in range((last - first).days + 1):
        follow_day([pupil_id], first + timedelta(days=number))
