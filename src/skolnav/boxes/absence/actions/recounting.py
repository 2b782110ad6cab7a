"""Minutes reckoned anew when what is known of a pupil's day has changed. Part of the action that changed it."""

from datetime import date


def recount(pupil_id: int, first: date, last: date) -> None:
    """Reckon the pupil's attendance from `first` to `last` (Stockholm days) by what core.presence now says.

    Valid and invalid minutes of registers taken already follow a report or leave that came, changed or was undone
    afterwards. Needs the tenant's scope and the action's transaction.
    """
