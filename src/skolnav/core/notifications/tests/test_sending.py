"""Mail over a real SMTP server: at least once on the wire, exactly once in the books."""

import threading
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, connections

from skolnav.core.access.building import build_viewer
from skolnav.core.accounts.models import Account
from skolnav.core.feed.publishing import withdraw
from skolnav.core.notifications import channels, kinds, sending
from skolnav.core.notifications.cutting import cut_person
from skolnav.core.notifications.fanout import fan_out_due
from skolnav.core.notifications.kinds import Kind
from skolnav.core.notifications.models import Delivery
from skolnav.core.notifications.preferences import choose
from skolnav.core.notifications.sending import LEASE, claim, send_due
from skolnav.core.notifications.terms import Channel, When
from skolnav.core.notifications.worker import sweep
from skolnav.core.people.models import Guardianship
from skolnav.core.tenancy import clock


class Killed(BaseException):
    """Stands for a SIGKILL: nothing of the worker's own catches it."""


def of(person, **columns):
    return Delivery.everything.filter(person=person, channel="email", **columns).get()


@pytest.mark.requirement("7-bell-2")
def test_each_gets_a_letter_of_their_own_that_names_neither_child_nor_school(tell, inbox, cast):
    notice = tell(title="Kim och 5B till Ekdalsskolans skog")

    counts = sweep()

    assert (counts.notices, counts.sent) == (1, 3)
    assert inbox.addresses == sorted(cast.people[name].email for name in ("anna", "maja", "omar"))
    letter = inbox.letters[0]
    assert letter["Subject"] == "Det finns något nytt för dig i Skolnav"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["List-Unsubscribe"] == "<https://skolnav.example/konto/notiser/>"
    assert letter["Cc"] is None
    assert letter["Bcc"] is None
    body = letter.get_content()
    assert f"https://skolnav.example/notiser/{notice.public_id}/" in body
    for secret in ("Kim", "5B", "Ekdal", "skog", "Larsson"):
        assert secret not in letter.as_string()
        assert secret not in body
    assert of(cast.anna).sent_at == clock.now()


def test_once_sent_it_is_not_sent_again(tell, inbox):
    tell()
    sweep()

    assert sweep().sent == 0
    assert len(inbox.letters) == 3


def test_each_is_written_to_in_their_language(tell, inbox, cast):
    Account.objects.filter(person=cast.anna).update(language="en")
    tell(f"p:{cast.alva.pk}")

    sweep()

    texts = {letter["To"]: letter["Subject"] for letter in inbox.letters}
    assert texts[cast.omar.email] == "Det finns något nytt för dig i Skolnav"
    assert texts[cast.anna.email] == "There is something new for you in Skolnav"


def test_a_mail_server_that_is_down_is_tried_again_and_given_up_after_four_hours(tell, smtp_port, ten, cast):
    tell(f"p:{cast.elis.pk}")
    waits = []
    for _ in range(5):
        sweep()
        row = of(cast.maja)
        if row.next_try_at:
            waits.append(row.next_try_at - clock.now())
            ten.move_to(row.next_try_at)

    assert [wait.total_seconds() / 60 for wait in waits] == [1, 5, 30, 180]
    assert row.failed_at is not None
    assert row.sent_at is None
    assert row.error == "ConnectionRefusedError"
    assert sweep().failed == 0


def test_a_server_that_comes_back_gets_everything(tell, smtp_port, ten, request):
    tell()
    assert sweep().retried == 3

    inbox = request.getfixturevalue("inbox")
    assert sweep().sent == 0
    ten.shift(timedelta(minutes=1))

    assert sweep().sent == 3
    assert len(inbox.letters) == 3


@pytest.mark.parametrize(
    ("answer", "outcome"), [("550 No such mailbox", "failed"), ("452 Mailbox full", "retried")]
)
def test_a_refusal_for_good_is_final_and_a_passing_one_is_not(tell, inbox, cast, answer, outcome):
    tell(f"p:{cast.elis.pk}")
    inbox.refusal = answer

    counts = sweep()

    assert getattr(counts, outcome) == 1
    assert of(cast.maja).error == f"SMTPRecipientsRefused {answer[:3]}"
    assert cast.maja.email not in of(cast.maja).error


