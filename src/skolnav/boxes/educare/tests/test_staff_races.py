"""Two of the staff at the very same moment. On PostgreSQL; SQLite lets one write at a time anyway."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from skolnav.boxes.educare.actions.checks import check
from skolnav.boxes.educare.actions.deciding import decide_request
from skolnav.boxes.educare.actions.rounds import remind_of_rounds
from skolnav.boxes.educare.models import ChangeRequest, CheckEvent, HolidayRound
from skolnav.core.notifications.models import Notice
from skolnav.core.people.actions.refusals import Refused
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.scope import of_organiser, over_all_organisers

from .staff import give_times, more_children

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no two writers"),
]


def at_once(act, arguments, scope):
    """`act` for each argument at the same moment; gives what came of each."""
    ready = Barrier(len(arguments))

    def one(argument):
        with scope():
            ready.wait(timeout=10)
            try:
                return act(argument)
            except Refused as refused:
                return refused.message
            finally:
                connections.close_all()

    with ThreadPoolExecutor(len(arguments)) as pool:
        return list(pool.map(one, arguments))


def test_two_check_in_the_same_children_and_each_has_one_event(cast, viewer_of):
    give_times(cast.alva)
    pupils = [cast.alva.public_id, *(one.public_id for one in more_children(cast, 4))]
    nour, lena = viewer_of(cast.nour), viewer_of(cast.lena)

    results = at_once(
        lambda actor: len(check(actor=actor, kind="in", pupils=pupils)),
        [nour, lena, nour, lena],
        lambda: of_organiser(cast.ekdal.pk),
    )

    assert sum(results) == 5
    assert CheckEvent.everything.count() == 5


def test_two_answers_to_a_request_are_one(cast, viewer_of):
    wish = ChangeRequest.everything.create(
        organiser=cast.ekdal, pupil=cast.alva, day=clock.today(), is_off=True, asked_at=clock.now()
    )
    nour = viewer_of(cast.nour)

    results = at_once(
        lambda accept: decide_request(actor=nour, request=wish, accept=accept).is_accepted,
        [True, False],
        lambda: of_organiser(cast.ekdal.pk),
    )

    assert "Önskan är redan besvarad." in results
    assert Notice.everything.filter(kind="educare.request_answered").count() == 1


def test_two_workers_remind_once(cast):
    HolidayRound.everything.create(
        organiser=cast.ekdal, school=cast.lillaskolan, name="Lov", first_day=clock.today(), last_day=clock.today(),
        deadline=clock.end_of(clock.today()), opened_at=clock.now(),
    )  # fmt: skip

    results = at_once(lambda _: remind_of_rounds(), [1, 2], over_all_organisers)

    assert sorted(results) == [0, 1]
