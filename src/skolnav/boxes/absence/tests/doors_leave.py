"""Who gets in where. What a row says: `skolnav/tests/doors.py`."""

from datetime import timedelta

from skolnav.boxes.absence.models import LeaveApplication, LeaveDecision
from skolnav.core.tenancy import clock
from skolnav.tests.door import FAMILY, GRETA, GUN, KIMS, PIECE, Door

GUARDIANS = FAMILY - {"kim", "elis"}
OF_KIM = KIMS - {"kim"}
LEADERS = Door(frozenset({"ingrid", "lena"}), GRETA)
DECIDERS = frozenset({"sara", "ulla", "ingrid", "lena", "greta"})

DOORS = {
    "absence:leave": Door(FAMILY),
    "absence:leave_apply": Door(GUARDIANS),
    "absence:leave_show": Door(KIMS, GUN),
    "absence:leave_decision": Door(KIMS, GUN),
    "absence:leave_answer": Door(OF_KIM, GUN),
    "absence:leave_withdraw": Door(OF_KIM, GUN),
    "absence:leave_give_up": Door(OF_KIM, GUN),
    "absence_staff:leave": Door(DECIDERS),
    "absence_staff:leave_show": PIECE,
    "absence_staff:leave_decision": PIECE,
    "absence_staff:settings": LEADERS,
}


def rows(home):
    """A granted leave of the home's pupil: written by hand, since any day of the year may be a holiday."""
    first = clock.today() + timedelta(days=30)
    leave = LeaveApplication.everything.create(
        organiser_id=home.pupil.organiser_id,
        batch="1111111111111111",
        pupil=home.pupil,
        school=home.school,
        first_day=first,
        last_day=first,
        school_days=1,
        reason="Resa",
        applied_by=home.guardian,
        applied_at=clock.now(),
    )
    LeaveDecision.objects.create(
        application=leave,
        is_granted=True,
        reasons="Kort ledighet.",
        decided_by=home.office,
        decided_at=clock.now(),
        days_of_the_year=1,
    )
    return {"leave": leave}
