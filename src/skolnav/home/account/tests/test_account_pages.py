"""Min sida: what one decides about one's own account."""

import re

import pytest
from django.core import mail

from skolnav.core.accounts.mailing import send_waiting_mail
from skolnav.core.accounts.models import Account, Session
from skolnav.core.audit.models import AuditRecord
from skolnav.core.people.models import Person
from skolnav.core.tenancy.scope import over_all_organisers

PASSWORD = "ekdal-demo"
NEW = "three words of hers"


def change_name(client, username, password=PASSWORD):
    return client.post("/konto/anvandarnamn/", {"username": username, "password": password})


@pytest.mark.requirement("5-username-1")
def test_a_person_changes_their_own_user_name(anna, client_of, visitor):
    client = client_of(anna)
    assert 'href="/konto/anvandarnamn/"' in client.get("/konto/").content.decode()

    response = change_name(client, "Anna.L")

    assert response["Location"] == "/konto/"
    assert Account.objects.get(person=anna).username == "Anna.L"
    assert visitor.post("/logga-in/", {"username": "anna", "password": PASSWORD}).status_code == 200
    assert visitor.post("/logga-in/", {"username": "Anna.L", "password": PASSWORD}).status_code == 302
    assert client.get("/konto/").status_code == 200


@pytest.mark.requirement("5-username-1")
@pytest.mark.parametrize("name", ["نور-الحداد", "x" * 150, "ANNA"])
def test_long_arabic_and_recased_names_are_welcome(anna, client_of, name):
    assert change_name(client_of(anna), name).status_code == 302
    assert Account.objects.get(person=anna).username == name


@pytest.mark.requirement("6-case-1")
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("omar", "upptaget"),
        ("OMAR", "upptaget"),
        ("ｏｍａｒ", "upptaget"),
        ("x" * 151, "Skriv högst 150 tecken"),
        ("ab", "Skriv minst 3 tecken"),
        ("anna larsson", "mellanslag"),
        ("anna ", "mellanslag"),
    ],
)
def test_a_name_that_cannot_be_is_told_why_and_kept_in_the_field(anna, omar, client_of, name, said):
    response = change_name(client_of(anna), name)

    page = response.content.decode()
    assert response.status_code == 200
    assert said in page
    assert f'value="{name}"' in page
    assert Account.objects.get(person=anna).username == "anna"


def test_the_password_is_asked_for_and_guessing_it_is_limited(anna, client_of):
    client = client_of(anna)

    pages = [change_name(client, "anna2", "wrong").content.decode() for _ in range(11)]

    assert "Lösenordet stämmer inte" in pages[0]
    assert "Det har blivit för många försök" in pages[10]
    assert "Det har blivit för många försök" in change_name(client, "anna2").content.decode()
    assert Account.objects.get(person=anna).username == "anna"


def test_a_new_password_ends_every_other_session_and_an_old_cookie_is_refused(anna, client_of):
    here, elsewhere = client_of(anna), client_of(anna)

    response = here.post("/konto/losenord/", {"current_password": PASSWORD, "password": NEW})

    assert response["Location"] == "/konto/"
    assert here.get("/konto/").status_code == 200
    refused = elsewhere.get("/konto/")
    assert refused["Location"] == "/logga-in/?next=/konto/"
    assert Account.objects.get(person=anna).check_password(NEW)
    assert AuditRecord.objects.filter(act="change_password").count() == 1


def test_a_request_under_way_does_not_bring_its_session_back(anna, client_of):
    """It was read before the change and is saved after."""
    here, elsewhere = client_of(anna), client_of(anna)
    under_way = elsewhere.session
    under_way["something"] = 1
    here.post("/konto/losenord/", {"current_password": PASSWORD, "password": NEW})

    from django.contrib.sessions.backends.base import UpdateError

    with pytest.raises(UpdateError):
        under_way.save()
    assert elsewhere.get("/konto/").status_code == 302


@pytest.mark.parametrize(
    ("current", "new", "said"),
    [
        ("wrong", NEW, "Lösenordet stämmer inte"),
        (PASSWORD + " ", NEW, "Lösenordet stämmer inte"),
        (PASSWORD, "short", "för kort"),
        (PASSWORD, "password123", "vanligt"),
        (PASSWORD, "", "Skriv det nya lösenordet."),
    ],
)
def test_a_password_that_cannot_be_is_told_why(anna, client_of, current, new, said):
    response = client_of(anna).post("/konto/losenord/", {"current_password": current, "password": new})

    assert said in response.content.decode()
    assert Account.objects.get(person=anna).check_password(PASSWORD)


def test_spaces_belong_to_a_password(anna, client_of, visitor):
    client_of(anna).post("/konto/losenord/", {"current_password": PASSWORD, "password": f" {NEW} "})

    assert visitor.post("/logga-in/", {"username": "anna", "password": NEW}).status_code == 200
    assert visitor.post("/logga-in/", {"username": "anna", "password": f" {NEW} "}).status_code == 302


