"""Credentials that the school hands out."""

import re
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.http import Http404

from skolnav.core.accounts import letters
from skolnav.core.accounts.actions import CannotIssue, cut_sessions, issue_credential, issue_many
from skolnav.core.accounts.mailing import send_waiting_mail
from skolnav.core.accounts.models import Account, Credential, OneTimeLink, Session, WaitingMail
from skolnav.core.audit.models import AuditRecord
from skolnav.core.people.models import Person
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.scope import over_all_organisers


@pytest.mark.requirement("3-account-1")
def test_the_office_issues_a_credential_to_somebody_without_an_account(lena, alva, viewer_of):
    issued = issue_credential(actor=viewer_of(lena), person=alva, channel="letter")

    assert issued.account.username == "alva.larsson"
    assert issued.account.must_change_password
    assert Account.objects.get(person=alva).check_password(issued.initial_password)
    credential = Credential.objects.get(account=issued.account)
    assert credential.issued_by_id == lena.pk
    assert timedelta(days=29) < credential.expires_at - clock.now() <= timedelta(days=30)
    written = AuditRecord.objects.get(act="issue_credential", actor_person_id=lena.pk)
    assert written.details == {"channel": "letter", "person": alva.pk}


def test_the_initial_password_is_kept_nowhere(alva):
    issued = issue_credential(actor=None, person=alva, channel="letter")

    from django.db import connection

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            assert issued.initial_password not in str(cursor.fetchall())


@pytest.mark.parametrize("stranger", ["anna", "kim", "sara", "ingrid", "greta"])
def test_nobody_but_an_administrator_of_the_school_issues(cast, alva, viewer_of, stranger):
    actor = viewer_of(cast.people[stranger])

    with pytest.raises(Http404):
        issue_credential(actor=actor, person=alva, channel="letter")
    with pytest.raises(Http404):
        issue_many(actor=actor, organiser=cast.ekdal, people=[alva], channel="letter")
    assert not Account.objects.filter(person=alva).exists()


def test_a_new_credential_replaces_the_earlier_one_and_cuts_sessions(anna, client_of):
    client = client_of(anna)
    first = issue_credential(actor=None, person=anna, channel="letter")
    second = issue_credential(actor=None, person=anna, channel="letter")

    account = Account.objects.get(person=anna)
    assert not account.check_password(first.initial_password)
    assert account.check_password(second.initial_password)
    assert Credential.objects.filter(account=account, replaced_at=None).count() == 1
    assert client.get("/konto/").status_code == 302


def test_a_mailed_link_leaves_ones_own_password_but_not_the_letters(anna):
    issue_credential(actor=None, person=anna, channel="email")
    assert Account.objects.get(person=anna).check_password("ekdal-demo")

    letter = issue_credential(actor=None, person=anna, channel="letter")
    issue_credential(actor=None, person=anna, channel="email")

    account = Account.objects.get(person=anna)
    assert not account.check_password(letter.initial_password)
    assert not account.must_change_password


def test_protected_people_get_no_mail(maja):
    with pytest.raises(CannotIssue):
        issue_credential(actor=None, person=maja, channel="email")
    assert not WaitingMail.objects.exists()


def test_somebody_without_an_address_gets_no_mail(kim):
    with pytest.raises(CannotIssue):
        issue_credential(actor=None, person=kim, channel="email")


def test_many_get_letters_in_one_file(cast, lena, alva, anna, maja, viewer_of):
    told = []
    issued = issue_many(
        actor=viewer_of(lena),
        organiser=cast.ekdal,
        people=[alva, anna, maja],
        channel="letter",
        progress=lambda done, of: told.append((done, of)),
    )

    assert issued.pdf.startswith(b"%PDF")
    assert issued.letters == 3
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_many_get_mail_and_the_rest_are_named(cast, lena, kim, anna, maja, viewer_of):
    issued = issue_many(
        actor=viewer_of(lena), organiser=cast.ekdal, people=[kim, anna, maja], channel="email"
    )

    assert (issued.mailed, issued.pdf) == (1, b"")
    assert issued.without_email == (kim, maja)


def test_one_stranger_among_many_stops_them_all(cast, lena, alva, greta, viewer_of):
    with pytest.raises(ValueError):
        issue_many(actor=viewer_of(lena), organiser=cast.ekdal, people=[alva, greta], channel="letter")
    assert not Account.objects.filter(person=alva).exists()


