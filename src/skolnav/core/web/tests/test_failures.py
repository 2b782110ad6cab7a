"""What goes wrong is met calmly: the right status, a page that says what to do, nothing that gives anybody away."""

import logging

import pytest
from django.db import OperationalError
from django.test import Client

from .urls import DID

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_house")]


@pytest.fixture
def calm() -> Client:
    return Client(raise_request_exception=False)


def test_unknown_and_forbidden_are_the_same_page(calm):
    unknown, forbidden = calm.get("/finns-inte/"), calm.get("/saknas/")

    assert unknown.status_code == forbidden.status_code == 404
    assert unknown.content == forbidden.content
    assert "Kim" not in forbidden.content.decode()


def test_what_may_be_seen_and_not_changed_says_why(calm):
    answer = calm.get("/last/")

    assert answer.status_code == 403
    assert "Veckan är låst." in answer.content.decode()


def test_an_unexpected_failure_has_a_code_and_a_log_line_without_personal_data(calm, caplog):
    with caplog.at_level(logging.ERROR):
        answer = calm.get("/trasig/?fraga=Kim")

    page = answer.content.decode()
    line = next(record.getMessage() for record in caplog.records if record.name == "skolnav.failures")
    reference = line.split("reference=")[1].split()[0]
    assert answer.status_code == 500
    assert reference in page
    assert "route=GET /trasig/" in line
    assert "ValueError" in line
    assert "Kim" not in caplog.text + page
    assert "TF01" not in caplog.text + page


def test_a_reader_is_tried_once_more_when_the_database_has_gone(calm):
    answer = calm.get("/borta/", headers={"X-Fails": "1"})

    assert answer.content == b"answered"
    assert len(DID) == 2


def test_a_database_that_stays_away_is_a_calm_page_that_says_when_to_come_back(calm):
    answer = calm.get("/borta/")

    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert "Skolnav vilar en stund" in answer.content.decode()
    assert len(DID) == 2


def test_a_write_is_never_tried_again(calm):
    calm.post("/borta/")

    assert len(DID) == 1


def test_a_database_that_is_gone_before_the_page_is_found_is_met_as_calmly(calm, settings, monkeypatch):
    def gone(key):
        raise OperationalError("Kim Larsson")

    monkeypatch.setattr("skolnav.core.accounts.middleware.viewer_of_session", gone)
    calm.cookies[settings.SESSION_COOKIE_NAME] = "somebody"

    answer = calm.get("/", headers={"Accept-Language": "en"})

    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert '<html lang="en"' in answer.content.decode()


@pytest.fixture
def strict() -> Client:
    return Client(enforce_csrf_checks=True)


def test_a_form_that_is_too_old_offers_what_was_typed_again(strict):
    letter = "Hej! Vi har haft en fin vecka."

    answer = strict.post(
        "/gor/",
        {"text": letter, "password": "hemligt ord", "form_id": "x"},
        headers={"Sec-Fetch-Site": "same-origin"},
    )

    page = answer.content.decode()
    assert answer.status_code == 403
    assert letter in page
    assert "hemligt ord" not in page
    assert 'name="csrfmiddlewaretoken"' in page
    assert DID == []


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {}]
)
def test_what_another_site_filled_in_is_not_offered(strict, headers):
    answer = strict.post("/gor/", {"text": "Skicka pengar hit"}, headers=headers)

    assert answer.status_code == 403
    assert "Skicka pengar" not in answer.content.decode()
