"""Two administrators at the very same moment. On PostgreSQL; SQLite lets one write at a time anyway."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from skolnav.core.people.actions.persons import change_person, create_person
from skolnav.core.people.actions.protection import ask_to_lower_protection
from skolnav.core.people.actions.refusals import EditedMeanwhile, NumberTaken, Refused
from skolnav.core.people.identity_numbers import parse
from skolnav.core.people.models import Person
from skolnav.core.tenancy.scope import of_organiser

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no two writers"),
]


@pytest.fixture
def at_once(cast, viewer_of):
    """Run a function for as many people as there are arguments, at the same moment; gives what came of each."""
    lena = viewer_of(cast.lena)

    def run(act, arguments):
        ready = Barrier(len(arguments))

        def one(argument):
            with of_organiser(cast.ekdal.pk):
                ready.wait(timeout=10)
                try:
                    return act(lena, argument)
                except (EditedMeanwhile, NumberTaken, Refused) as told:
                    return type(told)
                finally:
                    connections.close_all()

        with ThreadPoolExecutor(len(arguments)) as pool:
            return list(pool.map(one, arguments))

    return run


def test_one_change_is_written_and_the_other_told(cast, at_once):
    before = Person.everything.get(pk=cast.anna.pk).version

    def change(lena, mobile):
        return change_person(actor=lena, person_id=cast.anna.pk, version=before, mobile=mobile).mobile

    results = at_once(change, ["070-1", "070-2", "070-3"])

    written = [result for result in results if result is not EditedMeanwhile]
    assert len(written) == 1
    anna = Person.everything.get(pk=cast.anna.pk)
    assert (anna.mobile, anna.version) == (written[0], before + 1)


def test_a_number_is_given_once(cast, at_once):
    def create(lena, name):
        create_person(
            actor=lena,
            organiser_id=cast.ekdal.pk,
            identity_number=parse("20150203TF09"),
            given_name=name,
            family_name="Ek",
        )
        return name

    results = at_once(create, ["Bo", "Bea"])

    assert results.count(NumberTaken) == 1
    assert Person.everything.filter(family_name="Ek").count() == 1


def test_a_protection_is_asked_to_be_lowered_once(cast, at_once):
    results = at_once(
        lambda lena, person: ask_to_lower_protection(actor=lena, person_id=person.pk).pk,
        [cast.elis, cast.elis],
    )

    assert results.count(Refused) == 1