def test_a_letter_says_what_one_needs(cast, kim, anna, maja, lena, django_assert_num_queries):
    Person.everything.filter(pk=anna.pk).update(
        street_address="Ekbacken 3", postal_code="990 10", locality="Ekdal"
    )
    people = [Person.everything.get(pk=person.pk) for person in (kim, anna, maja, lena)]
    issued = [(Account(username=person.given_name.lower()), "kamo-reti-supa-vedu-4739") for person in people]

    with django_assert_num_queries(4):
        kims, annas, majas, lenas = letters.pages_for(people, issued)

    assert annas.address == ("Ekbacken 3", "990 10 Ekdal")
    assert annas.login_address == "http://127.0.0.1:8000/logga-in/"
    assert kims.school[:2] == ("Ekdalsskolan", "0990-101 00")
    assert annas.school[0] in ("Ekdalsskolan", "Lillåskolan")
    # Handed over: a protected person's letter bears no address at all.
    assert majas.address == ()
    assert letters.as_pdf([kims, annas, majas, lenas]).count(b"/Type /Page\n") in (0, 4)


def test_typst_is_not_led_astray_by_what_people_are_called(kim):
    page = letters.Page(
        name='#panic("x") $a$ *b* "quoted" \\ نور <x>',
        address=('#read("/etc/passwd")',),
        username="o'brien@x",
        initial_password="kamo",
        login_address="http://x/",
        school=("A & B",),
        organiser="",
        day="2026-11-23",
    )

    assert letters.as_pdf([page]).startswith(b"%PDF")


def test_cutting_sessions_voids_links_too(anna, client_of):
    client = client_of(anna)
    account = Account.objects.get(person=anna)
    OneTimeLink.objects.create(
        account=account, purpose="new_password", token_hash="x", email="a@b.example", expires_at=clock.now()
    )

    assert cut_sessions(anna) == 1

    assert client.get("/konto/").status_code == 302
    assert not Session.objects.filter(account=account).exists()
    assert not OneTimeLink.objects.filter(used_at=None).exists()
    assert cut_sessions(anna) == 0


def test_somebody_without_an_account_has_no_sessions(alva):
    assert cut_sessions(alva) == 0


def test_a_mail_that_fails_is_tried_again_and_given_up_in_the_end(anna, monkeypatch):
    def broken(self):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", broken)
    issue_credential(actor=None, person=anna, channel="email")

    for attempt in range(1, 5):
        WaitingMail.objects.update(next_try_at=clock.now())
        with over_all_organisers():
            assert send_waiting_mail() == 1
        assert WaitingMail.objects.get().attempts == attempt
        assert WaitingMail.objects.get().next_try_at > clock.now()
    assert Credential.objects.get().failed_at is None
    WaitingMail.objects.update(next_try_at=clock.now())
    send_waiting_mail()

    assert not WaitingMail.objects.exists()
    assert Credential.objects.get().failed_at is not None


@pytest.mark.parametrize(("code", "is_final"), [(550, True), (451, False)])
def test_what_the_receiver_refuses_for_good_is_not_tried_again(anna, monkeypatch, code, is_final):
    def refused(self):
        raise SMTPRecipientsRefused({anna.email: (code, b"no")})

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refused)
    issue_credential(actor=None, person=anna, channel="email")
    with over_all_organisers():
        send_waiting_mail()

    assert WaitingMail.objects.exists() is not is_final
    assert (Credential.objects.get().failed_at is not None) is is_final


@pytest.mark.parametrize("change", [{"email": "mended@post.example"}, {"is_protected": True}])
def test_a_link_that_should_not_go_any_longer_does_not(anna, change):
    issue_credential(actor=None, person=anna, channel="email")
    Person.everything.filter(pk=anna.pk).update(**change)
    with over_all_organisers():
        send_waiting_mail()

    assert mail.outbox == []


def test_a_mail_speaks_the_readers_language(anna):
    Account.objects.filter(person=anna).update(language="en")
    issue_credential(actor=None, person=anna, channel="email")
    with over_all_organisers():
        send_waiting_mail()

    assert mail.outbox[0].subject == "Your account in Skolnav"
    assert re.search(r"http\S+/logga-in/nytt-losenord/\S+/", mail.outbox[0].body)
    assert mail.outbox[0].extra_headers["Auto-Submitted"] == "auto-generated"
