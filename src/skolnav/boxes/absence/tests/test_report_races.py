"""Two who report at the very same moment. On PostgreSQL; SQLite lets one write at a time anyway."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import connection, connections

from skolnav.boxes.absence.models import AbsenceReport
from skolnav.core.presence.models import Absence
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.scope import of_organiser
from skolnav.demo.people import school_year_start

from .report_parts import reported, whole

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no two writers"),
]


@pytest.fixture
def on_a_tuesday(cast):
    """A quarter past seven on a school day; whole days need no lessons."""
    october = school_year_start().replace(month=10, day=1)
    day = october + timedelta(days=(1 - october.weekday()) % 7)
    with time_machine.travel(datetime.combine(day, time(7, 15), clock.STOCKHOLM), tick=False):
        yield


def at_once(cast, *acts):
    """Do them all at the same moment; gives what came of each."""
    ready = Barrier(len(acts))

    def one(act):
        with of_organiser(cast.ekdal.pk):
            ready.wait(timeout=10)
            try:
                return act()
            finally:
                connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [each.result() for each in [pool.submit(one, act) for act in acts]]


@pytest.mark.usefixtures("on_a_tuesday")
def test_two_guardians_at_once_make_one_report_and_both_get_it(cast):
    both = at_once(cast, lambda: reported(cast.anna, cast.kim), lambda: reported(cast.omar, cast.kim))

    assert both[0][0].pk == both[1][0].pk
    assert AbsenceReport.everything.count() == 1
    assert Absence.everything.count() == 1


@pytest.mark.usefixtures("on_a_tuesday")
def test_siblings_in_another_order_do_not_wait_for_each_other_for_ever(cast):
    at_once(
        cast,
        lambda: reported(cast.anna, cast.kim, cast.alva, wanted=whole(0, 1)),
        lambda: reported(cast.omar, cast.alva, cast.kim, wanted=whole(0, 1)),
    )

    assert AbsenceReport.everything.count() == 2
    assert Absence.everything.count() == 4


@pytest.mark.usefixtures("on_a_tuesday")
def test_a_double_tap_at_once_reports_once(cast, client_of):
    client = client_of(cast.anna)
    sent = {
        "children": [cast.kim.public_id],
        "when": clock.today().isoformat(),
        "reason": "ill",
        "form_id": "formular-nummer-1",
    }
    answers = at_once(cast, *[lambda: client.post("/franvaro/anmal/", sent)["Location"] for _ in range(2)])

    assert answers[0] == answers[1]
    assert AbsenceReport.everything.count() == 1
