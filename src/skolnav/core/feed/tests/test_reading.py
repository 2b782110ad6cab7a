"""What a family meets: their own, new until seen, at most three of each box, in order."""

from datetime import date, datetime, timedelta

import pytest

from skolnav.core.feed.models import (
    Audience,
    Entry,
    Happening,
    Seen,
    Side,
    Wants,
    group_key,
    pupil_key,
    reaches,
    school_key,
)
from skolnav.core.feed.publishing import FeedItem, Reach, When, days_of, publish, withdraw
from skolnav.core.feed.reading import WINDOW, entries_for, happenings_for, todo_for, unseen_for
from skolnav.core.feed.seen import mark_seen
from skolnav.core.tenancy import clock


@pytest.fixture
def tell(cast):
    """Tell the feed a fact; any row of the organiser can stand for a box's own."""
    sources = iter(cast.people.values())

    def tell(title="Nyhet", *, key=None, source=None, **changes):
        reaches = changes.pop(
            "reaches", [Reach(key or school_key(cast.ekdalsskolan.pk), changes.pop("sides", Side.BOTH))]
        )
        fields = {"published_at": clock.now() - timedelta(minutes=1), **changes}
        item = FeedItem(
            source=source or next(sources), box="information", kind="news", title=title, link_name="home:start",
            reaches=reaches, **fields,
        )  # fmt: skip
        return publish(item)

    return tell


def titles(lines):
    return [line.title for line in lines]


def test_a_guardian_meets_what_her_childs_school_publishes_and_a_stranger_does_not(
    tell, anna, gun, viewer_of
):
    tell("Friluftsdag")

    assert titles(entries_for(viewer_of(anna))) == ["Friluftsdag"]
    assert entries_for(viewer_of(gun)) == []


def test_each_entry_bears_the_children_it_is_about(tell, anna, cast, viewer_of):
    tell("Bara 5B", key=group_key(cast.class_5b.pk))
    tell("Båda", reaches=[Reach(school_key(cast.ekdalsskolan.pk)), Reach(school_key(cast.lillaskolan.pk))])

    about = {line.title: [pupil.given_name for pupil in line.pupils] for line in entries_for(viewer_of(anna))}

    assert about == {"Bara 5B": ["Kim"], "Båda": ["Alva", "Kim"]}


def test_what_is_for_guardians_is_not_for_pupils(tell, anna, kim, viewer_of):
    tell("Till hemmet", sides=Side.GUARDIANS)
    tell("Till eleverna", sides=Side.PUPILS)

    assert titles(entries_for(viewer_of(anna))) == ["Till hemmet"]
    assert titles(entries_for(viewer_of(kim))) == ["Till eleverna"]


def test_picking_a_child_narrows_and_a_strangers_child_gives_nothing(tell, anna, maja, cast, viewer_of):
    tell("5B", key=group_key(cast.class_5b.pk))
    tell("2A", key=group_key(cast.class_2a.pk))
    viewer = viewer_of(anna)
    alva = next(pupil for pupil in viewer.children if pupil.given_name == "Alva")

    assert titles(entries_for(viewer, [alva])) == ["2A"]
    assert entries_for(viewer, viewer_of(maja).children) == []


def test_three_lines_of_a_box_and_the_number_of_new_ones(tell, anna, viewer_of):
    for number in range(5):
        tell(f"Nyhet {number}", published_at=clock.now() - timedelta(hours=5 - number))

    lines = entries_for(viewer_of(anna))

    assert titles(lines) == ["Nyhet 4", "Nyhet 3", "Nyhet 2"]
    assert {line.unread_in_box for line in lines} == {5}


def test_new_until_seen_and_again_when_a_change_is_marked(tell, anna, omar, sara, viewer_of):
    entry = tell("Provet", source=sara)
    mark_seen(anna.pk, [entry])
    assert [line.is_new for line in entries_for(viewer_of(anna))] == [False]
    assert [line.is_new for line in entries_for(viewer_of(omar))] == [True]

    tell("Provet i tisdags", source=sara)
    assert [(line.title, line.is_new) for line in entries_for(viewer_of(anna))] == [
        ("Provet i tisdags", False)
    ]

    tell("Provet flyttat", source=sara, revision=2)
    assert [(line.title, line.is_new) for line in entries_for(viewer_of(anna))] == [("Provet flyttat", True)]


def test_what_came_before_the_child_did_is_shown_but_not_as_new(tell, anna, kim, cast, viewer_of):
    from skolnav.core.people.models import Enrolment

    Enrolment.everything.filter(pupil=kim).update(valid_from=clock.today())
    tell("Gammalt", published_at=clock.now() - timedelta(days=2))

    assert [(line.title, line.is_new) for line in entries_for(viewer_of(anna))] == [("Gammalt", False)]


