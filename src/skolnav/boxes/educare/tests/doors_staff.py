"""Who gets in where. What a row says: `skolnav/tests/doors.py`. The rows are Alva's, at Lillåskolan's fritids."""

from datetime import date, timedelta
from typing import Any

from skolnav.boxes.educare.models import ChangeRequest, ClosingDay, HolidayRound
from skolnav.core.people.models import Group, Membership
from skolnav.core.people.models.guardianship import Source
from skolnav.core.tenancy import clock
from skolnav.tests.door import GRETA, LENA, STAFF, Door

NOUR = frozenset({"nour"})
# Lena and Greta lead their schools; Ingrid leads a school without fritids, and finds empty pages there.
WORKS = NOUR | LENA | GRETA
PAGE = Door(WORKS | {"ingrid"})
CHILD = Door(NOUR | LENA, GRETA)

DOORS = {
    "educare_staff:index": Door(STAFF),
    "educare_staff:check": Door(WORKS | {"ingrid"}),
    "educare_staff:child": CHILD,
    "educare_staff:times": CHILD,
    "educare_staff:requests": PAGE,
    "educare_staff:decide": CHILD,
    "educare_staff:comments": PAGE,
    "educare_staff:staffing": PAGE,
    "educare_staff:evening": PAGE,
    "educare_staff:evacuation": PAGE,
    "educare_staff:opening": PAGE,
    "educare_staff:change_opening": Door(LENA, GRETA),
    "educare_staff:close": PAGE,
    "educare_staff:reopen": CHILD,
    "educare_staff:new_round": PAGE,
    "educare_staff:round": CHILD,
    "educare_staff:remove_round": CHILD,
}
ROWS_OF_URL = {
    ("educare_staff:child", "pupil"): "educare_pupil",
    ("educare_staff:times", "pupil"): "educare_pupil",
    ("educare_staff:change_opening", "school"): "educare_school",
}
WORDS = {"day": date(2026, 10, 6)}


def rows(home: Any) -> dict[str, Any]:
    """Ekdal's fritids is at Lillåskolan; Granby's is made here."""
    group = Group.everything.filter(kind=Group.Kind.EDUCARE).first() or _section(home)
    pupil = Membership.everything.filter(group=group).order_by("pk").first().person
    today, tenant = clock.today(), {"organiser_id": group.organiser_id}
    return {
        "educare_pupil": pupil,
        "educare_school": group.school,
        "change": ChangeRequest.everything.create(
            pupil=pupil, day=today, is_off=True, asked_at=clock.now(), **tenant
        ),
        "closing": ClosingDay.everything.create(
            school=group.school, day=today, reason="Planering", closed_at=clock.now(), **tenant
        ),
        "holiday": HolidayRound.everything.create(
            school=group.school,
            name="Lov",
            first_day=today + timedelta(days=30),
            last_day=today + timedelta(days=34),
            deadline=clock.start_of(today + timedelta(days=20)),
            opened_at=clock.now(),
            **tenant,
        ),
    }


def _section(home: Any) -> Group:
    made = {"organiser_id": home.group.organiser_id, "source": Source.OFFICE, "valid_from": clock.today()}
    group = Group.everything.create(school=home.school, kind=Group.Kind.EDUCARE, name="Fritids", **made)
    Membership.everything.create(group=group, person=home.pupil, **made)
    return group
