"""Saving at the very moment of locking, and two guardians at once, under PostgreSQL."""

from datetime import time, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from skolnav.boxes.educare.actions.times import DaysEditedMeanwhile, DaysRefused, save_days
from skolnav.boxes.educare.models import CareTime
from skolnav.boxes.educare.queries.wishes import Wish
from skolnav.core.access.building import build_viewer
from skolnav.core.people.models import Person
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.scope import of_organiser

from .family import monday

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no two writers"),
]


def in_a_thread(organiser, work):
    """Run `work` with a connection of its own; gives the thread, already started."""

    def run():
        try:
            with of_organiser(organiser.pk):
                work()
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread


def test_who_waits_for_the_child_while_the_day_locks_is_refused(tuesday, cast, anna, alva):
    wednesday = monday(1) + timedelta(days=2)  # locks at midnight
    actor, refused = build_viewer(anna.pk), []

    def save():
        try:
            save_days(actor=actor, wishes=[Wish(alva.pk, wednesday, leaves_at=time(16))])
        except DaysRefused as error:
            refused.append(error)

    with transaction.atomic():
        list(Person.everything.select_for_update(no_key=True).filter(pk=alva.pk))
        waiting = in_a_thread(cast.ekdal, save)
        waiting.join(0.5)
        assert waiting.is_alive()
        tuesday.move_to(clock.start_of(clock.today() + timedelta(days=1)))
    waiting.join(10)

    assert len(refused) == 1
    assert not CareTime.everything.exists()


def test_of_two_guardians_at_once_one_saves_and_the_other_sees_it(tuesday, cast, anna, omar, alva):
    ready, said = Barrier(2), []

    def saves(person, leaves):
        def save():
            actor = build_viewer(person.pk)
            ready.wait(10)
            try:
                said.append(save_days(actor=actor, wishes=[Wish(alva.pk, monday(2), leaves_at=leaves)]))
            except DaysEditedMeanwhile as error:
                said.append(error.theirs[0].leaves_at)

        return save

    threads = [
        in_a_thread(cast.ekdal, saves(anna, time(15))),
        in_a_thread(cast.ekdal, saves(omar, time(16))),
    ]
    for thread in threads:
        thread.join(20)

    kept = CareTime.everything.get()
    assert sorted(map(str, said)) == sorted(["1", str(kept.leaves_at)])
    assert kept.version == 1
