"""Limits that stop guessing and lock nobody else out."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django.core import mail

from skolnav.core.accounts import limits
from skolnav.core.accounts.limits import Place, TooManyAttempts, remember_place, take_login
from skolnav.core.accounts.mailing import send_waiting_mail
from skolnav.core.accounts.models import Account, AttemptCount
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.scope import over_all_organisers

PASSWORD = "ekdal-demo"


@pytest.fixture(autouse=True)
def cheap_hashes(settings, cast):
    """What is counted here is attempts, not CPU."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    Account.objects.update(password=make_password(PASSWORD))


def log_in(client, username="anna", password=PASSWORD, address="198.51.100.1"):
    return client.post("/logga-in/", {"username": username, "password": password}, REMOTE_ADDR=address)


def guess(client, times, **where):
    return [log_in(client, password=f"wrong-{number}", **where).status_code for number in range(times)]


@pytest.fixture(autouse=True)
def in_the_middle_of_a_window():
    """So that no test runs over the end of one."""
    with time_machine.travel("2026-11-23T09:01:00Z", tick=False):
        yield


def test_ten_guesses_shut_the_place_and_not_the_owner_elsewhere(anna, visitor):
    assert guess(visitor, 12, address="203.0.113.9") == [200] * 10 + [429] * 2

    stopped = log_in(visitor, address="203.0.113.9")
    owner = log_in(visitor, address="198.51.100.7")

    assert stopped.status_code == 429
    assert "Vänta till klockan 10.15" in stopped.content.decode()
    assert owner.status_code == 302


def test_a_quarter_later_the_place_is_open_again(anna, visitor):
    guess(visitor, 11)

    with time_machine.travel(clock.now() + timedelta(minutes=15)):
        assert log_in(visitor).status_code == 302


def test_a_school_behind_one_address_is_not_shut_by_one_pupil(anna, kim, visitor):
    guess(visitor, 12, username="anna")

    assert log_in(visitor, "kim").status_code == 302


def test_guessing_from_many_addresses_is_slow_and_the_owner_gets_in_from_where_she_was_before(anna, visitor):
    assert log_in(visitor, address="198.51.100.7").status_code == 302
    visitor.cookies.clear()

    codes = [guess(visitor, 1, address=f"203.0.113.{number}")[0] for number in range(60)]

    assert codes == [200] * 50 + [429] * 10
    assert log_in(visitor, address="198.51.100.7").status_code == 302


def test_her_own_browser_has_a_budget_of_its_own_on_a_shared_address(anna, visitor, client_of):
    owners, attackers = visitor, type(visitor)()
    assert log_in(owners).status_code == 302
    owners.post("/logga-in/ut/")

    guess(attackers, 12)

    assert log_in(attackers).status_code == 429
    assert log_in(owners).status_code == 302


def test_a_known_browser_guesses_no_more_than_any_other(anna, visitor):
    log_in(visitor)
    visitor.post("/logga-in/ut/")

    assert guess(visitor, 12) == [200] * 10 + [429] * 2


def test_an_invented_browser_name_gives_no_budget(anna, visitor):
    codes = []
    for number in range(12):
        visitor.cookies["skolnav-enhet"] = f"invented-{number}"
        codes += guess(visitor, 1)

    assert codes == [200] * 10 + [429] * 2


def test_whoever_proves_by_mail_that_the_name_is_theirs_need_not_wait(anna, visitor):
    guess(visitor, 12)
    visitor.post("/logga-in/glomt-losenord/", {"typed": "anna"})
    with over_all_organisers():
        send_waiting_mail()
    link = re.search(r"http\S+(/logga-in/nytt-losenord/\S+)", mail.outbox[0].body)[1]
    visitor.get(link, follow=True)

    visitor.post("/logga-in/nytt-losenord/", {"password": "three words of hers"})

    assert log_in(visitor, password="three words of hers").status_code == 302


def test_names_without_an_account_are_limited_just_so(anna, visitor):
    assert guess(visitor, 12, username="nobody-here") == [200] * 10 + [429] * 2


def test_right_passwords_are_not_counted(anna, visitor):
    for _ in range(12):
        assert log_in(visitor).status_code == 302
        visitor.post("/logga-in/ut/")

    assert not AttemptCount.objects.filter(count__gt=0).exists()


def test_a_hundred_at_once_are_a_hundred(db):
    """Each is taken before the password is looked at."""
    place = Place("198.51.100.1")

    taken = [take_login("anna", place) for _ in range(10)]

    with pytest.raises(TooManyAttempts):
        take_login("anna", place)
    taken[0].give_back()
    take_login("anna", place)


def test_a_place_is_known_for_ninety_days(db):
    place = Place("198.51.100.1")
    remember_place("anna", place)
    AttemptCount.objects.create(
        key=limits.keyed_hash("unknown places|anna"),
        window=limits.FROM_UNKNOWN_PLACES.current_window(),
        count=50,
    )

    take_login("anna", place)
    with time_machine.travel(clock.now() + timedelta(days=91), tick=False):
        AttemptCount.objects.update(window=limits.FROM_UNKNOWN_PLACES.current_window())
        with pytest.raises(TooManyAttempts):
            take_login("anna", place)


def test_neither_names_nor_addresses_are_stored(anna, visitor):
    guess(visitor, 1)

    for row in AttemptCount.objects.values_list("key", flat=True):
        assert len(row) == 64
        assert "anna" not in row
        assert "198.51" not in row
