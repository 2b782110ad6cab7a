"""Who may be in the office, and what they may do there. The only place."""

from django.db.models import Q

from skolnav.core.access.rules import is_administrator
from skolnav.core.access.viewer import Viewer
from skolnav.core.people.models import Duty, Enrolment, Guardianship, Person
from skolnav.core.schools.models import SchoolUnit

# Principals lead the school elsewhere; people's details and credentials are the administrators'.
may_run_office = is_administrator


def may_give_login(viewer: Viewer, person: Person) -> bool:
    """Whether the viewer may hand out this person's credentials.

    Whoever holds a letter can log in with it, and would come in where they have no business. So not to somebody with
    a duty, now or to come, at a school that the viewer does not run; nor to a family that was at the viewer's school
    once, and is at another's today.
    """
    not_over = Q(valid_until=None) | Q(valid_until__gte=viewer.today)
    duties = Duty.everything.filter(not_over, person=person)
    if duties.exclude(Duty.editable_q(viewer)).exists():
        return False
    custody = Guardianship.everything.filter(not_over, guardian=person, ended_at=None)
    theirs = Q(pupil=person) | Q(pupil__in=custody.values("pupil"))
    schools = set(Enrolment.everything.filter(not_over, theirs).values_list("school_id", flat=True))
    return not schools or not schools.isdisjoint(viewer.administered_school_ids) or duties.exists()


def may_change_school_years(viewer: Viewer) -> bool:
    """The school year is the organiser's: only who administers all of its schools changes it."""
    others = SchoolUnit.objects.filter(organiser_id=viewer.organiser_id, ended_on=None)
    return not others.exclude(pk__in=viewer.administered_school_ids).exists()
