"""Whose word still counts: not that of a guardian whose custody is over, or who may not have contact any more."""

from django.db.models import Exists, OuterRef, Q

from skolnav.core.people.models import Guardianship
from skolnav.core.tenancy import clock


def no_longer_theirs(who: str) -> Q:
    """For rows with a pupil: that the person of the column `who` was the pupil's guardian, and has no access today.

    `queries/reading.py` says the same in its statement. Nobody's (NULL) and staff's words are not meant.
    """
    theirs = Guardianship.everything.filter(pupil=OuterRef("pupil"), guardian=OuterRef(who))
    return Q(Exists(theirs)) & ~Q(Exists(theirs.filter(Guardianship.gives_access_on(clock.today()))))
