"""What the start page says of fritids."""

from datetime import time, timedelta

import pytest

from skolnav.boxes.educare.models import CareTime
from skolnav.boxes.educare.queries.today import today
from skolnav.core.boxes.registry import PupilDay
from skolnav.core.people.models import Membership
from skolnav.core.presence.models import Absence
from skolnav.core.schools.calendar import school_calendar
from skolnav.core.tenancy import clock

from .family import monday, text_of, times_of, week_of_times


def days_of(viewer):
    """Today's card of each of the viewer's pupils, without lessons."""
    calendar = school_calendar(viewer.organiser_id, viewer.today, viewer.today)
    return [PupilDay(pupil, viewer.today, viewer.today, [], [], calendar) for pupil in viewer.pupils]


def start(client):
    return text_of(client.get("/"))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"collected_by": "Omar"}, "Fritids till 16.30, hämtas av Omar"),
        ({}, "Fritids till 16.30"),
        ({"goes_alone": True, "leaves_at": time(15)}, "Går hem själv 15.00"),
        ({"comes_at": time(6, 45)}, "Fritids 06.45, hämtas 16.30"),
        ({"comes_at": time(6, 45), "collected_by": "Omar"}, "Fritids 06.45, hämtas 16.30 av Omar"),
        ({"comes_at": time(6, 45), "goes_alone": True}, "Fritids 06.45, går hem själv 16.30"),
        ({"comes_at": time(6, 45), "leaves_at": None}, "Fritids från 06.45"),
        ({"is_off": True, "leaves_at": None}, "Ledig från fritids"),
    ],
)
def test_the_day_card_says_when_and_who(tuesday, anna, alva, client_of, fields, said):
    week_of_times(alva, monday(0), **fields)

    assert said in start(client_of(anna))


def test_after_school_the_card_says_both_today_and_tomorrow(tuesday, anna, alva, client_of):
    week_of_times(alva, monday(0))
    tuesday.move_to(clock.start_of(clock.today()) + timedelta(hours=15))

    page = start(client_of(anna))
    assert "I dag: fritids till 16.30" in page
    assert page.count("till 16.30") == 2


def test_who_is_away_all_day_is_not_expected(tuesday, anna, alva, cast, client_of):
    week_of_times(alva, monday(0))
    Absence.everything.create(
        organiser=cast.ekdal, pupil=alva, kind="reported", reason="ill", day=clock.today(),
        starts=clock.start_of(clock.today()), ends=clock.end_of(clock.today()), is_whole_day=True,
        source="report:1", reported_at=clock.now(),
    )  # fmt: skip

    assert "Fritids till 16.30" not in start(client_of(anna))


@pytest.mark.requirement("11-fritids-1")
def test_the_missing_week_is_one_tap_where_the_week_before_has_times(tuesday, anna, kim, alva, client_of):
    week_of_times(alva, monday(0))
    week_of_times(alva, monday(1), days=2)  # these are locked
    client = client_of(anna)
    page = start(client)
    assert f"Fritidstider för vecka {monday(1).isocalendar().week}" in page
    assert "Låses i dag 24.00" in page
    assert f'aria-label="Som förra veckan: Fritidstider för vecka {monday(1).isocalendar().week}"' in page
    assert "Fritidstider" not in start(client_of(kim))

    sent = {"week": str(monday(1)), "pupils": alva.public_id, "next": "/"}
    assert client.post("/fritids/som-forra/", sent)["Location"] == "/"

    # The first whole free week is asked for next, and then no more.
    assert len(times_of(alva, monday(1))) == 5
    assert f"Fritidstider för vecka {monday(2).isocalendar().week}" in start(client)
    client.post("/fritids/som-forra/", sent | {"week": str(monday(2))})
    assert "Fritidstider" not in start(client)
    assert "Alla veckor som snart låses har tider" in start(client)


def test_the_days_that_the_week_before_says_nothing_of_are_left_to_fill_in(tuesday, anna, alva, client_of):
    week_of_times(alva, monday(1) + timedelta(days=2), days=3)
    client = client_of(anna)
    client.post("/fritids/som-forra/", {"week": str(monday(2)), "pupils": alva.public_id})

    assert len(times_of(alva, monday(2))) == 3
    assert "Fyll i" in start(client)


def test_where_there_is_nothing_to_copy_one_fills_in(tuesday, anna, alva, client_of):
    page = start(client_of(anna))

    assert "Fyll i" in page
    assert f'href="/barn/{alva.public_id}/fritids/vecka/{monday(1)}/"' in page


def test_a_family_without_a_place_hears_nothing_and_it_costs_nothing(
    tuesday, maja, client_of, django_assert_num_queries, viewer_of
):
    viewer = viewer_of(maja)
    days = days_of(viewer)
    with django_assert_num_queries(0):
        found = today(viewer, days)
    assert (found.todo, found.lines, found.facts) == ((), (), {})
    assert found.nothing == "Ingen plats på fritids."


@pytest.mark.parametrize("number", [1, 2])
def test_one_statement_for_all_the_children(
    tuesday, anna, alva, kim, cast, number, viewer_of, django_assert_num_queries
):
    week_of_times(alva, monday(0))
    if number == 2:
        Membership.everything.create(
            organiser=cast.ekdal, group=cast.educare, person=kim, source="office",
            valid_from=clock.today() - timedelta(days=9),
        )  # fmt: skip
        week_of_times(kim, monday(0))
    viewer = viewer_of(anna)
    days = days_of(viewer)

    with django_assert_num_queries(1):
        found = today(viewer, days)

    assert len(found.facts) == number
    assert len([one for one in found.todo if "Fritidstider" in one.title]) == 1
    assert CareTime.everything.count() == 5 * number