def test_killed_between_sending_and_booking_it_is_sent_again_with_the_same_name(
    tell, inbox, ten, cast, monkeypatch
):
    tell(f"p:{cast.elis.pk}")
    fan_out_due(clock.now())

    def die(pk, outcome, **columns):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(sending, "_book", die)
        with pytest.raises(Killed):
            send_due(clock.now())
    assert len(inbox.letters) == 1
    assert sweep().sent == 0  # it may still be on its way
    ten.shift(LEASE + timedelta(seconds=1))

    assert sweep().sent == 1
    first, second = inbox.letters
    assert first["Message-ID"] == second["Message-ID"]
    assert Delivery.everything.filter(channel="email").count() == 1
    assert of(cast.maja).sent_at


def test_a_letter_that_kills_every_worker_is_given_up(tell, inbox, ten, cast, monkeypatch):
    tell(f"p:{cast.elis.pk}")
    fan_out_due(clock.now())

    def die(delivery, kind, contact):
        raise Killed

    monkeypatch.setattr(sending, "_letter", die)
    for _ in range(5):
        with pytest.raises(Killed):
            send_due(clock.now())
        ten.shift(LEASE + timedelta(seconds=1))

    assert not send_due(clock.now())
    assert of(cast.maja).error == "NoAnswer"


def test_two_workers_never_take_the_same_letter(tell, inbox, ten):
    tell()
    fan_out_due(clock.now())

    first, second = claim("email", clock.now()), claim("email", clock.now())

    assert len(first) == 3
    assert second == []


