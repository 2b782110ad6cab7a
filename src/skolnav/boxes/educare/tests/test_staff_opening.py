"""Opening hours and closing days: who decides, and what families are told."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from skolnav.boxes.educare.actions.opening import close_day
from skolnav.boxes.educare.models import ClosingDay, EducareSettings, OpeningHours
from skolnav.boxes.educare.queries.opening import opening_of
from skolnav.core.notifications.models import Notice
from skolnav.core.people.actions.refusals import NotAllowed
from skolnav.core.tenancy import clock

from .staff import give_times, lov, more_children, round_form

OPENING = "/personal/fritids/oppet/"
CLOSE = "/personal/fritids/stangt/ny/"
ROUND = "/personal/fritids/lov/ny/"


@pytest.fixture
def nour(client_of, cast, tuesday):
    return client_of(cast.nour)


@pytest.fixture
def lena(client_of, cast, tuesday):
    return client_of(cast.lena)


def hours(version=0, **changed):
    days = {f"opens_{day}": "06:30" for day in range(5)} | {f"closes_{day}": "17:30" for day in range(5)}
    chosen = {"lock_days": "5", "late_after_minutes": "15", "holiday_reminder_days": "4", "version": version}
    return days | chosen | changed


def hours_at(cast):
    return reverse("educare_staff:change_opening", args=[cast.lillaskolan.public_id])


def opening(cast, day=None):
    return opening_of(cast.ekdal.pk, cast.lillaskolan.pk, day or clock.today(), day or clock.today())


def test_without_rows_it_is_open_six_to_six_on_weekdays(cast, tuesday):
    today = opening(cast)
    assert today.hours_on(clock.today()) == (time(6), time(18))
    assert today.hours_on(clock.today() + timedelta(days=4)) is None
    assert (today.lock_days, today.late_after_minutes, today.version) == (7, 10, 0)
    assert opening(cast, date(2026, 12, 25)).hours_on(date(2026, 12, 25)) is None


def test_leaders_set_the_hours_and_what_the_school_has_chosen(cast, lena):
    lena.post(hours_at(cast), hours(opens_4="", closes_4=""))

    found = opening(cast)
    assert found.hours[0] == (time(6, 30), time(17, 30))
    assert 4 not in found.hours
    assert (found.lock_days, found.late_after_minutes, found.holiday_reminder_days, found.version) == (
        5,
        15,
        4,
        1,
    )
    assert "06.30" in lena.get(OPENING).content.decode()


def test_two_leaders_at_once_see_both(cast, lena):
    lena.post(hours_at(cast), hours(opens_0="07:00"))

    second = lena.post(hours_at(cast), hours(closes_0="16:00"))

    shown = second.content.decode()
    assert "Någon annan sparade" in shown
    assert "07.00" in shown
    assert 'value="16:00"' in shown
    assert opening(cast).hours[0] == (time(7), time(17, 30))
    lena.post(hours_at(cast), hours(version=1, closes_0="16:00"))
    assert opening(cast).hours[0] == (time(6, 30), time(16))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"closes_0": "06:00"}, "stänger innan"),
        ({"closes_0": ""}, "båda tiderna"),
        ({"opens_0": "24:00"}, "Öppnar mån: Skriv klockslaget som 16.30."),
        ({"lock_days": "365"}, "28"),
        ({f"{end}_{day}": "" for end in ("opens", "closes") for day in range(5)}, "Minst en dag"),
    ],
)
def test_hours_that_make_no_sense(cast, lena, changed, said):
    answer = lena.post(hours_at(cast), hours(**changed))

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not OpeningHours.everything.exists()
    assert not EducareSettings.everything.exists()


def test_a_closed_day_is_told_to_those_who_would_come(cast, nour):
    day = clock.today() + timedelta(days=1)
    give_times(cast.alva, day)
    (other,) = more_children(cast, 1)
    form = {"school": cast.lillaskolan.public_id, "day": day, "reason": "Planeringsdag", "form_id": "b" * 20}

    nour.post(CLOSE, form)
    nour.post(CLOSE, form)

    assert opening(cast, day).hours_on(day) is None
    told = Notice.everything.get(kind="educare.closed")
    assert (told.pupil_id, sorted(told.person_ids)) == (cast.alva.pk, sorted([cast.anna.pk, cast.omar.pk]))
    assert "Planeringsdag" in nour.get(OPENING).content.decode()
    again = nour.post(CLOSE, form | {"form_id": "c" * 20})
    assert (again.status_code, "redan stängt" in again.content.decode()) == (422, True)

    nour.post(reverse("educare_staff:reopen", args=[ClosingDay.everything.get().public_id]))
    assert opening(cast, day).hours_on(day)
    assert other.pk not in {told.pupil_id}


def test_a_closed_day_of_many_families_is_a_write_like_others(
    cast, viewer_of, tuesday, django_assert_max_num_queries
):
    more_children(cast, 40)
    with django_assert_max_num_queries(12):
        close_day(
            actor=viewer_of(cast.nour), school_id=cast.lillaskolan.pk, day=clock.today(), reason="Vattenläcka"
        )


@pytest.mark.parametrize("day", ["2026-13-40", "1999-01-01", "9999-12-31", "", "igår\0"])
def test_days_that_are_none(cast, nour, day):
    form = {"school": cast.lillaskolan.public_id, "day": day, "reason": "x"}
    assert nour.post(CLOSE, form).status_code == 422
    assert nour.post(ROUND, round_form(cast, first_day=day)).status_code == 422


def test_who_may(cast, client_of, viewer_of, tuesday):
    held = lov(cast)
    round_at = reverse("educare_staff:round", args=[held.public_id])
    assert client_of(cast.nour).get(hours_at(cast)).status_code == 404
    for name in ("ulla", "sara", "anna", "ingrid", "greta"):
        client = client_of(cast.people[name])
        for address in (hours_at(cast), round_at):
            assert client.get(address).status_code == 404
            assert client.post(address, round_form(cast)).status_code == 404
        with pytest.raises(NotAllowed):
            close_day(
                actor=viewer_of(cast.people[name]),
                school_id=cast.lillaskolan.pk,
                day=clock.today(),
                reason="x",
            )
        assert client.post(
            CLOSE, {"school": cast.lillaskolan.public_id, "day": clock.today(), "reason": "x"}
        ).status_code in (404, 422)
    assert not ClosingDay.everything.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_what_the_page_costs(cast, nour, count, django_assert_num_queries):
    for number in range(count):
        first = clock.today() + timedelta(days=20 + 10 * number)
        lov(cast, first_day=first, last_day=first)
        ClosingDay.everything.create(
            organiser=cast.ekdal, school=cast.lillaskolan, day=first, reason="x", closed_at=clock.now()
        )
    nour.get(OPENING)

    with django_assert_num_queries(6):
        nour.get(OPENING)
