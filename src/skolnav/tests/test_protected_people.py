"""A canary: somebody with protected identity is named on no page of anybody who need not know.

Maja and her son Elis (5B) have protected identity. Here they bear names, addresses and numbers that occur nowhere
else, and everybody walks every link that they find.
"""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from skolnav.boxes.information.actions.news import Content, publish_news, write_news
from skolnav.core.accounts.models import Account
from skolnav.core.feed.models import Side, group_key
from skolnav.core.notifications.worker import sweep
from skolnav.core.people.models import Person
from skolnav.core.publishing.models import Target
from skolnav.core.tenancy import clock
from skolnav.tests.crawling import walk

pytestmark = pytest.mark.requirement("15-security-1")

CANARIES = {
    "given_name": "Kanaria",
    "family_name": "Fågelskydd",
    "street_address": "Kanariestigen 77",
    "postal_code": "987 65",
    "locality": "Kanariehamn",
    "mobile": "070-1740999",
    "phone": "0990-77 77 77",
    "email": "kanarie@fagel.example",
}
TRACES = re.compile(r"kanari|fågel|fagel|987 65|1740999|77 77 77", re.IGNORECASE)
# Whoever runs the school has to know; the two themselves know.
MAY_KNOW = {"maja", "elis", "ingrid", "lena"}
MUST_NOT_KNOW = {"anna", "omar", "kim", "erik", "sara", "nour", "pelle", "ulla", "gun", "greta"}

# Whoever takes their attendance needs the name, on those pages alone; nothing else of them stands there either.
ATTENDANCE = "/personal/franvaro/"
TAKES_ATTENDANCE = {"sara", "erik"}
NAMES = re.compile("kanaria|fågelskydd", re.IGNORECASE)


@pytest.fixture
def canaries(cast, viewer_of):
    """The two under their marked names, in the class's news, and among those who have answered it."""
    for person in (cast.maja, cast.elis):
        Person.everything.filter(pk=person.pk).update(**CANARIES)
    Account.objects.filter(person_id=cast.maja.pk).update(username="kanaria.fågel")
    audience = [Target(group_key(cast.class_5b.pk), cast.ekdalsskolan.pk, Side.BOTH)]
    sara = viewer_of(cast.sara)
    news = write_news(actor=sara, content=Content("Friluftsdag", audience=audience, is_important=True))
    publish_news(actor=sara, item=news)


def told(pages):
    """Where a trace shows, with the trace."""
    return {page.address: found[0] for page in pages if (found := TRACES.search(page.address + page.text))}


def without_needed_names(name, pages):
    """The pages, less the names where this reader takes attendance."""
    if name not in TAKES_ATTENDANCE:
        return pages
    return [
        replace(page, text=NAMES.sub("", page.text)) if page.address.startswith(ATTENDANCE) else page
        for page in pages
    ]


@pytest.mark.parametrize("name", sorted(MUST_NOT_KNOW))
def test_nobody_who_need_not_know_meets_them_on_any_page(name, canaries, cast, client_of):
    client = client_of(cast.people[name])

    pages = walk(client)

    assert len(pages) > 5
    assert told(without_needed_names(name, pages)) == {}


@pytest.mark.parametrize("name", sorted(MUST_NOT_KNOW))
def test_no_search_finds_them(name, canaries, cast, client_of):
    client = client_of(cast.people[name])

    # The beginnings of their names: a page may repeat what was typed.
    for typed in ("kan", "fåg"):
        for address in ("/sok/", "/kontoret/"):
            assert not TRACES.search(client.get(address, {"q": typed}).content.decode())


def test_there_is_something_that_could_leak(canaries, cast, client_of):
    for name in sorted(MAY_KNOW):
        assert told(walk(client_of(cast.people[name]))), name


def test_no_letter_to_others_names_them(canaries, cast):
    with time_machine.travel(clock.start_of(clock.today()) + timedelta(hours=34), tick=False):
        sweep()

    assert ["anna.larsson@post.example"] in [letter.to for letter in mail.outbox]
    others = [letter for letter in mail.outbox if not TRACES.search(str(letter.to))]

    assert [letter.to for letter in others if TRACES.search(str(letter.message()))] == []


def test_a_visitor_meets_nobody_at_all(canaries, cast, visitor):
    pages = walk(visitor, "/logga-in/")

    assert told(pages) == {}
    names = {person.full_name for person in Person.everything.all()}
    assert [(page.address, name) for page in pages for name in names if name in page.text] == []
    assert visitor.get("/logga-in/")["X-Robots-Tag"] == "noindex, nofollow"
