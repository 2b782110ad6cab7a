"""Thresholds: who passes one in a month, and what mentor and principal do about it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from skolnav.boxes.absence.actions.deadlines import follow_thresholds
from skolnav.boxes.absence.actions.followups import follow_month
from skolnav.boxes.absence.models import (
    AbsenceSettings,
    FollowUp,
    LessonAttendance,
    Register,
    UnexcusedCase,
)
from skolnav.boxes.absence.queries.figures import month_of
from skolnav.core.notifications.models import Delivery, Notice
from skolnav.core.notifications.worker import sweep
from skolnav.core.tenancy import clock

from .registering import mark, mark_many
from .test_cases import more_pupils

pytestmark = pytest.mark.django_db


def school_days(number, start=None):
    day, found = (start or clock.today()).replace(day=1), []
    while len(found) < number:
        if day.weekday() < 5:
            found.append(day)
        day += timedelta(days=1)
    return found


def attend(pupil, by, absent, present, days=5):
    """So many valid absent minutes and attended ones, spread over days."""
    for number, day in enumerate(school_days(days)):
        register = mark_many([pupil], "present", "08:10", "09:10", by=by, day=day, follow=False)
        minutes = {
            "attended_minutes": present if number == 0 else 0,
            "valid_minutes": absent if number == 0 else 0,
        }
        LessonAttendance.everything.filter(register=register, pupil=pupil).update(**minutes)


def tasks():
    return list(FollowUp.everything.values_list("kind", "figure"))


@pytest.mark.parametrize(
    ("absent", "present", "days", "found"),
    [
        (10, 90, 5, [("share", 10)]),
        (99, 901, 5, []),
        (10, 90, 4, []),
        (0, 100, 5, []),
        (100, 0, 5, [("share", 100)]),
    ],
)
def test_the_share_of_a_month(absent, present, days, found, cast, tuesday):
    attend(cast.kim, cast.sara, absent, present, days)

    follow_month(cast.ekdal.pk, clock.today())

    assert tasks() == found


def test_a_school_chooses_its_own_and_zero_is_off(cast, tuesday):
    attend(cast.kim, cast.sara, 20, 80)
    settings = AbsenceSettings.everything.create(
        organiser=cast.ekdal, school=cast.ekdalsskolan, threshold_percent=21, threshold_occasions=0
    )
    for day in school_days(4):
        mark(cast.elis, "absent", "08:10", "09:10", by=cast.sara, day=day)

    follow_month(cast.ekdal.pk, clock.today())
    assert tasks() == []
    AbsenceSettings.everything.filter(pk=settings.pk).update(threshold_percent=20, threshold_occasions=4)
    follow_month(cast.ekdal.pk, clock.today())

    assert ("share", 20) in tasks()
    assert ("occasions", 4) in tasks()


@pytest.mark.parametrize(("days", "found"), [(2, []), (3, [("occasions", 3)]), (4, [("occasions", 4)])])
def test_occasions_are_days_with_a_case(days, found, cast, tuesday):
    for day in school_days(days):
        mark(cast.kim, "absent", "08:10", "09:10", by=cast.sara, day=day)
        mark(cast.kim, "left", "09:10", "10:00", minutes=10, by=cast.sara, day=day)

    assert tasks() == found


def test_excused_days_and_other_months_do_not_count(cast, tuesday):
    first, second, third = school_days(3)
    for day in (first, second, month_of(first)[0] - timedelta(days=4)):
        mark(cast.kim, "absent", "08:10", "09:10", by=cast.sara, day=day)
    UnexcusedCase.everything.filter(day=second).update(excused_at=clock.now())
    mark(cast.kim, "absent", "08:10", "09:10", by=cast.sara, day=third)

    assert tasks() == []


def test_never_twice_for_a_month_and_the_figure_follows(cast, tuesday):
    for day in school_days(3):
        mark(cast.kim, "absent", "08:10", "09:10", by=cast.sara, day=day)
    mark(cast.kim, "absent", "08:10", "09:10", by=cast.sara, day=school_days(4)[3])
    follow_month(cast.ekdal.pk, clock.today())
    assert tasks() == [("occasions", 4)]
    FollowUp.everything.update(closed_at=clock.now(), conclusion="Samtal")
    mark(cast.kim, "absent", "08:10", "09:10", by=cast.sara, day=school_days(5)[4])

    for _night in range(2):
        follow_thresholds()

    closed = FollowUp.everything.get(kind="occasions")
    assert closed.closed_at
    assert closed.figure == 4
    assert Notice.everything.filter(kind="absence.follow_up", fact=f"follow_up:{closed.pk}").count() == 1


def test_the_night_after_a_month_counts_it_to_its_end(cast, tuesday):
    attend(cast.kim, cast.sara, 30, 70)
    last = month_of(clock.today())[1]
    tuesday.move_to(clock.start_of(last + timedelta(days=1)) + timedelta(minutes=5))

    follow_thresholds()
    sweep()

    assert tasks() == [("share", 30)]
    told = Delivery.everything.filter(notice__kind="absence.follow_up", channel="bell")
    assert set(told.values_list("person__given_name", flat=True)) == {"Sara", "Ingrid"}


def test_a_school_is_counted_in_few_statements_however_many_it_has(cast, tuesday):
    counts = []
    pupils = more_pupils(cast, 60)
    for group in (pupils[:1], pupils[1:]):
        for day in school_days(5):
            mark_many(group, "absent", "08:10", "09:10", by=cast.sara, day=day, follow=False)
        with CaptureQueriesContext(connection) as asked:
            follow_month(cast.ekdal.pk, clock.today())
        counts.append(len(asked))

    assert FollowUp.everything.count() == 60
    assert counts == [12, 12]
    assert Register.everything.count() == 5


@pytest.fixture
def task(cast, tuesday):
    for day in school_days(3):
        mark(cast.kim, "absent", "08:10", "09:10", by=cast.sara, day=day)
    return FollowUp.everything.get()


def page(task, end=""):
    return f"/personal/franvaro/uppfoljning/{task.public_id}/{end}"


def test_mentor_and_principal_conclude_and_take_up_again(task, cast, client_of):
    sara, ingrid = client_of(cast.sara), client_of(cast.ingrid)
    assert "Kim Larsson" in sara.get("/personal/franvaro/uppfoljning/").content.decode()
    assert "3 dagar" in ingrid.get(page(task)).content.decode()
    for person in (cast.ulla, cast.erik, cast.anna, cast.kim, cast.greta):
        assert client_of(person).get(page(task)).status_code == 404
        assert client_of(person).post(page(task, "avsluta/"), {"conclusion": "x"}).status_code == 404

    assert sara.post(page(task, "avsluta/"), {"conclusion": " ", "version": "1"}).status_code == 422
    sara.post(page(task, "avsluta/"), {"conclusion": "Samtal hemma", "version": "1"})
    task.refresh_from_db()
    assert (task.conclusion, task.closed_by) == ("Samtal hemma", cast.sara)
    assert "Kim" not in sara.get("/personal/franvaro/uppfoljning/").content.decode()
    assert "Kim" in sara.get("/personal/franvaro/uppfoljning/?visa=avslutade").content.decode()

    ingrid.post(page(task, "oppna/"))
    late = sara.post(page(task, "avsluta/"), {"conclusion": "Igen", "version": "1"})
    assert late.status_code == 422
    assert "Någon annan sparade" in late.content.decode()
    assert "Samtal hemma" in late.content.decode()
    assert "Igen" in late.content.decode()


def test_the_list_costs_the_same_for_one_and_three(task, cast, client_of, django_assert_num_queries):
    client = client_of(cast.sara)
    for others in ([], more_pupils(cast, 2)):
        for pupil in others:
            FollowUp.everything.create(
                organiser=cast.ekdal, pupil=pupil, school=cast.ekdalsskolan, kind="share", figure=12,
                month=date(2026, 1, 1), opened_at=clock.now(),
            )  # fmt: skip
        client.get("/personal/franvaro/uppfoljning/")
        with django_assert_num_queries(4):
            client.get("/personal/franvaro/uppfoljning/")
        with django_assert_num_queries(4):
            client.get(page(task))
