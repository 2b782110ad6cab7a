"""Headers on every answer, and the reader's language."""

import pytest
from django.test import Client

from skolnav.core.web.middleware import CONTENT_SECURITY_POLICY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_house")]


@pytest.mark.parametrize("path", ["/tillganglighet/", "/finns-inte/", "/robots.txt", "/borta/"])
def test_every_answer_is_guarded(path):
    answer = Client(raise_request_exception=False).get(path)

    assert answer["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]


def test_the_policy_allows_nothing_inline_and_nobody_else():
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "http" not in CONTENT_SECURITY_POLICY
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'")


def test_static_files_may_be_kept():
    answer = Client().get("/static/web/tokens.css")

    assert answer.status_code == 200
    assert "no-store" not in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("cookie", "accept", "language"),
    [("", "", "sv"), ("", "en-GB,en;q=0.8", "en"), ("sv", "en", "sv"), ("en", "", "en"), ("xx", "de", "sv")],
)
def test_the_language_is_the_cookies_then_the_browsers(cookie, accept, language):
    client = Client(headers={"Accept-Language": accept} if accept else None)
    if cookie:
        client.cookies["sprak"] = cookie

    answer = client.get("/tillganglighet/")

    assert answer["Content-Language"] == language
    assert f'<html lang="{language}" dir="ltr"' in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "html"),
    [
        ("/tillganglighet/", '<html lang="ar" dir="rtl"'),
        ("/personal/finns-inte/", '<html lang="sv" dir="ltr"'),
        ("/kontoret/finns-inte/", '<html lang="sv" dir="ltr"'),
    ],
)
def test_what_is_not_in_arabic_is_not_said_to_be(path, html):
    client = Client()
    client.cookies["sprak"] = "ar"

    assert html in client.get(path).content.decode()


def test_staff_and_office_read_english_where_they_chose_it():
    client = Client()
    client.cookies["sprak"] = "en"

    assert client.get("/personal/finns-inte/")["Content-Language"] == "en"


def test_choosing_a_language_leads_back_and_is_remembered():
    client = Client()

    answer = client.post("/sprak/", {"sprak": "en", "till": "/tillganglighet/"})

    assert answer.url == "/tillganglighet/"
    assert client.get("/tillganglighet/")["Content-Language"] == "en"


@pytest.mark.parametrize(
    "till", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "a-word", "home:start", ""]
)
def test_choosing_a_language_leads_nowhere_else(till):
    assert Client().post("/sprak/", {"sprak": "xx", "till": till}).url == "/"
