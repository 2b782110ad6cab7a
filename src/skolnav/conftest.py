"""What every test may ask for: the cast by name, and a browser-less client logged in as any of them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django_scopes.state import state
from pytest_django.plugin import blocking_manager_key

from skolnav.core.access.building import build_viewer
from skolnav.core.access.viewer import Viewer
from skolnav.core.accounts.models import Account
from skolnav.core.people.models import Guardianship, Person
from skolnav.core.schools.models import Organiser
from skolnav.core.tenancy.clock import STOCKHOLM
from skolnav.core.tenancy.scope import of_organiser
from skolnav.demo.cast import Cast, build_cast
from skolnav.demo.lessons import build_lessons
from skolnav.demo.people import school_year_start

NAMES = (
    "kim", "alva", "elis", "tuva", "anna", "omar", "robin", "maja", "erik", "sara", "nour", "pelle", "ingrid",
    "lena", "ulla", "nils", "gun", "greta",
)  # fmt: skip

_built: list[Cast] = []


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The cast is made once, before the first test; each test's transaction rolls back to it."""
    with django_db_blocker.unblock():
        _built[:] = [build_cast()]


def current_cast() -> Cast:
    """Everybody; after a test that emptied the tables they are made anew."""
    if not Organiser.objects.filter(pk=_built[0].ekdal.pk).exists():
        _built[:] = [build_cast()]
    return _built[0]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """A test with transactions of its own empties the tables at its end: the next one finds its cast again."""
    yield
    if nextitem is None:  # the last of all: the database is gone
        return
    marker = item.get_closest_marker("django_db")
    if "transactional_db" in item.fixturenames or (marker and marker.kwargs.get("transaction")):  # type: ignore[attr-defined]
        with item.config.stash[blocking_manager_key].unblock():
            current_cast()


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    """Everybody, with Ekdals kommun's scope entered."""
    found = current_cast()
    with of_organiser(found.ekdal.pk):
        yield found


def _person_fixture(name: str) -> Any:
    @pytest.fixture(name=name)
    def fixture(cast: Cast) -> Person:
        return Person._base_manager.with_scopes_disabled().get(pk=cast.people[name].pk)  # type: ignore[attr-defined]

    return fixture


for _name in NAMES:
    globals()[f"person_{_name}"] = _person_fixture(_name)


class OutsideClient(Client):
    """A client whose requests do not stand in the test's own tenant scope: what a view forgets, fails."""

    def request(self, **request: Any) -> Any:
        with _no_scope():
            return super().request(**request)


@contextmanager
def _no_scope() -> Iterator[None]:
    token = state.set(None)
    try:
        yield
    finally:
        state.reset(token)


def logged_in(person: Person) -> OutsideClient:
    """A client logged in as somebody who has an account."""
    client = OutsideClient()
    client.force_login(Account.objects.get(person_id=person.pk))
    return client


def has_account(person: Person) -> bool:
    return Account.objects.filter(person_id=person.pk).exists()


@pytest.fixture
def visitor(cast: Cast) -> OutsideClient:
    """Somebody who is not logged in."""
    return OutsideClient()


@pytest.fixture
def client_of(cast: Cast) -> Callable[[Person], OutsideClient]:
    """`client_of(anna).get("/")`: a client logged in as somebody of the cast."""

    return logged_in


@pytest.fixture
def viewer_of(cast: Cast) -> Callable[[Person], Viewer]:
    """`viewer_of(anna)`: the viewer as rules and actions get it."""
    return lambda person: build_viewer(person.pk)


@pytest.fixture
def tuesday(cast: Cast) -> Iterator[Any]:
    """A quarter past seven on the first Tuesday of the school year's October, with a week of lessons for 5B and 2A.

    Robin's custody ended a week before, as it has in the cast on any day. `tuesday.move_to(...)` moves the clock.
    """
    october = date(school_year_start().year, 10, 1)
    day = october + timedelta(days=(1 - october.weekday()) % 7)
    Guardianship.everything.filter(guardian=cast.robin).update(valid_until=day - timedelta(days=7))
    with time_machine.travel(datetime.combine(day, time(7, 15), STOCKHOLM), tick=False) as clock:
        build_lessons(cast)
        yield clock


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's Chromium, one for all the tests of a process: Playwright cannot be started twice in one."""
    from tools import walking

    with walking.chromium() as browser:
        yield browser
