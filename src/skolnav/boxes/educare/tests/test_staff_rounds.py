"""Lov: asked about, changed, and the reminder that goes once."""

from datetime import timedelta

import pytest
from django.urls import reverse

from skolnav.boxes.educare.actions.rounds import remind_of_rounds
from skolnav.boxes.educare.models import HolidayRound
from skolnav.core.notifications.jobs import all_jobs, do_due_jobs
from skolnav.core.notifications.models import Notice
from skolnav.core.schools.models import SchoolBreak
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.scope import over_all_organisers

from .staff import give_times, lov, more_children, round_form

OPENING = "/personal/fritids/oppet/"
CLOSE = "/personal/fritids/stangt/ny/"
ROUND = "/personal/fritids/lov/ny/"


@pytest.fixture
def nour(client_of, cast, tuesday):
    return client_of(cast.nour)


def test_a_lov_of_the_calendar_is_suggested_opened_and_told(cast, nour):
    first = clock.today() + timedelta(days=27)
    SchoolBreak.objects.create(
        organiser=cast.ekdal, school=cast.lillaskolan, kind="holiday", name="Höstlov", first_day=first,
        last_day=first + timedelta(days=4), source="test:1",
    )  # fmt: skip
    assert "Fråga om lovet" in nour.get(OPENING).content.decode()

    nour.post(ROUND, round_form(cast))

    opened = HolidayRound.everything.get()
    assert opened.deadline == clock.start_of(first - timedelta(days=13))
    assert Notice.everything.get(kind="educare.round_opened").pupil_id == cast.alva.pk
    shown = nour.get(OPENING).content.decode()
    assert "Fråga om lovet" not in shown
    assert "Höstlov" in shown


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"last_day": 20}, "före den första"),
        ({"last_day": 200}, "högst 92 dagar"),
        ({"deadline": -1}, "har redan varit"),
        ({"deadline": 30}, "före lovets första dag"),
        ({"first_day": 22, "last_day": 23}, "ligger redan i"),
    ],
)
def test_a_lov_that_makes_no_sense(cast, nour, changed, said):
    lov(cast)
    days = {name: clock.today() + timedelta(days=ahead) for name, ahead in changed.items()}

    answer = nour.post(ROUND, round_form(cast, **{"deadline": clock.today() + timedelta(days=2)} | days))

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert HolidayRound.everything.count() == 1


def test_a_lov_is_changed_by_one_at_a_time_and_removed(cast, nour):
    held = lov(cast)
    address = reverse("educare_staff:round", args=[held.public_id])
    assert "Höstlov" in nour.get(address).content.decode()
    HolidayRound.everything.filter(pk=held.pk).update(name="Läslov", version=2)

    form = round_form(cast, name="Annat lov", version=1)
    shown = nour.post(address, form).content.decode()
    assert "Läslov" in shown
    assert "Annat lov" in shown
    nour.post(address, form | {"version": 2})
    held.refresh_from_db()
    assert (held.name, held.version) == ("Annat lov", 3)

    remove = reverse("educare_staff:remove_round", args=[held.public_id])
    assert "Annat lov" in nour.get(remove).content.decode()
    nour.post(remove)
    assert not HolidayRound.everything.exists()


def remind():
    with over_all_organisers():
        return remind_of_rounds()


def test_who_has_not_answered_is_reminded_once(cast, tuesday):
    held = lov(cast)
    answered, _half = more_children(cast, 2)
    for number in range(4):
        give_times(answered, held.first_day + timedelta(days=number), leaves="", is_off=True)
    assert remind() == 0
    tuesday.move_to(held.deadline - timedelta(days=3))

    assert (remind(), remind()) == (1, 0)

    told = Notice.everything.get(kind="educare.round_reminder")
    assert (told.pupil_id, sorted(told.person_ids)) == (cast.alva.pk, sorted([cast.anna.pk, cast.omar.pk]))


def test_a_later_deadline_is_reminded_of_anew_and_one_that_is_over_not(cast, nour, tuesday):
    held = lov(cast)
    tuesday.move_to(held.deadline - timedelta(days=3))
    assert remind() == 1
    later = held.first_day - timedelta(days=6)
    form = round_form(cast, first_day=held.first_day, last_day=held.last_day, deadline=later, version=1)
    nour.post(reverse("educare_staff:round", args=[held.public_id]), form)
    tuesday.move_to(clock.start_of(later))
    assert (remind(), remind()) == (1, 0)
    assert Notice.everything.filter(kind="educare.round_reminder").count() == 2

    HolidayRound.everything.update(reminded_at=None)
    tuesday.move_to(clock.start_of(held.first_day))
    assert remind() == 0


def test_the_worker_has_the_reminder_among_its_jobs(cast, tuesday):
    lov(cast, deadline=clock.now() + timedelta(days=1))
    assert "educare.holiday_reminders" in {job.name for job in all_jobs()}

    do_due_jobs(clock.now())

    assert HolidayRound.everything.get().reminded_at is not None
