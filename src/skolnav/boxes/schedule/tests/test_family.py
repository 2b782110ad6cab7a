"""Families see a day and a week of lessons, and what differs."""

from datetime import date, timedelta

import pytest

from skolnav.core.people.models import Guardianship, Membership
from skolnav.core.schools.breaks import set_breaks
from skolnav.core.schools.models import SchoolBox
from skolnav.core.tenancy import clock
from skolnav.core.timetable.models import LessonMark, LessonSubstitute, Room
from skolnav.core.timetable.storing import stored

pytestmark = pytest.mark.usefixtures("tuesday")


@pytest.mark.requirement("11-schedule-1")
def test_a_guardian_sees_the_day_and_the_week_of_each_child_and_a_stranger_none(
    cast, anna, gun, robin, sara, page_of, client_of
):
    page = page_of(anna, "/schema/")

    assert "08.10 –09.10 Svenska Sal 214 · Sara Holm" in page
    assert "Lunch 11.20–12.00" in page
    assert "12.00 –13.00 Idrott och hälsa Idrottshallen · Sara Holm Ta med: Gympapåse" in page
    assert "Klassrum 2A" in page  # Alva's
    narrowed = page_of(anna, f"/barn/{cast.kim.public_id}/schema/")
    assert "Svenska" in narrowed
    assert "Klassrum 2A" not in narrowed
    assert client_of(gun).get(f"/barn/{cast.kim.public_id}/schema/").status_code == 404
    assert client_of(anna).get(f"/barn/{cast.elis.public_id}/schema/").status_code == 404
    assert client_of(robin).get("/schema/").status_code == 302
    assert client_of(sara).get("/schema/").status_code == 404


@pytest.mark.requirement("11-schedule-1")
def test_one_picks_a_day_or_a_week_with_ease(anna, client_of, tuesday):
    client, today = client_of(anna), clock.today()
    monday = today - timedelta(days=1)

    page = client.get("/schema/").content.decode()

    assert f'href="?dag={today}"' in page  # "I dag", and the day's own tab
    year, week, _ = (monday + timedelta(days=7)).isocalendar()
    assert f'href="?vecka={year}-W{week:02}"' in page
    assert 'class="schedule as-fits"' in page
    assert 'class="schedule as-dag"' in client.get(f"/schema/?dag={monday}&visa=dag").content.decode()
    assert 'class="schedule as-vecka"' in client.get(f"/schema/?dag={monday}&visa=vecka").content.decode()


@pytest.mark.requirement("11-schedule-1")
def test_any_week_is_reached_by_its_number(anna, client_of):
    year = clock.today().isocalendar().year
    client = client_of(anna)

    for query in (f"vecka={year}-W49", "vecka=49", f"vecka=49&ar={year}", f"vecka={year}W49"):
        assert "<h1>Vecka 49 " in client.get(f"/schema/?{query}").content.decode(), query
    assert "<h1>Vecka 53 " in client.get("/schema/?vecka=2026-W53").content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "vecka=54", "vecka=0", "vecka=x", "vecka=2025-W53", "vecka=49&ar=abc", "ar=2026", "dag=2026-02-30",
        "dag=9999-12-31", "dag=0001-01-01", "vecka=9999-W52", "vecka=49&ar=0000", "dag=%00", "vecka=%00",
        "vecka=٤٩",
    ],
)  # fmt: skip
def test_a_week_that_is_none_is_answered_with_a_word_and_the_week_at_hand(query, anna, page_of):
    page = page_of(anna, f"/schema/?{query}")

    assert "Den veckan finns inte" in page
    assert f"Vecka {clock.today().isocalendar().week}" in page


def test_on_a_saturday_the_week_to_come_is_shown(anna, page_of, tuesday):
    tuesday.move_to(clock.now() + timedelta(days=4))

    assert f"Vecka {clock.today().isocalendar().week + 1}" in page_of(anna, "/schema/")


def test_what_is_changed_stands_out_with_what_it_was(cast, anna, of_5b, differs, page_of):
    hall = Room.everything.create(organiser_id=cast.ekdal.pk, school=cast.ekdalsskolan, name="Aulan")
    differs(of_5b("SO"), is_cancelled=True)
    maths, swedish = of_5b("Matematik"), of_5b("Svenska")
    differs(maths, starts=maths.starts + timedelta(minutes=10), ends=maths.ends + timedelta(minutes=10))
    differs(of_5b("Engelska"), room=hall, note="Ta med dator")
    differs(swedish, starts=swedish.starts + timedelta(days=1), ends=swedish.ends + timedelta(days=1))
    row = stored(of_5b("Idrott och hälsa"), cast.ekdal.pk)
    LessonSubstitute.objects.create(occurrence=row, person=cast.pelle, set_by=cast.lena, set_at=clock.now())

    page = page_of(anna, "/schema/")

    assert "SO Sal 214 · Sara Holm Inställd" in page
    assert "09.20 –10.10 Matematik Sal 214 · Sara Holm Flyttad Var 09.10–10.00" in page
    assert "Engelska Aulan · Sara Holm Ny sal Var Sal 214 Ta med dator" in page
    assert "Svenska Flyttad till i morgon 08.10" in page
    assert f"Idrottshallen · {cast.pelle.full_name} Ta med: Gympapåse Vikarie I stället för Sara Holm" in page