def test_a_new_address_holds_when_its_link_is_opened_and_the_old_one_is_told(anna, client_of):
    client = client_of(anna)
    old = Account.objects.get(person=anna).verified_email

    client.post("/konto/kontakt/", {"email": "anna@new.example", "password": PASSWORD})
    assert "anna@new.example väntar" in client.get("/konto/").content.decode()
    with over_all_organisers():
        send_waiting_mail()
    link = re.search(r"http\S+(/logga-in/bekrafta/\S+)", mail.outbox[0].body)[1]
    client.get(link, follow=True)
    client.post("/logga-in/bekrafta/", {})
    with over_all_organisers():
        send_waiting_mail()

    account = Account.objects.get(person=anna)
    assert (account.verified_email, account.unverified_email) == ("anna@new.example", "")
    assert [message.to for message in mail.outbox] == [["anna@new.example"], [old]]


@pytest.mark.parametrize("address", ["robin@post.example", ""])
@pytest.mark.parametrize("password", ["", "a guess of his"])
def test_an_unlocked_phone_is_not_enough_to_take_an_account_over(anna, client_of, address, password):
    """Robin has Anna's phone for a minute. With an address of his own he could ask for a new password ever after."""
    before = Account.objects.get(person=anna)

    page = client_of(anna).post(
        "/konto/kontakt/", {"email": address, "mobile": "070 2", "password": password}
    )

    assert "Lösenordet stämmer inte" in page.content.decode()
    after = Account.objects.get(person=anna)
    assert (after.verified_email, after.unverified_email) == (before.verified_email, "")
    with over_all_organisers():
        send_waiting_mail()
    assert mail.outbox == []


def test_a_telephone_number_takes_no_password(anna, client_of):
    address = Account.objects.get(person=anna).verified_email

    answer = client_of(anna).post("/konto/kontakt/", {"email": address, "mobile": "070 3", "phone": ""})

    assert answer.url == "/konto/"
    assert Person.everything.get(pk=anna.pk).mobile == "070 3"


def test_nobody_has_us_write_to_one_address_after_another(anna, client_of):
    client = client_of(anna)

    pages = [
        client.post(
            "/konto/kontakt/", {"email": f"victim{number}@post.example", "password": PASSWORD}, follow=True
        ).content.decode()
        for number in range(7)
    ]

    assert "Det har blivit för många försök" in pages[6]
    with over_all_organisers():
        send_waiting_mail()
    assert len(mail.outbox) <= 1  # the latest alone still waits for its link


def test_an_address_is_taken_away(anna, client_of):
    client_of(anna).post("/konto/kontakt/", {"email": "", "mobile": "070 1", "password": PASSWORD})

    account = Account.objects.get(person=anna)
    assert (account.verified_email, account.unverified_email) == ("", "")


def test_the_language_is_chosen(anna, client_of):
    client = client_of(anna)

    client.post("/konto/sprak/", {"language": "en"})

    assert Account.objects.get(person=anna).language == "en"
    assert '<html lang="en"' in client.get("/konto/").content.decode()
    assert client.post("/konto/sprak/", {"language": "xx"}).status_code == 200


def test_own_sessions_are_listed_and_ended_one_by_one(anna, omar, client_of):
    here, there, stranger = client_of(anna), client_of(anna), client_of(omar)
    Session.objects.filter(account__person=anna).update(device="Chrome|Android")
    page = here.get("/konto/").content.decode()
    assert page.count("Chrome på Android</b>") == 2
    (handle,) = re.findall(r'name="handle" value="(\w+)"', page)

    # Somebody else's handle, and none at all, end nothing.
    stranger.post("/konto/enheter/logga-ut/", {"handle": handle})
    stranger.post("/konto/enheter/logga-ut/", {"handle": ""})
    assert there.get("/konto/").status_code == 200
    here.post("/konto/enheter/logga-ut/", {"handle": handle})

    assert there.get("/konto/").status_code == 302
    assert here.get("/konto/").status_code == 200


@pytest.mark.parametrize("handle", ["", "%", "_", "\0", "a'b"])
def test_a_handle_that_is_none_logs_nobody_out(anna, client_of, handle):
    client = client_of(anna)

    assert client.post("/konto/enheter/logga-ut/", {"handle": handle}).url == "/konto/"
    assert client.get("/konto/").status_code == 200


def test_log_out_everywhere_else(anna, client_of):
    here, there, elsewhere = client_of(anna), client_of(anna), client_of(anna)

    here.post("/konto/enheter/logga-ut-andra/")

    assert here.get("/konto/").status_code == 200
    assert there.get("/konto/").status_code == elsewhere.get("/konto/").status_code == 302


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_costs_the_same_for_one_session_and_for_three(
    anna, client_of, django_assert_num_queries, many
):
    clients = [client_of(anna) for _ in range(many)]
    with django_assert_num_queries(4):
        clients[0].get("/konto/")


def test_pupils_and_staff_have_it_too(kim, sara, client_of):
    for person in (kim, sara):
        for page in ("", "anvandarnamn/", "losenord/", "kontakt/", "sprak/"):
            assert client_of(person).get(f"/konto/{page}").status_code == 200


def test_a_form_that_stood_open_too_long_gives_no_password_back(anna):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(Account.objects.get(person=anna))
    typed = {"current_password": PASSWORD, "password": NEW}

    response = strict.post("/konto/losenord/", typed, headers={"Sec-Fetch-Site": "same-origin"})

    assert response.status_code == 403
    assert PASSWORD not in response.content.decode()
    assert NEW not in response.content.decode()
