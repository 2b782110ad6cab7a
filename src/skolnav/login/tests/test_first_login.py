"""The first login with what the school handed out."""

import re

import pytest
from django.core import mail

from skolnav.core.accounts.actions import issue_credential
from skolnav.core.accounts.mailing import send_waiting_mail
from skolnav.core.accounts.models import Account, Credential
from skolnav.core.people.models import Person
from skolnav.core.tenancy.scope import over_all_organisers

OWN = "three words of hers"


@pytest.fixture
def letter(anna):
    return issue_credential(actor=None, person=anna, channel="letter")


@pytest.fixture
def newcomer(letter, visitor):
    """Somebody who has typed what the letter says."""
    response = visitor.post("/logga-in/", {"username": "anna", "password": letter.initial_password})
    assert response["Location"] == "/logga-in/forsta-gangen/"
    return visitor


@pytest.mark.requirement("3-account-1")
def test_a_letter_opens_the_door_once_and_leads_to_a_password_of_ones_own(newcomer, letter, anna):
    details = {"password": OWN, "email": "anna@new.example", "mobile": "070 123", "phone": ""}
    done = newcomer.post("/logga-in/forsta-gangen/", details, follow=True)

    assert done.redirect_chain == [("/", 302)]
    assert "Öppna länken som vi har skickat till anna@new.example" in done.content.decode()
    account = Account.objects.get(person=anna)
    assert (account.must_change_password, account.unverified_email) == (False, "anna@new.example")
    assert account.contact_confirmed_at is not None
    assert Person.everything.get(pk=anna.pk).mobile == "070 123"
    assert Credential.objects.get(account=account).used_at is not None
    again = newcomer.__class__()
    assert (
        again.post("/logga-in/", {"username": "anna", "password": letter.initial_password}).status_code == 200
    )
    assert again.post("/logga-in/", {"username": "anna", "password": OWN})["Location"] == "/"


def test_nothing_else_opens_before(newcomer):
    for closed in ("/", "/konto/", "/konto/losenord/"):
        assert newcomer.get(closed)["Location"] == "/logga-in/forsta-gangen/"
    for opened in ("/logga-in/forsta-gangen/", "/hjalp/", "/tillganglighet/"):
        assert newcomer.get(opened).status_code == 200
    assert newcomer.post("/logga-in/ut/").status_code == 302


def test_the_schools_password_and_weak_ones_are_refused(newcomer, letter):
    same = newcomer.post("/logga-in/forsta-gangen/", {"password": letter.initial_password})
    weak = newcomer.post("/logga-in/forsta-gangen/", {"password": "12345678910"})

    assert "Det är lösenordet från skolan" in same.content.decode()
    assert weak.status_code == 200
    assert newcomer.get("/")["Location"] == "/logga-in/forsta-gangen/"


def test_an_address_is_written_to_only_when_its_link_has_been_opened(newcomer, anna):
    newcomer.post("/logga-in/forsta-gangen/", {"password": OWN, "email": "anna@new.example"})
    before = Account.objects.get(person=anna).verified_email
    with over_all_organisers():
        send_waiting_mail()
    told, message = mail.outbox
    link = re.search(r"http\S+(/logga-in/bekrafta/\S+)", message.body)[1]

    page = newcomer.get(link, follow=True)
    assert "anna@new.example" in page.content.decode()
    assert Account.objects.get(person=anna).verified_email == before
    newcomer.post("/logga-in/bekrafta/", {})

    assert (told.to, message.to) == ([before], ["anna@new.example"])
    assert Account.objects.get(person=anna).verified_email == "anna@new.example"
    assert newcomer.get(link, follow=True).status_code == 410


def test_without_an_address_nothing_is_sent(newcomer, anna):
    Account.objects.filter(person=anna).update(verified_email="")
    newcomer.post("/logga-in/forsta-gangen/", {"password": OWN, "email": ""})
    with over_all_organisers():
        send_waiting_mail()

    assert mail.outbox == []


def test_whoever_has_a_password_of_their_own_is_led_on(anna, client_of):
    assert client_of(anna).get("/logga-in/forsta-gangen/")["Location"] == "/"


@pytest.mark.requirement("3-account-1")
def test_the_schools_link_by_mail_opens_the_door_and_proves_the_address(anna, visitor):
    issue_credential(actor=None, person=anna, channel="email")
    with over_all_organisers():
        send_waiting_mail()
    (message,) = mail.outbox
    link = re.search(r"http\S+(/logga-in/nytt-losenord/\S+)", message.body)[1]

    visitor.get(link, follow=True)
    visitor.post("/logga-in/nytt-losenord/", {"password": OWN})
    response = visitor.post("/logga-in/", {"username": "anna", "password": OWN})

    assert message.to == [anna.email]
    assert response["Location"] == "/"
    assert Account.objects.get(person=anna).verified_email == anna.email
    assert not any(name in message.body for name in ("Larsson", "Kim", "Ekdalsskolan"))


def test_a_link_to_an_address_that_the_office_has_mended_opens_nothing(anna, visitor):
    """The register had a stranger's address: whoever reads there must not become Anna for seven days."""
    issue_credential(actor=None, person=anna, channel="email")
    with over_all_organisers():
        send_waiting_mail()
    link = re.search(r"http\S+(/logga-in/nytt-losenord/\S+)", mail.outbox[0].body)[1]

    Person.everything.filter(pk=anna.pk).update(email="the.right.one@post.example")

    assert visitor.get(link, follow=True).status_code == 410


def test_the_owner_is_told_when_somebody_comes_in_by_a_letter(newcomer, anna):
    """Whoever was handed the letter, or printed it, may be another than Anna."""
    address = Account.objects.get(person=anna).verified_email

    newcomer.post("/logga-in/forsta-gangen/", {"password": OWN, "email": "another@post.example"})
    with over_all_organisers():
        send_waiting_mail()

    (told,) = (message for message in mail.outbox if message.to == [address])
    assert told.subject == "Ditt lösenord är ändrat"
