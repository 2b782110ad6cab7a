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
from skolnav.core.audit.models import AuditRecord
from skolnav.core.feed.models import Side, group_key
from skolnav.core.notifications.models import Notice
from skolnav.core.notifications.worker import sweep
from skolnav.core.people.models import Person
from skolnav.core.publishing.models import Target
from skolnav.core.tenancy import clock
from skolnav.tests.canary_day import COLLECTOR, NUMBER, live_through
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

# Whoever takes their attendance, or has them at fritids, needs the name, on those pages alone; nothing else of them
# stands there either. A substitute takes it in that lesson, while it lasts.
NAMES = re.compile("kanaria|fågelskydd", re.IGNORECASE)
ATTENDANCE, EDUCARE = "/personal/franvaro/", "/personal/fritids/"
NEEDS_NAMES_AT = {"sara": ATTENDANCE, "erik": ATTENDANCE, "nour": EDUCARE, "pelle": f"{ATTENDANCE}lektion/"}


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
    """The pages, less the names where this reader takes attendance or has the children at fritids."""
    place = NEEDS_NAMES_AT.get(name)
    return [
        replace(page, text=NAMES.sub("", page.text)) if place and page.address.startswith(place) else page
        for page in pages
    ]


@pytest.mark.parametrize("name", sorted(MUST_NOT_KNOW))
def test_nobody_who_need_not_know_meets_them_on_any_page(name, canaries, cast, client_of):
    client = client_of(cast.people[name])

    pages = walk(client)

    assert len(pages) > 5
    assert told(without_needed_names(name, pages)) == {}


@pytest.fixture
def school_day(canaries, cast, tuesday):
    """The child's lessons, registers, reports, leave, fritids and an investigation, in the middle of a lesson."""
    live_through(cast, tuesday)


@pytest.mark.parametrize("name", sorted(MUST_NOT_KNOW))
def test_a_school_day_tells_their_names_to_those_alone_who_have_them(name, school_day, cast, client_of):
    pages = walk(client_of(cast.people[name]))

    assert told(without_needed_names(name, pages)) == {}
    place = NEEDS_NAMES_AT.get(name)
    met = [page.address for page in pages if NAMES.search(page.text)]
    assert bool(met) is bool(place)
    # Numbers of those who collect are the family's too.
    assert not [page.address for page in pages if NUMBER in page.text]
    if name != "nour":
        assert not [page.address for page in pages if COLLECTOR in page.text]
    if name != "sara":
        assert not [page.address for page in pages if "Samtal hemma" in page.text]


def test_a_school_day_is_told_to_those_who_may_know(school_day, cast, client_of):
    pages = {name: walk(client_of(cast.people[name])) for name in ("maja", "ingrid", "lena")}

    assert all(told(pages[name]) for name in pages)
    assert any(COLLECTOR in page.text for page in pages["maja"])
    # The principal works with the investigation; the office, which may know of the child, does not.
    assert [page.address for page in pages["ingrid"] if "Samtal hemma" in page.text]
    assert not [page.address for page in pages["lena"] if "Samtal hemma" in page.text]


def test_no_letter_of_a_school_day_names_them(school_day, cast):
    others = [letter for letter in mail.outbox if not TRACES.search(str(letter.to))]

    assert others
    assert [letter.to for letter in others if TRACES.search(str(letter.message()))] == []
    texts = [str(notice.params) for notice in Notice.everything.all()]
    assert [text for text in texts if TRACES.search(text)] == []


def test_a_school_day_s_log_holds_no_name(school_day):
    assert [row.act for row in AuditRecord.objects.all() if TRACES.search(str(row.details))] == []


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
