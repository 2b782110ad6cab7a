"""How long a session lasts."""

from datetime import timedelta

import time_machine

from skolnav.core.accounts.models import Session
from skolnav.core.tenancy import clock

PAGE = "/konto/"


def is_in(client):
    """Whether the session still opens a page, whatever the test client thinks of the cookie's age."""
    for cookie in client.cookies.values():
        cookie["max-age"] = cookie["expires"] = ""
    return client.get(PAGE).status_code == 200


def test_a_session_ends_after_a_fortnight_without_use(anna, client_of):
    client = client_of(anna)

    with time_machine.travel(clock.now() + timedelta(days=15)):
        assert not is_in(client)


def test_a_session_in_use_goes_on_and_its_cookie_too(anna, client_of):
    client = client_of(anna)

    with time_machine.travel(clock.now() + timedelta(days=13)):
        assert client.get(PAGE).cookies["skolnav"]["max-age"] == 14 * 86400
    with time_machine.travel(clock.now() + timedelta(days=26)):
        assert is_in(client)


def test_no_session_lasts_more_than_ninety_days(anna, client_of):
    client = client_of(anna)
    start = clock.now()

    lasted = 0
    for day in range(10, 110, 10):
        with time_machine.travel(start + timedelta(days=day)):
            if is_in(client):
                lasted = day

    assert lasted == 80


def test_last_seen_is_noted_now_and_then(anna, client_of, django_assert_num_queries):
    client = client_of(anna)
    client.get(PAGE)
    first = Session.objects.get(account__person=anna).last_seen_at

    client.get(PAGE)
    assert Session.objects.get(account__person=anna).last_seen_at == first
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        client.get(PAGE)

    assert Session.objects.get(account__person=anna).last_seen_at > first
