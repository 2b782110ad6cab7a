"""Glömt lösenord, glömt användarnamn, and the links of the mails."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from skolnav.core.accounts.mailing import send_waiting_mail
from skolnav.core.accounts.models import Account, OneTimeLink, Session, WaitingMail
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.scope import over_all_organisers

PAGE = "/logga-in/glomt-losenord/"
NEW = "three words of hers"


def ask(client, typed, **more):
    return client.post(PAGE, {"typed": typed}, **more)


def send():
    with over_all_organisers():
        send_waiting_mail()
    return mail.outbox


def links(message):
    return re.findall(r"http\S+(/logga-in/\S+)", message.body)


def open_link(client, link):
    """What a browser does with a link of a mail: gives the page that it led to."""
    return client.get(link, follow=True)


@pytest.fixture
def annas(anna):
    return Account.objects.get(person=anna)


@pytest.mark.requirement("4-password-1")
def test_a_forgotten_password_is_replaced_by_a_link(annas, visitor, client_of, anna):
    elsewhere = client_of(anna)
    assert "Glömt lösenord?" in visitor.get("/logga-in/").content.decode()

    ask(visitor, "anna")
    (message,) = send()
    (link,) = links(message)
    page = open_link(visitor, link)
    done = visitor.post("/logga-in/nytt-losenord/", {"password": NEW})

    assert message.to == [annas.verified_email]
    assert "Välj ett nytt lösenord" in page.content.decode()
    assert done["Location"] == "/logga-in/"
    assert visitor.post("/logga-in/", {"username": "anna", "password": NEW}).status_code == 302
    assert elsewhere.get("/konto/").status_code == 302  # to the login: every session has ended


@pytest.mark.requirement("4-password-1")
def test_the_answer_is_the_same_for_known_and_unknown(annas, visitor, django_assert_num_queries):
    ask(visitor, "somebody else")
    answers = []
    for typed in ("anna", "nobody-here", annas.verified_email, "nobody@post.example"):
        with django_assert_num_queries(3):
            response = ask(visitor, typed)
        answers.append((response.status_code, response["Location"]))

    assert set(answers) == {(302, "/logga-in/glomt-losenord/skickat/")}
    assert len(send()) == 2


def test_who_forgot_the_case_of_the_name_is_told_the_name(annas, visitor):
    ask(visitor, " ANNA ")

    (message,) = send()
    assert "Användarnamn: anna\n" in message.body


def test_several_accounts_on_one_address_come_in_one_mail_with_a_link_each(annas, omar, visitor):
    Account.objects.filter(person=omar).update(verified_email=annas.verified_email.upper())
    Account.objects.filter(person=omar).update(verified_email=annas.verified_email)

    ask(visitor, annas.verified_email.upper())
    (message,) = send()

    assert "Användarnamn: anna" in message.body
    assert "Användarnamn: omar" in message.body
    first, second = links(message)
    assert "<b><bdi>anna</bdi></b>" in open_link(visitor, first).content.decode()
    assert "<b><bdi>omar</bdi></b>" in open_link(visitor, second).content.decode()


def test_the_mail_names_neither_child_nor_school(annas, visitor, cast):
    ask(visitor, "anna")
    (message,) = send()

    for secret in ("Kim", "Alva", "Larsson", "Ekdal", "Lillå"):
        assert secret not in message.subject + message.body


def test_who_lost_the_last_role_is_sent_no_way_in(robin, visitor):
    account = Account.objects.get(person=robin)
    assert account.verified_email

    ask(visitor, "robin")
    ask(visitor, account.verified_email)

    assert send() == []


@pytest.mark.parametrize("state", ["no address", "unverified", "closed"])
def test_nothing_is_sent_where_nothing_may_be(annas, visitor, state):
    changes = {
        "no address": {"verified_email": ""},
        "unverified": {"verified_email": "", "unverified_email": "new@post.example"},
        "closed": {"is_active": False},
    }
    Account.objects.filter(pk=annas.pk).update(**changes[state])

    for typed in ("anna", annas.verified_email, "new@post.example"):
        ask(visitor, typed)

    assert send() == []
    assert not WaitingMail.objects.exists()


def test_a_link_opens_once(annas, visitor):
    ask(visitor, "anna")
    (link,) = links(send()[0])
    open_link(visitor, link)
    visitor.post("/logga-in/nytt-losenord/", {"password": NEW})

    again = open_link(type(visitor)(), link)

    assert again.status_code == 410
    assert "Länken gäller inte längre" in again.content.decode()


def test_sent_twice_it_leads_to_the_same_place(annas, visitor):
    ask(visitor, "anna")
    open_link(visitor, links(send()[0])[0])
    form = {"password": NEW, "form_id": "a-double-tap-of-hers"}

    first = visitor.post("/logga-in/nytt-losenord/", form)
    second = visitor.post("/logga-in/nytt-losenord/", form)

    assert first["Location"] == second["Location"] == "/logga-in/"


def test_a_link_lasts_an_hour(annas, visitor):
    ask(visitor, "anna")
    (link,) = links(send()[0])

    with time_machine.travel(clock.now() + timedelta(minutes=61)):
        assert open_link(visitor, link).status_code == 410


def test_a_new_password_voids_the_other_links(annas, visitor):
    ask(visitor, "anna")
    ask(visitor, annas.verified_email)
    first, second = (links(message)[0] for message in send())
    open_link(visitor, first)
    visitor.post("/logga-in/nytt-losenord/", {"password": NEW})

    assert open_link(visitor, second).status_code == 410


def test_a_link_to_an_address_that_was_left_opens_nothing(annas, visitor):
    ask(visitor, "anna")
    (link,) = links(send()[0])
    Account.objects.filter(pk=annas.pk).update(verified_email="new@post.example")

    assert open_link(visitor, link).status_code == 410


def test_opening_a_link_uses_nothing_up_and_leaves_no_token_in_the_address(annas, visitor):
    """Mail scanners open links, and pages tell others the address that one came from."""
    ask(visitor, "anna")
    (link,) = links(send()[0])

    for _ in range(3):
        carried = visitor.get(link)
        page = visitor.get(carried["Location"])

    assert carried["Location"] == "/logga-in/nytt-losenord/"
    # Not "no-referrer": under it a browser sends the form with the Origin "null", and Django refuses that.
    assert carried["Referrer-Policy"] == page["Referrer-Policy"] == "same-origin"
    assert page.status_code == 200
    token = link.rstrip("/").rsplit("/", 1)[-1]
    assert token not in page.content.decode()
    assert not OneTimeLink.objects.filter(token_hash=token).exists()


def test_a_weak_password_is_refused_and_the_link_stays(annas, visitor):
    ask(visitor, "anna")
    open_link(visitor, links(send()[0])[0])

    for weak in ("short", "password123", "annaannaanna"[:4]):
        assert visitor.post("/logga-in/nytt-losenord/", {"password": weak}).status_code == 200

    assert visitor.post("/logga-in/nytt-losenord/", {"password": NEW}).status_code == 302


def test_the_owner_is_told_of_the_change(annas, visitor):
    ask(visitor, "anna")
    open_link(visitor, links(send()[0])[0])
    visitor.post("/logga-in/nytt-losenord/", {"password": NEW})

    told = send()[-1]
    assert (told.subject, told.to) == ("Ditt lösenord är ändrat", [annas.verified_email])


def test_nobody_is_flooded_with_mail(annas, visitor):
    for number in range(9):
        assert ask(visitor, "anna", REMOTE_ADDR=f"203.0.113.{number}").status_code == 302
        ask(visitor, annas.verified_email)

    assert len(send()) == 5


def test_what_was_typed_is_neither_readable_nor_kept(annas, visitor):
    from django.db import connection

    ask(visitor, "my password by mistake")
    with connection.cursor() as cursor:
        cursor.execute("SELECT typed FROM accounts_waitingmail")
        assert "password" not in cursor.fetchone()[0]

    send()
    assert not WaitingMail.objects.exists()


@pytest.mark.requirement("4-password-2")
def test_a_forgotten_user_name_leads_to_the_school(cast, visitor):
    assert "glomt-anvandarnamn" in visitor.get("/logga-in/").content.decode()

    found = visitor.get("/logga-in/glomt-anvandarnamn/", {"skola": "lillå"}).content.decode()
    none = visitor.get("/logga-in/glomt-anvandarnamn/", {"skola": "finns inte"}).content.decode()

    for detail in ("Lillåskolan", "0990-102 00", "lillaskolan@ekdal.example", "Vardagar 7.00–16.00"):
        assert detail in found
    assert "Ekdalsskolan" not in found
    assert "Ingen skola här heter så" in none


@pytest.mark.parametrize("asked", ["LILLÅ", "lillåskolan ekdal", "Lillå", "  lillåSKOLAN ".title()])
def test_a_school_is_found_in_any_case(cast, visitor, asked):
    assert "0990-102 00" in visitor.get("/logga-in/glomt-anvandarnamn/", {"skola": asked}).content.decode()


@pytest.mark.parametrize("asked", ["\0", "%", "x" * 3000, "<script>alert(1)</script>", "_", "a " * 50])
def test_odd_questions_are_met_calmly(cast, visitor, asked):
    response = visitor.get("/logga-in/glomt-anvandarnamn/", {"skola": asked})

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_a_session_does_not_survive_a_link(annas, anna, client_of, visitor):
    client_of(anna)
    ask(visitor, "anna")
    open_link(visitor, links(send()[0])[0])
    visitor.post("/logga-in/nytt-losenord/", {"password": NEW})

    assert not Session.objects.filter(account=annas).exists()
