"""The demo's term: believable, dated relative to today, and written through the house's own doors."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.test import Client

from skolnav.boxes.calendar.models import CalendarEntry
from skolnav.boxes.information.models import Document, Link, NewsItem
from skolnav.conftest import current_cast
from skolnav.core.accounts.models import Account
from skolnav.core.audit.models import AuditRecord
from skolnav.core.feed.models import Seen
from skolnav.core.files.models import StoredFile
from skolnav.core.notifications.models import Delivery, Notice
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.scope import of_organiser, over_all_organisers
from skolnav.demo.autumn import tell_autumn
from skolnav.demo.autumn.days import breaks, easter_of, is_school_day, school_day
from skolnav.demo.autumn.readers import read_some
from skolnav.demo.autumn.whom import viewer_of
from skolnav.demo.past import let_the_past_be_told
from skolnav.demo.people import PASSWORD
from skolnav.demo.towns import fill_ekdal, fill_granby

# The mark has pytest-django make the database for a selection of these alone, too.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def autumn(django_db_setup, django_db_blocker):
    """The whole demo around the cast, built once and rolled back after the last test here."""
    with django_db_blocker.unblock(), transaction.atomic(), over_all_organisers():
        cast = current_cast()
        viewer_of.cache_clear()
        build_autumn(cast)
        yield cast
        transaction.set_rollback(True)
        viewer_of.cache_clear()


def build_autumn(cast):
    with of_organiser(cast.ekdal.pk):
        fill_ekdal(cast, make_password(PASSWORD))
    with of_organiser(cast.granby.pk):
        fill_granby(cast, make_password(PASSWORD))
    tell_autumn(cast)
    let_the_past_be_told(letters_for=cast.people.values())
    read_some(cast)


def test_there_is_a_term_of_it(autumn):
    published = NewsItem.everything.filter(publication__isnull=False)

    assert published.count() >= 40
    assert Document.everything.count() >= 10
    assert Link.everything.count() >= 8
    assert CalendarEntry.everything.count() >= 60
    assert NewsItem.everything.filter(organiser=autumn.granby).count() >= 3
    assert max(len(item.body) for item in published) > 2500


def test_each_sort_of_news_is_there_once(autumn):
    now, news = clock.now(), NewsItem.everything

    assert news.filter(publication=None).count() == 1
    assert news.exclude(withdrawal=None).count() == 1
    assert news.filter(publication__published_at__gt=now).count() == 1
    assert news.filter(is_important=True, due__gte=clock.today()).count() == 1
    assert news.filter(revision__gt=1).count() == 1


def test_news_came_out_on_school_days_of_the_last_two_months(autumn):
    moments = NewsItem.everything.filter(publication__isnull=False).values_list(
        "publication__published_at", flat=True
    )
    days = [moment.astimezone(clock.STOCKHOLM).date() for moment in moments]

    assert [day for day in days if not is_school_day(day)] == []
    assert min(days) >= clock.today() - timedelta(days=62)


def test_what_was_written_in_the_past_is_logged_in_the_past(autumn):
    """The process' clock was turned, so every table tells the same."""
    oldest = (
        NewsItem.everything.filter(publication__isnull=False).order_by("publication__published_at").first()
    )
    written = AuditRecord.objects.filter(act="write_news", subject_id=oldest.pk).get()

    assert written.at < oldest.publication.published_at
    assert oldest.saved_at < clock.now() - timedelta(days=10)


def test_every_picture_has_words(autumn):
    pictures = [file for file in StoredFile.everything.all() if file.is_picture]

    assert len(pictures) >= 10
    assert [file.name for file in pictures if not file.alt_text] == []
    assert not StoredFile.everything.filter(owner_id=None).exists()


def test_a_third_of_the_class_has_confirmed(autumn):
    item = NewsItem.everything.get(is_important=True, due__gte=clock.today())
    marks = Seen.objects.filter(entry__source_id=item.pk, entry__kind="news")
    told = Delivery.everything.filter(
        notice__entry__source_id=item.pk, notice__entry__kind="news", channel="bell"
    )

    assert 0.2 < marks.exclude(done_at=None).count() / told.count() < 0.5
    assert marks.filter(done_at=None).exists()
    assert not marks.filter(person__in=[autumn.anna.pk, autumn.omar.pk]).exists()


def test_only_letters_to_the_cast_wait(autumn):
    waiting = Delivery.everything.filter(Delivery.WAITING)

    assert set(waiting.values_list("person", flat=True)) <= {person.pk for person in autumn.people.values()}
    assert waiting.count() < 60
    assert Notice.everything.filter(fanned_out_at=None, due_at__lte=clock.now()).count() == 0


def test_the_bell_has_a_count_and_the_older_is_read(autumn):
    bell = Delivery.everything.filter(person=autumn.anna, channel="bell")

    assert 0 < bell.filter(read_at=None).count() < 15
    assert bell.exclude(read_at=None).count() > 10


def test_no_child_is_named_in_what_is_told(autumn):
    names = ("Kim", "Alva", "Elis", "Tuva", "Larsson", "Åkesson")
    told = [f"{item.title} {item.body}" for item in NewsItem.everything.all()]

    assert [text for text in told if any(name in text for name in names)] == []


def documented() -> list[str]:
    """The user names that docs/demo.md tells."""
    page = Path(__file__).resolve().parents[4] / "docs" / "demo.md"
    rows = (line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("| `"))
    return [row.split("`")[1] for row in rows]


def test_everybody_in_docs_demo_md_has_that_user_name_and_the_password(autumn):
    accounts = {account.username: account for account in Account.objects.filter(username__in=documented())}

    assert [name for name in documented() if name not in accounts] == []
    assert [name for name, account in accounts.items() if not account.check_password(PASSWORD)] == []


def test_everybody_of_the_cast_who_has_an_account_is_documented(autumn):
    cast = Account.objects.filter(person__in=[person.pk for person in autumn.people.values()])

    assert set(cast.values_list("username", flat=True)) - set(documented()) == set()


@pytest.mark.parametrize("username", ["anna", "sara", "samira", "asa.dahl"])
def test_they_log_in_by_the_page(autumn, username):
    client = Client()

    answer = client.post("/logga-in/", {"username": username, "password": PASSWORD})

    assert answer.status_code == 302
    assert client.get("/" if username == "anna" else "/personal/").status_code == 200


@pytest.mark.parametrize(
    ("year", "easter"), [(2024, date(2024, 3, 31)), (2027, date(2027, 3, 28)), (2038, date(2038, 4, 25))]
)
def test_easter(year, easter):
    assert easter_of(year) == easter


@pytest.mark.parametrize(
    "today", ["2026-11-23", "2026-11-22", "2026-10-28", "2027-01-05", "2027-07-10", "2027-08-17"]
)
def test_school_days_are_counted_on_any_day_of_the_year(today, time_machine):
    time_machine.move_to(f"{today} 06:00:00+00:00", tick=False)

    assert school_day(-1) < clock.today() <= school_day(0) < school_day(1)
    assert all(is_school_day(school_day(step)) for step in range(-20, 20))
    assert [one for one in breaks() if one.last < one.first] == []