@pytest.mark.skipif("sqlite" in connection.vendor, reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_letter_once(tell, inbox, cast):
    tell(f"s:{cast.ekdalsskolan.pk}")
    tell(f"s:{cast.lillaskolan.pk}", part="other")
    finished = []

    def work():
        try:
            for _ in range(4):
                sweep()
            finished.append("well")
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert finished == ["well", "well"]
    assert len(inbox.letters) == Delivery.everything.filter(channel="email").count() == 6
    assert len({letter["Message-ID"] for letter in inbox.letters}) == 6


def test_custody_that_ends_while_the_letter_waits_stops_it(tell, inbox, cast):
    tell()
    fan_out_due(clock.now())

    Guardianship.everything.filter(guardian=cast.omar).update(ended_at=clock.now())
    cut_person(cast.omar.pk)
    sweep()

    assert cast.omar.email not in inbox.addresses
    assert of(cast.omar).cut_at


@pytest.mark.parametrize("change", ["ended_at", "restricted_at", "valid_until"])
def test_custody_is_asked_again_at_the_last_moment(tell, inbox, cast, change):
    tell()
    fan_out_due(clock.now())
    value = clock.today() - timedelta(days=1) if change == "valid_until" else clock.now()

    Guardianship.everything.filter(guardian=cast.omar).update(**{change: value})
    counts = sweep()

    assert (counts.sent, counts.cut) == (2, 1)
    assert cast.omar.email not in inbox.addresses
    assert of(cast.omar).error == "NoRight"


def test_custody_cut_in_the_midst_of_a_batch_stops_what_is_left_of_it(tell, inbox, cast):
    tell()
    fan_out_due(clock.now())
    last = Delivery.everything.filter(channel="email").order_by("pk").last()
    assert last is not None

    # Cut by another process while the first letter is on the wire.
    claimed = claim("email", clock.now())
    Delivery.everything.filter(pk=last.pk).update(cut_at=clock.now())
    with sending.carriers()[0].open() as send:
        outcomes = [sending._send(sending.carriers()[0], send, mark) for mark in claimed]

    assert sorted(outcomes) == ["cut", "sent", "sent"]


def test_what_is_withdrawn_is_not_sent(tell, inbox, cast):
    tell()
    fan_out_due(clock.now())

    withdraw(cast.class_5b)

    assert sweep().sent == 0
    assert inbox.letters == []


def test_who_has_turned_mail_off_gets_none_also_when_it_was_queued(tell, inbox, cast, viewer_of):
    tell()
    fan_out_due(clock.now())
    choose(actor=viewer_of(cast.omar), choices={("test.news", Channel.EMAIL): When.OFF})

    sweep()
    tell(part="second")
    sweep()

    assert cast.omar.email not in inbox.addresses
    assert of(cast.omar).error == "NotWanted"
    assert Delivery.everything.filter(person=cast.omar, channel="bell", cut_at=None).count() == 2


def test_an_address_that_nobody_has_confirmed_is_never_written_to(tell, inbox, cast):
    Account.objects.filter(person=cast.omar).update(verified_email="", unverified_email=cast.omar.email)
    tell()
    fan_out_due(clock.now())
    Account.objects.filter(person=cast.anna).update(verified_email="")

    sweep()

    assert inbox.addresses == [cast.maja.email]


def test_somebody_whose_account_is_shut_is_not_written_to(tell, inbox, cast):
    tell()
    fan_out_due(clock.now())
    Account.objects.filter(person=cast.omar).update(is_active=False)

    sweep()

    assert cast.omar.email not in inbox.addresses


def test_at_night_the_bell_rings_and_the_mail_waits_for_the_morning(tell, inbox, ten, cast):
    ten.shift(timedelta(hours=11))  # 21.00
    tell(f"p:{cast.elis.pk}")

    assert sweep().sent == 0
    assert Delivery.everything.filter(channel="bell").exists()
    ten.shift(timedelta(hours=9, minutes=59))
    assert sweep().sent == 0
    ten.shift(timedelta(minutes=1))  # 07.00
    assert sweep().sent == 1


def test_what_was_due_by_day_and_is_reached_by_night_waits_too(tell, inbox, ten, cast):
    tell(f"p:{cast.elis.pk}")
    fan_out_due(clock.now())
    ten.shift(timedelta(hours=13))  # no worker ran before 23.00

    assert sweep().sent == 0
    assert of(cast.maja).attempts == 0
    ten.shift(timedelta(hours=8))

    assert sweep().sent == 1


def test_what_is_urgent_does_not_wait(tell, inbox, ten, cast, monkeypatch):
    from skolnav.core.notifications import kinds

    urgent = Kind(key="test.urgent", title="", text=lambda params: "", is_urgent=True)
    monkeypatch.setitem(kinds._kinds, urgent.key, urgent)
    ten.shift(timedelta(hours=13))

    tell(f"p:{cast.elis.pk}", kind=urgent.key)

    assert sweep().sent == 1


@pytest.fixture
def texts(cast, monkeypatch):
    """What Anna's phone gets, when the installation has a channel for SMS."""
    sent = []

    class Phone:
        key, label = "sms", "Sms"

        def is_configured(self):
            return True

        def reaches(self, contact):
            return contact.person_id == cast.anna.pk

        @contextmanager
        def open(self):
            yield sent.append

    monkeypatch.setattr(channels, "_carriers", {carrier.key: carrier for carrier in channels.carriers()})
    channels.register_carrier(Phone())
    return sent


def test_the_next_channel_is_a_class_and_a_line(tell, inbox, ten, cast, news_kind, texts):
    """What the issue of push and SMS will do: register a carrier; the rest follows."""
    choose(actor=build_viewer(cast.anna.pk), choices={(news_kind.key, Channel.SMS): When.AT_ONCE})
    tell()

    sweep()

    [letter] = texts
    assert letter.contact.person_id == cast.anna.pk
    assert "Kim" not in letter.text
    assert len(inbox.letters) == 3


def test_what_goes_once_by_a_channel_goes_once_whatever_its_revision(
    tell, inbox, cast, news_kind, texts, monkeypatch
):
    """One SMS a day for each child, however many lessons are missed; bell and mail tell of each."""
    once = replace(news_kind, once_by=frozenset({Channel.SMS}), defaults=dict.fromkeys(Channel, When.AT_ONCE))
    monkeypatch.setitem(kinds._kinds, once.key, once)

    tell()
    sweep()
    tell(revision=2)
    sweep()
    tell(revision=3)
    sweep()

    assert len(texts) == 1
    assert inbox.addresses.count(cast.anna.email) == 3
    assert Delivery.everything.filter(channel=Channel.BELL, person=cast.anna, cut_at=None).count() == 1


def test_what_goes_once_is_not_lost_when_a_revision_overtakes_it(
    tell, cast, news_kind, texts, ten, monkeypatch
):
    """The first SMS still waits (the night, a carrier that is away) when the second lesson is missed."""
    once = replace(news_kind, once_by=frozenset({Channel.SMS}), defaults={Channel.SMS: When.AT_ONCE})
    monkeypatch.setitem(kinds._kinds, once.key, once)
    tell()
    fan_out_due(clock.now())
    tell(revision=2)

    sweep()

    assert len(texts) == 1