def test_tests_and_homework_are_said_in_words(cast, anna, of_5b, page_of):
    row = stored(of_5b("Engelska"), cast.ekdal.pk)
    for kind, text in (("test", "Kapitel 4"), ("homework", "")):
        LessonMark.everything.create(
            organiser_id=cast.ekdal.pk, occurrence=row, kind=kind, text=text, created_at=clock.now()
        )

    page = page_of(anna, "/schema/")

    assert "Prov: Kapitel 4" in page
    assert "Läxa" in page


def test_the_lesson_that_is_on_now_says_so(anna, page_of, tuesday):
    assert " nu " not in page_of(anna, f"/schema/?dag={clock.today()}")
    tuesday.move_to(clock.now() + timedelta(hours=1))

    assert "Svenska Sal 214 · Sara Holm nu" in page_of(anna, "/schema/")


def test_days_without_school_say_why(cast, anna, page_of):
    wednesday = clock.today() + timedelta(days=1)
    set_breaks(
        "test:1", kind="study_day", name="Studiedag", first_day=wednesday, last_day=wednesday,
        school_ids=[cast.ekdalsskolan.pk],
    )  # fmt: skip
    year = clock.today().year

    assert "Studiedag" in page_of(anna, f"/barn/{cast.kim.public_id}/schema/")
    assert "Studiedag" not in page_of(anna, f"/barn/{cast.alva.public_id}/schema/")
    assert "Juldagen" in page_of(anna, f"/schema/?dag={year}-12-25")
    assert "Lov mellan terminerna" in page_of(anna, f"/schema/?dag={date(year, 7, 14)}")


def test_a_saturday_is_there_only_if_something_is_on_it(anna, of_5b, differs, page_of, client_of):
    assert "lördag" not in page_of(anna, "/schema/")
    lesson = of_5b("SO")
    differs(lesson, starts=lesson.starts + timedelta(days=4), ends=lesson.ends + timedelta(days=4))

    assert "lördag" in page_of(anna, "/schema/")


def test_a_school_without_a_timetable_says_so(maja, gun, page_of):
    assert "inte lagt in något schema" in page_of(gun, "/schema/")
    assert "inte lagt in något schema" not in page_of(maja, "/schema/")


def test_a_pupil_sees_their_own(cast, kim, alva, page_of, client_of):
    assert "Svenska" in page_of(kim, "/schema/")
    assert client_of(kim).get(f"/barn/{alva.public_id}/schema/").status_code == 404


def test_it_prints_on_a_page_of_its_own(anna, client_of):
    page = client_of(anna).get("/schema/?skriv-ut=1&visa=vecka").content.decode()

    assert "for-paper" in page
    assert "schedule/paper" in page
    assert "schedule/paper" not in client_of(anna).get("/schema/").content.decode()


def test_a_day_in_an_address_leads_to_that_day(cast, anna, client_of):
    client = client_of(anna)

    assert client.get("/schema/2026-12-01/")["Location"] == "/schema/?dag=2026-12-01"
    narrowed = f"/barn/{cast.kim.public_id}/schema/"
    assert client.get(f"{narrowed}2026-12-01/")["Location"] == f"{narrowed}?dag=2026-12-01"
    assert client.get(f"/barn/{cast.elis.public_id}/schema/2026-12-01/").status_code == 404
    assert client.get("/schema/2026-02-30/").status_code == 404


def test_a_box_that_is_off_is_not_there(cast, anna, client_of):
    for school in (cast.ekdalsskolan, cast.lillaskolan):
        SchoolBox.objects.create(school=school, key="schedule", enabled=False, order=0)

    assert client_of(anna).get("/schema/").status_code == 404
    assert client_of(anna).get("/schema/2026-12-01/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("address", ["/schema/", "/schema/?vecka=40"])
def test_six_statements_however_many_children(
    cast, omar, number, address, client_of, django_assert_num_queries
):
    Guardianship.everything.filter(guardian=omar).exclude(pupil=cast.kim).delete()
    for child in (cast.alva, cast.elis)[: number - 1]:
        Guardianship.everything.create(
            organiser=cast.ekdal, pupil=child, guardian=omar, source="office", valid_from=date(2020, 1, 1)
        )
    assert Membership.everything.filter(person=cast.alva).exists()
    client = client_of(omar)
    client.get(address)

    with django_assert_num_queries(6):
        client.get(address)
