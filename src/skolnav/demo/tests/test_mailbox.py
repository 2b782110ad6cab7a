"""The demo's mail server keeps what is sent, and its page shows it, in the demo alone."""

import smtplib
import socket
from datetime import UTC, datetime
from email.message import EmailMessage
from types import ModuleType

import pytest
from django.urls import include, path

from skolnav.config import urls as house
from skolnav.core.access.checks import walk
from skolnav.demo import urls as demo_urls
from skolnav.demo.mailbox import find_letter, keep, letters, open_mailbox


@pytest.fixture
def data(settings, tmp_path):
    settings.DATA = tmp_path
    return tmp_path


@pytest.fixture
def in_demo(settings):
    """The house's URLs as the demo has them."""
    made = ModuleType("urls_of_the_demo")
    made.urlpatterns = [path("demo/", include((demo_urls.PAGES, "demo"))), *house.urlpatterns]
    settings.ROOT_URLCONF = made


def a_letter(to="anna@example.com", subject="Något nytt") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "skolnav@example.com", to, subject
    message["Date"] = "Mon, 23 Nov 2026 07:15:00 -0000"
    message.set_content(
        "Hej!\n\nLäs det här: http://127.0.0.1:8000/notiser/abc/\n\n<script>alert(1)</script>"
    )
    return message


def test_what_is_sent_by_smtp_lies_in_the_data_folder(data):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = open_mailbox(port)
    assert server is not None
    try:
        with smtplib.SMTP("127.0.0.1", port) as connection:
            connection.send_message(a_letter())
        assert open_mailbox(port) is None  # a second worker leaves it to the first
    finally:
        server.stop()

    [letter] = letters()
    assert (letter.to, letter.subject) == ("anna@example.com", "Något nytt")
    assert letter.text.startswith("Hej!")
    assert letter.at == datetime(2026, 11, 23, 7, 15, tzinfo=UTC)
    assert [file.suffix for file in (data / "mailbox").iterdir()] == [".eml"]


def test_the_newest_stand_first_and_can_be_found_by_address(data):
    for to in ("anna@example.com", "omar@example.com", "anna@example.com"):
        keep(a_letter(to, f"Till {to}").as_bytes())

    assert [letter.to[:4] for letter in letters()] == ["anna", "omar", "anna"]
    assert len(list(letters("OMAR"))) == 1
    assert find_letter("../secret") is None


def test_the_page_shows_letters_with_links_and_nothing_that_runs(data, in_demo, visitor):
    file = keep(a_letter().as_bytes())

    listed = visitor.get("/demo/brev/").content.decode()
    assert f'href="/demo/brev/{file.stem}/"' in listed
    html = visitor.get(f"/demo/brev/{file.stem}/").content.decode()

    assert '<a href="http://127.0.0.1:8000/notiser/abc/"' in html
    assert "<script>alert(1)" not in html
    assert visitor.get("/demo/brev/nothing/").status_code == 404


def test_outside_the_demo_there_is_no_such_page(db, visitor):
    assert visitor.get("/demo/brev/").status_code == 404
    assert not [route for route, _, _ in walk() if route.startswith("demo/")]
