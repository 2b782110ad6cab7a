"""Two at the very same moment. On PostgreSQL; SQLite lets one write at a time anyway."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, connections

from skolnav.boxes.absence.actions.leave_decisions import decide_leave
from skolnav.boxes.absence.models import LeaveApplication, LeaveDecision
from skolnav.core.people.actions.refusals import Refused
from skolnav.core.presence.models import Absence
from skolnav.core.schools.calendar import school_calendar
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.scope import of_organiser
from skolnav.core.tenancy.versions import EditedMeanwhile

from .leave_parts import apply

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no two writers"),
]


def at_once(cast, acts):
    """Run the acts at the same moment; gives what came of each."""
    ready = Barrier(len(acts))

    def one(act):
        with of_organiser(cast.ekdal.pk):
            ready.wait(timeout=10)
            try:
                return act()
            except (EditedMeanwhile, Refused) as told:
                return type(told)
            finally:
                connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


@pytest.fixture
def school_day(cast):
    """A school day some time ahead, whatever the day of the year."""
    today = clock.today()
    calendar = school_calendar(cast.ekdal.pk, today, today + timedelta(days=300))
    days = calendar.school_days(cast.ekdalsskolan.pk, today, today + timedelta(days=300))
    if not days:
        pytest.fail("The cast has no school day in the coming year.")
    return days[0]


def test_of_two_deciders_one_decides(cast, school_day, viewer_of):
    leave = apply(viewer_of(cast.anna), cast.kim, first=school_day)
    sara, ingrid = viewer_of(cast.sara), viewer_of(cast.ingrid)

    def deciding(viewer, is_granted):
        return lambda: (
            decide_leave(
                actor=viewer, leave=leave, version=1, is_granted=is_granted, reasons="Skäl."
            ).is_granted
        )

    results = at_once(cast, [deciding(sara, True), deciding(ingrid, False)])

    assert results.count(EditedMeanwhile) == 1
    held = LeaveDecision.objects.get()
    assert held.is_granted in results
    assert Absence.everything.filter(pupil=cast.kim).exists() is held.is_granted


def test_two_guardians_apply_for_the_same_days_once(cast, school_day, viewer_of):
    anna, omar = viewer_of(cast.anna), viewer_of(cast.omar)

    def applying(viewer):
        return lambda: apply(viewer, cast.kim, first=school_day).pk

    results = at_once(cast, [applying(anna), applying(omar)])

    assert results.count(Refused) == 1
    assert LeaveApplication.everything.filter(pupil=cast.kim).count() == 1
