"""Who gets in where. What a row says: `skolnav/tests/doors.py`."""

from skolnav.boxes.absence.models import (
    FollowUp,
    Investigation,
    InvestigationMeasure,
    InvestigationMember,
    UnexcusedCase,
)
from skolnav.core.tenancy import clock
from skolnav.tests.door import EDITORS, GRETA, GUN, KIMS, STAFF, Door

# Mentors and those who lead a school; in Granby nobody but the office.
FOLLOWS = Door(frozenset({"sara", "ulla", "ingrid", "lena", "greta"}))
CASE = Door(EDITORS, GRETA)
# Its members: Sara and Lena, not the principal, whom nobody has taken in.
OF_MEMBERS = Door(frozenset({"sara", "lena"}), GRETA)

DOORS = {
    "absence:case": Door(KIMS, GUN),
    "absence:case_explain": Door(frozenset({"anna", "omar"}), GUN),
    "absence_staff:cases": FOLLOWS,
    "absence_staff:cases_report": FOLLOWS,
    "absence_staff:case": CASE,
    "absence_staff:case_contact": CASE,
    "absence_staff:case_excuse": CASE,
    "absence_staff:case_unexcuse": CASE,
    "absence_staff:case_answer": CASE,
    "absence_staff:followups": FOLLOWS,
    "absence_staff:followup": CASE,
    "absence_staff:followup_close": CASE,
    "absence_staff:followup_reopen": CASE,
    "absence_staff:investigations": Door(STAFF),
    "absence_staff:new_investigation": CASE,
    "absence_staff:investigation": OF_MEMBERS,
    "absence_staff:investigation_note": OF_MEMBERS,
    "absence_staff:investigation_measure": OF_MEMBERS,
    "absence_staff:investigation_measure_done": OF_MEMBERS,
    "absence_staff:investigation_member": OF_MEMBERS,
    "absence_staff:investigation_member_leaves": OF_MEMBERS,
    "absence_staff:investigation_reported": OF_MEMBERS,
    "absence_staff:investigation_end": OF_MEMBERS,
}
ROWS_OF_URL = {("absence_staff:investigation_member_leaves", "person"): "investigator"}


def rows(home):
    """Kim's case, task and investigation, and Granby's own."""
    of_pupil = {"organiser_id": home.pupil.organiser_id, "pupil": home.pupil, "school": home.school}
    now, today = clock.now(), clock.today()
    case = UnexcusedCase.everything.create(**of_pupil, day=today, opened_at=now, minutes=40)
    task = FollowUp.everything.create(
        **of_pupil, kind="occasions", month=today.replace(day=1), figure=3, opened_at=now
    )
    investigation = Investigation.everything.create(**of_pupil, opened_by=home.writer, opened_at=now)
    for person in {home.writer.pk: home.writer, home.office.pk: home.office}.values():
        InvestigationMember.objects.create(
            investigation=investigation, person=person, added_by=home.writer, added_at=now
        )
    measure = InvestigationMeasure.objects.create(
        investigation=investigation, text="Samtal", added_by=home.writer, added_at=now
    )
    return {
        "case": case,
        "followup": task,
        "investigation": investigation,
        "measure": measure,
        "investigator": home.office,
    }
