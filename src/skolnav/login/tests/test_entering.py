"""The login page, as people and guessers meet it."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from skolnav.core.accounts import password_queue
from skolnav.core.accounts.models import Account, AttemptCount, Credential, Session
from skolnav.core.audit.models import AuditRecord
from skolnav.core.tenancy import clock

PASSWORD = "ekdal-demo"
PAGE = "/logga-in/"


def log_in(client, username="anna", password=PASSWORD, **more):
    return client.post(PAGE, {"username": username, "password": password, **more})


def body(response):
    """The page without what is random in it: tokens and form ids."""
    return re.sub(r'value="[A-Za-z0-9_-]{16,}"', "", response.content.decode())


@pytest.mark.requirement("1-login-1")
def test_right_user_name_and_password_open_the_door(anna, visitor):
    page = visitor.get(PAGE).content.decode()
    for label in ("Användarnamn", "Lösenord", "Logga in"):
        assert label in page

    response = log_in(visitor)

    assert (response.status_code, response["Location"]) == (302, "/")
    assert visitor.get(reverse("account:index")).status_code == 200
    account = Account.objects.get(person=anna)
    assert AuditRecord.objects.filter(act="log_in", subject_id=str(account.pk)).count() == 1


@pytest.mark.requirement("6-case-1")
@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("Anna", PASSWORD),
        ("ANNA", PASSWORD),
        ("anna ", PASSWORD),
        (" anna", PASSWORD),
        ("anna", "Ekdal-demo"),
        ("anna", PASSWORD + " "),
        ("anna", " " + PASSWORD),
        ("anna", PASSWORD + "\n"),
    ],
)
def test_case_and_spaces_matter(anna, visitor, username, password):
    response = log_in(visitor, username, password)

    assert "Det gick inte att logga in." in response.content.decode()
    assert not Session.objects.filter(account__person=anna).exists()


@pytest.mark.requirement("6-case-2")
def test_every_failure_gives_the_same_advice_in_the_same_statements(anna, visitor, django_assert_num_queries):
    def failure(username, password):
        with django_assert_num_queries(3):
            response = log_in(visitor, username, password)
        return response.status_code, body(response).replace(f'value="{username}"', "")

    wrong_case = failure("Anna", PASSWORD)
    wrong_password = failure("anna", "something-else")
    nobody = failure("nobody-here", PASSWORD)

    assert wrong_case == wrong_password == nobody
    assert "Stora och små bokstäver spelar roll" in wrong_case[1]
    assert "mellanslag" in wrong_case[1]
    assert "Caps Lock" in wrong_case[1]


def test_an_unknown_name_costs_a_hash_too(anna, visitor, monkeypatch):
    hashes = []
    monkeypatch.setattr(password_queue, "make_password", lambda password: hashes.append(1))

    log_in(visitor, "nobody-here", PASSWORD)

    assert hashes == [1]


def test_user_names_of_every_script_log_in_however_the_keyboard_composes_them(anna, visitor):
    account = Account.objects.get(person=anna)
    account.username = "نور.åsa"
    account.save()

    response = log_in(visitor, "نور.a\u030asa")

    assert response.status_code == 302


@pytest.mark.parametrize("nonsense", ["\0", "a\0b", "x" * 5000, "'; DROP TABLE people_person; --", "\ud7ff"])
def test_nonsense_is_met_calmly(anna, visitor, nonsense):
    assert log_in(visitor, nonsense, PASSWORD).status_code == 200
    assert log_in(visitor, "anna", nonsense).status_code == 200


@pytest.mark.requirement("1-login-1")
def test_somebody_without_a_role_today_is_told_so_and_only_with_the_right_password(robin, visitor):
    right = log_in(visitor, "robin")
    wrong = log_in(visitor, "robin", "something-else")

    assert right.status_code == 403
    assert "Du har inget aktivt uppdrag här" in right.content.decode()
    assert "inget aktivt uppdrag" not in wrong.content.decode()
    assert not Session.objects.filter(account__person=robin).exists()


def test_a_closed_account_is_an_unknown_one(anna, visitor):
    Account.objects.filter(person=anna).update(is_active=False)

    assert "Det gick inte att logga in." in log_in(visitor).content.decode()


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("/konto/", "/konto/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("a-word", "/"),
        ("home:start", "/"),
        ("", "/"),
    ],
)
def test_next_leads_to_our_own_pages_only(anna, visitor, asked, leads_to):
    assert log_in(visitor, next=asked)["Location"] == leads_to


def test_a_page_behind_the_login_leads_there_and_back(anna, visitor):
    to_login = visitor.get("/konto/")
    assert to_login["Location"] == f"{PAGE}?next=/konto/"

    page = visitor.get(to_login["Location"])
    assert 'name="next" value="/konto/"' in page.content.decode()


def test_somebody_logged_in_is_led_on(anna, client_of):
    assert client_of(anna).get(PAGE)["Location"] == "/"


def test_the_key_of_the_session_is_new_after_the_login_and_hashed_in_the_table(anna, visitor):
    visitor.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32

    log_in(visitor)

    key = visitor.cookies[settings.SESSION_COOKIE_NAME].value
    assert key != "a" * 32
    assert not Session.objects.filter(session_key__in=[key, "a" * 32]).exists()
    assert Session.objects.filter(account__person=anna).count() == 1


def test_the_device_is_known_by_a_short_name(anna, visitor):
    agent = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120.0.0.0 Mobile Safari/537.36"
    visitor.post(PAGE, {"username": "anna", "password": PASSWORD}, HTTP_USER_AGENT=agent)

    assert Session.objects.get(account__person=anna).device == "Chrome|Android"
    assert "Chrome på Android" in visitor.get("/konto/").content.decode()


def test_logging_out_ends_the_session_and_twice_is_no_error(anna, visitor):
    log_in(visitor)
    assert visitor.get("/logga-in/ut/").status_code == 405

    for _ in range(2):
        response = visitor.post("/logga-in/ut/")
        assert response["Location"] == PAGE

    assert not Session.objects.filter(account__person=anna).exists()
    assert visitor.get("/konto/").status_code == 302


def test_a_rush_says_try_again(anna, visitor, monkeypatch):
    monkeypatch.setattr(password_queue, "_waiting", password_queue.threading.BoundedSemaphore(1))
    password_queue._waiting.acquire()

    response = log_in(visitor)

    assert (response.status_code, response["Retry-After"]) == (503, "15")
    assert "Många loggar in just nu. Försök igen om en stund." in response.content.decode()
    # Nobody looked at the password, so it was no attempt.
    assert not AttemptCount.objects.filter(count__gt=0).exists()


def test_the_schools_password_expires(anna, visitor):
    account = Account.objects.get(person=anna)
    Account.objects.filter(pk=account.pk).update(must_change_password=True)
    Credential.objects.create(
        account=account, channel="letter", expires_at=clock.now() - timedelta(minutes=1)
    )

    response = log_in(visitor)

    assert response.status_code == 403
    assert "Lösenordet från skolan har gått ut" in response.content.decode()


def test_nothing_personal_is_logged(anna, visitor, caplog):
    caplog.set_level("DEBUG")

    log_in(visitor, "anna", "my-secret-password")

    assert "anna" not in caplog.text
    assert "my-secret-password" not in caplog.text
