"""Families find the school's days in month, week and list."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from skolnav.boxes.calendar.actions import cancel_entry, remove_entry, restore_entry
from skolnav.core.feed.models import Side, group_key, school_key
from skolnav.core.publishing.models import Target
from skolnav.core.tenancy import clock


def text_of(response):
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.requirement("11-calendar-1")
@pytest.mark.parametrize("view", ["manad", "vecka", "lista"])
def test_a_day_is_found_however_one_looks(write, anna, gun, robin, cast, view, client_of):
    write("Friluftsdag", first_day=clock.today())
    write("Studiedag", kind="study_day", first_day=clock.today())

    page = text_of(client_of(anna).get(f"/kalender/?visa={view}"))

    assert "Friluftsdag" in page
    assert "Studiedag" in page
    assert "Friluftsdag" not in text_of(client_of(gun).get(f"/kalender/?visa={view}"))
    assert client_of(robin).get("/kalender/").status_code == 302


def test_from_the_month_of_today_one_comes_to_the_week_of_today(anna, client_of):
    today, client = clock.today(), client_of(anna)

    assert f"?visa=vecka&amp;dag={today}" in text_of(client.get("/kalender/"))
    assert "?visa=vecka&amp;dag=2030-05-01" in text_of(client.get("/kalender/?visa=manad&dag=2030-05-12"))


def test_it_is_narrowed_to_a_child_and_to_a_kind(write, anna, kim, alva, elis, client_of):
    write("Prov i matte", kind="national_test", first_day=clock.today())
    client = client_of(anna)

    assert "Prov i matte" in text_of(client.get(f"/barn/{kim.public_id}/kalender/"))
    assert "Prov i matte" not in text_of(client.get(f"/barn/{alva.public_id}/kalender/"))
    assert "Prov i matte" not in text_of(client.get("/kalender/?visa=lista&sort=holiday"))
    assert client.get(f"/barn/{elis.public_id}/kalender/").status_code == 404


def test_opening_an_entry_marks_it_seen_and_a_stranger_gets_404(
    write, anna, gun, robin, cast, client_of, viewer_of
):
    from skolnav.core.feed.reading import entries_for

    entry = write("Friluftsdag", place="Ekberget", description="Matsäck\n\nVarma kläder")
    assert [line.is_new for line in entries_for(viewer_of(anna))] == [True]

    page = text_of(client_of(anna).get(f"/kalender/{entry.public_id}/"))

    assert "Ekberget" in page
    assert "<p>Varma kläder</p>" in page
    assert [line.is_new for line in entries_for(viewer_of(anna))] == [False]
    assert client_of(gun).get(f"/kalender/{entry.public_id}/").status_code == 404
    assert client_of(anna).get("/kalender/1111111111111111/").status_code == 404


def test_what_is_for_guardians_is_not_in_the_pupils_calendar(write, anna, kim, cast, client_of):
    entry = write("Föräldramöte", [Target(group_key(cast.class_5b.pk), cast.ekdalsskolan.pk, Side.GUARDIANS)])

    assert client_of(anna).get(f"/kalender/{entry.public_id}/").status_code == 200
    assert client_of(kim).get(f"/kalender/{entry.public_id}/").status_code == 404
    assert "Föräldramöte" not in text_of(client_of(kim).get("/kalender/?visa=lista"))


def test_cancelled_stays_struck_through_and_removed_is_gone_until_undone(
    write, anna, sara, client_of, viewer_of
):
    entry, actor = write("Friluftsdag"), viewer_of(sara)
    client = client_of(anna)

    cancel_entry(actor=actor, entry=entry)
    assert "Inställt" in text_of(client.get("/kalender/?visa=lista"))
    assert "Det här är inställt" in text_of(client.get(f"/kalender/{entry.public_id}/"))

    remove_entry(actor=actor, entry=entry)
    assert "Friluftsdag" not in text_of(client.get("/kalender/?visa=lista"))
    assert client.get(f"/kalender/{entry.public_id}/").status_code == 404

    restore_entry(actor=actor, entry=entry)
    page = text_of(client.get("/kalender/?visa=lista"))
    assert "Friluftsdag" in page
    assert "Inställt" not in page


def test_several_days_stand_on_each_of_them(write, anna, client_of):
    first = date(2027, 3, 30)
    with time_machine.travel("2027-03-20T08:00:00Z", tick=False):
        write("Påsklov", kind="holiday", first_day=first, last_day=first + timedelta(days=4))
        page = text_of(client_of(anna).get("/kalender/?visa=manad&dag=2027-04-01"))

    assert page.count(">Påsklov</a>") == 5  # the month shows the last days of March too


def test_nonsense_in_the_address_shows_today(anna, client_of):
    client = client_of(anna)

    for query in ("dag=2027-02-30", "dag=9999-12-31", "dag=x", "visa=x", "sort=x", "dag=0001-01-01"):
        assert client.get(f"/kalender/?{query}").status_code == 200


def test_a_meeting_at_night_in_october_is_shown_by_the_clock_on_the_wall(write, anna, client_of):
    noon = datetime(2026, 10, 25, 12, tzinfo=clock.STOCKHOLM)
    with time_machine.travel("2026-10-20T08:00:00Z", tick=False):
        write("Möte", kind="meeting", first_day=noon.date(), starts=noon, ends=noon + timedelta(hours=1))
        page = text_of(client_of(anna).get("/kalender/?visa=lista"))

    assert "12.00–13.00" in page


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("view", ["manad", "vecka", "lista"])
def test_two_statements_however_many_days(
    write, anna, cast, number, view, client_of, django_assert_num_queries
):
    both = [Target(school_key(school.pk), school.pk) for school in (cast.ekdalsskolan, cast.lillaskolan)]
    for each in range(number):
        write(f"Dag {each}", both, by=cast.lena)
    client = client_of(anna)
    client.get("/kalender/")

    with django_assert_num_queries(2):
        client.get(f"/kalender/?visa={view}")


def test_the_list_below_this_month_begins_with_today(write, anna, client_of):
    with time_machine.travel("2026-11-23T08:00:00Z", tick=False):
        write("Förbi", first_day=date(2026, 11, 20))
        write("Kommande", first_day=date(2026, 11, 25))
        page = text_of(client_of(anna).get("/kalender/"))
        whole = text_of(client_of(anna).get("/kalender/?dag=2026-10-31"))

    squares, below = page.split('class="card month-list"')
    assert "Förbi" in squares
    assert "Förbi" not in below
    assert "Kommande" in below
    assert whole.count("month-list") == 1
