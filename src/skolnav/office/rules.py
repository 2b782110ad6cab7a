"""Who may be in the office, and what they may do there. The only place."""

from skolnav.core.access.rules import is_administrator
from skolnav.core.access.viewer import Viewer
from skolnav.core.people.models import Duty, Person
from skolnav.core.people.validity import valid_on
from skolnav.core.schools.models import SchoolUnit

# Principals lead the school elsewhere; people's details and credentials are the administrators'.
may_run_office = is_administrator


def may_give_login(viewer: Viewer, person: Person) -> bool:
    """Whether the viewer may hand out this person's credentials.

    Not to somebody with a duty at a school that the viewer does not run: whoever holds a letter can log in with it,
    and would come in where they have no business.
    """
    duties = Duty.everything.filter(valid_on(viewer.today), person=person)
    return not duties.exclude(Duty.editable_q(viewer)).exists()


def may_change_school_years(viewer: Viewer) -> bool:
    """The school year is the organiser's: only who administers all of its schools changes it."""
    others = SchoolUnit.objects.filter(organiser_id=viewer.organiser_id, ended_on=None)
    return not others.exclude(pk__in=viewer.administered_school_ids).exists()
