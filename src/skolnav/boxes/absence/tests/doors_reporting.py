"""Who gets in where. What a row says: `skolnav/tests/doors.py`."""

from datetime import timedelta

from skolnav.boxes.absence.models import AbsenceReport
from skolnav.core.tenancy import clock
from skolnav.tests.door import FAMILY, GUN, KIMS, Door

GUARDIANS = FAMILY - {"kim", "elis"}
KIMS_GUARDIANS = Door(KIMS - {"kim"}, GUN)

DOORS = {
    "absence:index": Door(FAMILY),
    "absence:report": Door(GUARDIANS),
    "absence:receipt": Door(KIMS, GUN),
    "absence:change": KIMS_GUARDIANS,
    "absence:undo": KIMS_GUARDIANS,
    "absence:well_now": Door(GUARDIANS),
    "absence:well": KIMS_GUARDIANS,
}


def rows(home):
    """A report of the pupil's, for tomorrow, by the guardian."""
    day = clock.today() + timedelta(days=1)
    report = AbsenceReport.everything.create(
        organiser_id=home.group.organiser_id,
        pupil=home.pupil,
        batch="1111111111111111",
        first_day=day,
        last_day=day,
        reason="ill",
        reported_by=home.guardian,
        reported_at=clock.now(),
    )
    return {"report": report}
