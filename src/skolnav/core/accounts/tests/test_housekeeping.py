"""What the accounts' tables forget, and that the worker does it."""

from datetime import timedelta

import time_machine

from skolnav.core.accounts.housekeeping import forget_old
from skolnav.core.accounts.limits import Place, remember_place, take_login
from skolnav.core.accounts.links import Purpose, make_link
from skolnav.core.accounts.models import Account, AttemptCount, KnownPlace, OneTimeLink, Session
from skolnav.core.notifications.jobs import all_jobs
from skolnav.core.tenancy import clock


def test_what_is_over_is_forgotten_and_what_holds_is_kept(anna, client_of):
    client_of(anna)
    place = Place("198.51.100.1")
    take_login("anna", place)
    remember_place("anna", place)
    make_link(Account.objects.get(person=anna), Purpose.NEW_PASSWORD, anna.email)
    tables = (Session, AttemptCount, KnownPlace, OneTimeLink)

    assert forget_old() == 0
    with time_machine.travel(clock.now() + timedelta(days=91)):
        assert forget_old() >= len(tables)

    assert not any(table.objects.exists() for table in tables)


def test_the_worker_sends_and_forgets():
    assert {"accounts.mail", "accounts.forget_old"} <= {job.name for job in all_jobs()}