def test_not_yet_no_longer_and_withdrawn_do_not_show(tell, anna, sara, viewer_of):
    tell("I morgon", published_at=clock.now() + timedelta(days=1))
    tell("Utgången", visible_until=clock.now() - timedelta(seconds=1))
    tell("Ångrad", source=sara)
    withdraw(sara)

    assert entries_for(viewer_of(anna)) == []


def test_to_do_stands_until_done_and_nearest_deadline_first(tell, anna, sara, viewer_of):
    tell("Utan datum", wants=Wants.READ)
    entry = tell("Till fredag", wants=Wants.READ, due=clock.now() + timedelta(days=3), source=sara)
    assert titles(todo_for(viewer_of(anna))) == ["Till fredag", "Utan datum"]

    mark_seen(anna.pk, [entry])
    assert titles(todo_for(viewer_of(anna))) == ["Till fredag", "Utan datum"]

    mark_seen(anna.pk, [entry], done=True)
    mark_seen(anna.pk, [entry])
    assert titles(todo_for(viewer_of(anna))) == ["Utan datum"]


def test_a_span_of_days_holds_what_begins_before_it_and_whole_days_come_first(tell, anna, kim, viewer_of):
    monday = date(2026, 11, 23)
    noon = datetime(2026, 11, 23, 12, tzinfo=clock.STOCKHOLM)
    tell("Friluftsdag", happens=[days_of(noon, noon + timedelta(hours=2))])
    tell("Temavecka", happens=[When(monday - timedelta(days=2), monday + timedelta(days=2))])
    tell("Efteråt", happens=[When(monday + timedelta(days=3), monday + timedelta(days=3))])
    tell("Bara Kim", happens=[When(monday, monday)], key=pupil_key(kim.pk))

    found = happenings_for(viewer_of(anna), monday, monday + timedelta(days=1))

    assert [day.line.title for day in found] == ["Temavecka", "Bara Kim", "Friluftsdag"]
    assert found[2].starts == noon


def test_a_happening_longer_than_the_index_reaches_is_refused(tell):
    first = date(2026, 1, 1)

    with pytest.raises(ValueError, match="60 days"):
        tell(happens=[When(first, first + timedelta(days=Happening.LONGEST_DAYS))])


def test_telling_again_replaces_audience_and_days_and_nothing_doubles(tell, sara, cast):
    today = clock.today()
    for _ in range(2):
        tell(source=sara, happens=[When(today, today)])
    tell(source=sara, key=group_key(cast.class_5b.pk))

    entry = Entry.everything.get()
    assert list(Audience.objects.values_list("key", flat=True)) == [group_key(cast.class_5b.pk)]
    assert not entry.happenings.exists()


@pytest.mark.parametrize("children", [1, 3])
def test_one_statement_each_however_many_children(tell, anna, children, viewer_of, django_assert_num_queries):
    tell("Nyhet", wants=Wants.READ, happens=[When(clock.today(), clock.today())])
    viewer = viewer_of(anna)
    pupils = (viewer.children * 2)[:children]

    with django_assert_num_queries(3):
        entries_for(viewer, pupils)
        todo_for(viewer, pupils)
        happenings_for(viewer, clock.today(), clock.today(), pupils)


def test_all_that_is_new_in_a_box_is_what_its_number_counts_and_what_the_orm_would_say(tell, anna, viewer_of):
    for number in range(5):
        tell(f"Nyhet {number}", published_at=clock.now() - timedelta(hours=5 - number))
    tell("Bara för elever", sides=Side.PUPILS)
    tell("Inte än", published_at=clock.now() + timedelta(hours=1))
    tell("Inte längre", visible_until=clock.now() - timedelta(seconds=1))
    tell("För länge sedan", published_at=clock.now() - WINDOW - timedelta(hours=1))
    tell("Sedd")
    mark_seen(anna.pk, Entry.everything.filter(title="Sedd"))
    viewer = viewer_of(anna)

    found = unseen_for(viewer, "information")

    assert titles(found) == ["Nyhet 0", "Nyhet 1", "Nyhet 2", "Nyhet 3", "Nyhet 4"]
    assert len(found) == entries_for(viewer)[0].unread_in_box
    reaching = Audience.objects.filter(
        reaches(viewer),
        published_at__gt=clock.now() - WINDOW,
        published_at__lte=clock.now(),
        visible_until=None,
    )
    seen = Seen.objects.filter(person=anna).values("entry")
    by_orm = Entry.everything.filter(pk__in=reaching.values("entry"), box="information").exclude(pk__in=seen)
    assert {line.entry_id for line in found} == set(by_orm.values_list("pk", flat=True))
    assert unseen_for(viewer, "calendar") == []
    assert unseen_for(viewer, "information", []) == []
