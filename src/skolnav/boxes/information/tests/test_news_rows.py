"""The list of news in SQL and the list by the rule that the box's other pages ask say the same."""

from datetime import timedelta

import pytest

from skolnav.boxes.information.actions.news import withdraw_news
from skolnav.boxes.information.actions.reading import confirm_news, open_news
from skolnav.boxes.information.models import NewsAudience, NewsItem
from skolnav.boxes.information.queries.family import news_page, writer_of
from skolnav.boxes.information.queries.news_rows import News
from skolnav.core.feed.models import Seen, Side
from skolnav.core.people.models import Person
from skolnav.core.publishing.models import Target, reaches_pupils_q
from skolnav.core.publishing.text import asked_words
from skolnav.core.schools.models import SchoolBox
from skolnav.core.tenancy import clock


@pytest.fixture
def many(news, cast, anna, sara, ingrid, viewer_of):
    """News of many sorts: to classes, a school and a pupil, to either side, coming, over, withdrawn, met, confirmed."""
    now, school = clock.now(), cast.ekdalsskolan.pk
    targets = {
        "5B": Target(f"g:{cast.class_5b.pk}", school, Side.BOTH),
        "hemmet": Target(f"g:{cast.class_5b.pk}", school, Side.GUARDIANS),
        "elever": Target(f"g:{cast.class_5b.pk}", school, Side.PUPILS),
        "skolan": Target(f"s:{school}", school, Side.BOTH),
        "2A": Target(f"g:{cast.class_2a.pk}", cast.lillaskolan.pk, Side.BOTH),
    }
    made = {}
    for number, (name, target) in enumerate(targets.items()):
        for important in (False, True):
            title = f"Till {name} {'viktigt' if important else 'vanligt'}"
            item = news(title, by=ingrid if target.school_id == school else cast.ulla, audience=[target])
            NewsItem.everything.filter(pk=item.pk).update(is_important=important)
            item.publication.published_at = now - timedelta(days=number, hours=important)
            item.publication.save()
            made[title] = NewsItem.everything.get(pk=item.pk)
    news("Kommer i morgon", at=now + timedelta(days=1))
    over = news("Över")
    NewsItem.everything.filter(pk=over.pk).update(visible_until=clock.today() - timedelta(days=1))
    withdraw_news(actor=viewer_of(sara), item=news("Tillbakatagen"))
    open_news(actor=viewer_of(anna), item=made["Till 5B vanligt"])
    confirm_news(actor=viewer_of(anna), item=made["Till skolan viktigt"])
    confirm_news(actor=viewer_of(anna), item=made["Till 5B viktigt"])
    NewsItem.everything.filter(pk=made["Till 5B viktigt"].pk).update(revision=2, revised_at=now)
    Person.everything.filter(pk=cast.ulla.pk).update(is_protected=True)
    return made


def by_orm(viewer, pupils, search=""):
    """The public ids, in the list's order."""
    reaching = NewsItem.objects.visible_to(viewer).filter(reaches_pupils_q(NewsAudience, viewer, pupils))
    for word in asked_words(search):
        reaching = reaching.filter(words__contains=word)
    found = [news_page(viewer, pupils, item.public_id) for item in reaching]
    newest = sorted(found, key=lambda page: (page.published_at, page.item.pk), reverse=True)
    return sorted(newest, key=lambda page: not page.is_waiting)


def said(viewer, pupils, search=""):
    rows = News(viewer, pupils, asked_words(search))
    assert len(rows) == len(rows[0:1000])
    return rows[0:1000]


def readers(cast, viewer_of):
    for name in ("anna", "omar", "maja", "kim", "elis", "erik", "robin"):
        try:
            viewer = viewer_of(cast.people[name])
        except LookupError:
            continue
        yield viewer, viewer.pupils
        yield from ((viewer, [pupil]) for pupil in viewer.pupils)


def test_every_reader_finds_what_the_rule_says_in_the_same_order(many, cast, viewer_of):
    total = 0
    for viewer, pupils in readers(cast, viewer_of):
        rows, pages = said(viewer, pupils), by_orm(viewer, pupils)

        assert [row.public_id for row in rows] == [page.item.public_id for page in pages]
        for row, page in zip(rows, pages, strict=True):
            item = page.item
            assert (row.title, row.excerpt, row.due) == (item.title, item.excerpt, item.due)
            assert (row.is_important, row.revision, row.revised_at) == (
                item.is_important, item.revision, item.revised_at,
            )  # fmt: skip
            assert (row.writer, row.published_at) == (writer_of(item.author), page.published_at)
            assert (row.is_waiting, row.has_files) == (page.is_waiting, bool(page.files or page.pictures))
            assert sorted(row.keys) == sorted(target.key for target in item.targets)
            mark = Seen.objects.filter(
                person=viewer.person_id, entry__source_type="information.newsitem", entry__source_id=item.pk
            ).first()
            assert row.met == (mark.revision if mark else 0)
        total += len(rows)
    assert total > 30


@pytest.mark.parametrize("search", ["5b", "VIKTIGT", "till skolan", "%", "_", "'", "finns inte", '"]', "\\"])
def test_words_are_found_alike(many, anna, viewer_of, search):
    viewer = viewer_of(anna)

    found = [row.public_id for row in said(viewer, viewer.pupils, search)]

    assert found == [page.item.public_id for page in by_orm(viewer, viewer.pupils, search)]


@pytest.mark.parametrize("enabled", [True, False])
def test_a_school_that_has_chosen_for_the_box_is_heeded(many, cast, anna, viewer_of, enabled):
    SchoolBox.objects.create(school=cast.ekdalsskolan, key="information", enabled=enabled, order=1)
    viewer = viewer_of(anna)

    found = {row.title for row in said(viewer, viewer.pupils)}

    assert ("Till 5B vanligt" in found) is enabled
    assert "Till 2A vanligt" in found
    assert len(found) == len(by_orm(viewer, viewer.pupils))
