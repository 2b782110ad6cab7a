"""Who gets in where. What a row says: `skolnav/tests/doors.py`."""

from datetime import timedelta

from skolnav.boxes.educare.models import (
    CarePattern,
    ChangeRequest,
    Collector,
    HolidayRound,
    HomeAgreement,
)
from skolnav.core.people.models import Group, Membership
from skolnav.core.people.models.guardianship import Source
from skolnav.core.tenancy import clock
from skolnav.tests.door import FAMILY, GUN, Door

# Alva has a place at Lillåskolan's fritids, Nils at one that is made for him.
GUARDIANS = frozenset({"anna", "omar", "gun"})
SETS_TIMES = Door(GUARDIANS)
OF_ALVA = Door(frozenset({"anna", "omar"}), GUN)
OF_ANNA = Door(frozenset({"anna"}), GUN)

DOORS = {
    "educare:index": Door(FAMILY),
    "educare:day": SETS_TIMES,
    "educare:same": SETS_TIMES,
    "educare:edit": SETS_TIMES,
    "educare:ask": SETS_TIMES,
    "educare:comment": SETS_TIMES,
    "educare:withdraw": OF_ALVA,
    "educare:collectors": SETS_TIMES,
    "educare:usual": OF_ALVA,
    "educare:remove_collector": OF_ALVA,
    "educare:patterns": SETS_TIMES,
    "educare:new_pattern": SETS_TIMES,
    "educare:pattern": OF_ANNA,
    "educare:end_pattern": OF_ANNA,
    "educare:homes": SETS_TIMES,
    "educare:agree": OF_ALVA,
    "educare:end_homes": OF_ALVA,
    "educare:holiday": OF_ALVA,
    "educare:holiday_off": OF_ALVA,
}

ROWS_OF_URL = {
    ("educare:withdraw", "change"): "care_request",
    ("educare:usual", "collector"): "care_collector",
    ("educare:remove_collector", "collector"): "care_collector",
    ("educare:pattern", "pattern"): "care_pattern",
    ("educare:end_pattern", "pattern"): "care_pattern",
    ("educare:agree", "agreement"): "care_homes",
    ("educare:end_homes", "agreement"): "care_homes",
    ("educare:holiday", "holiday"): "care_holiday",
    ("educare:holiday_off", "holiday"): "care_holiday",
}
WORDS = {"day": clock.today()}


def rows(home):
    """One of each thing that a guardian makes, for a child with a place."""
    group = Group.everything.filter(kind=Group.Kind.EDUCARE).first() or _section(home)
    pupil = Membership.everything.filter(group=group).order_by("pk").first().person
    tenant, now, today = {"organiser_id": group.organiser_id}, clock.now(), clock.today()
    of_pupil = tenant | {"pupil": pupil}
    return {
        "care_request": ChangeRequest.everything.create(
            **of_pupil, day=today + timedelta(days=1), is_off=True, asked_by=home.guardian, asked_at=now
        ),
        "care_collector": Collector.everything.create(**of_pupil, name="Morfar", added_at=now),
        "care_pattern": CarePattern.everything.create(
            **of_pupil, owner=home.guardian, weeks=1, cycle_start=today, first_day=today, begun_at=now
        ),
        "care_homes": HomeAgreement.everything.create(
            **of_pupil, weeks=2, cycle_start=today, proposed_by=home.guardian, proposed_at=now
        ),
        "care_holiday": HolidayRound.everything.create(
            **tenant,
            school=group.school,
            name="Lov",
            first_day=today + timedelta(days=20),
            last_day=today + timedelta(days=24),
            deadline=now + timedelta(days=10),
            opened_at=now,
        ),
    }


def _section(home):
    made = {"organiser_id": home.group.organiser_id, "source": Source.OFFICE, "valid_from": clock.today()}
    group = Group.everything.create(school=home.school, kind=Group.Kind.EDUCARE, name="Fritids", **made)
    Membership.everything.create(group=group, person=home.pupil, **made)
    return group
