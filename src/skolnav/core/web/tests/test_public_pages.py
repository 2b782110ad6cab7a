"""Robots, the security contact, the accessibility statement, the health page."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from skolnav.core.tenancy import clock
from skolnav.core.web.views import health

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_house")]


def test_no_search_engine_is_let_in():
    assert Client().get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"


def test_the_security_contact_is_current():
    text = Client().get("/.well-known/security.txt").content.decode()

    facts = dict(line.split(": ", 1) for line in text.splitlines())
    assert facts["Contact"].startswith(("mailto:", "https://"))
    assert clock.now() < datetime.fromisoformat(facts["Expires"]) < clock.now() + timedelta(days=365)


def test_the_accessibility_statement_says_what_the_law_asks(settings):
    settings.OPERATOR, settings.CONTACT_PHONE = "Ekdals kommun", "0990-100 00"
    page = Client().get("/tillganglighet/").content.decode()

    for part in (
        "2018:1937",
        "delvis förenlig",
        "digg.se/tdosanmalan",
        "mailto:",
        "Senaste bedömningen",
        "Ekdals kommun",
        "tel:0990-10000",
    ):
        assert part in page


@pytest.mark.parametrize(
    ("silent_for", "status"), [(timedelta(seconds=30), 200), (timedelta(minutes=3), 503), (None, 503)]
)
def test_health_is_a_database_that_answers_and_a_worker_that_lives(monkeypatch, silent_for, status):
    monkeypatch.setattr(
        health, "_worker_lives", lambda: silent_for is not None and silent_for < health.WORKER_SILENT
    )

    answer = Client().get("/halsa/")

    assert answer.status_code == status
    assert answer.json() == {
        "status": "ok" if status == 200 else "unwell",
        "database": True,
        "worker": status == 200,
    }


def test_health_without_a_database(monkeypatch):
    monkeypatch.setattr(health, "_database_answers", lambda: False)

    assert Client().get("/halsa/").status_code == 503
