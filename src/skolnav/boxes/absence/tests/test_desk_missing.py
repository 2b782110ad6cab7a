"""Registers that nobody has taken: all of those, and no false alarms. And the youngest classes' whole days."""

from datetime import timedelta

import pytest

from skolnav.boxes.absence.models import AbsenceSettings, LessonAttendance, Register
from skolnav.boxes.absence.queries.missing import missing_registers
from skolnav.core.people.models import Membership
from skolnav.core.schools.breaks import set_breaks
from skolnav.core.tenancy import clock
from skolnav.core.timetable.models import Activity, LessonOccurrence, LessonSubstitute

from .attendance_parts import FORM, address_of, at, lesson_of, posted, take


def titles(viewer):
    return [(one.occasion.title, one.occasion.held_on) for one in missing_registers(viewer)]


@pytest.fixture
def monday_closed(cast, tuesday):
    """Nothing before this Tuesday is asked for: both schools were closed."""
    today = clock.today()
    set_breaks("test:9", kind="holiday", name="Lov", first_day=today - timedelta(days=60),
               last_day=today - timedelta(days=1),
               school_ids=[cast.ekdalsskolan.pk, cast.lillaskolan.pk])  # fmt: skip
    return today


def test_a_lesson_waits_when_it_is_over_and_until_it_is_taken(monday_closed, sara, cast, viewer_of, tuesday):
    tuesday.move_to(at(9, 9))
    assert titles(viewer_of(sara)) == []

    tuesday.move_to(at(10, 5))
    assert titles(viewer_of(sara)) == [("Matematik 5B", monday_closed), ("Svenska 5B", monday_closed)]

    take(viewer_of(sara), cast, lesson_of(cast))
    assert titles(viewer_of(sara)) == [("Matematik 5B", monday_closed)]


def test_who_is_asked_for_what(monday_closed, cast, viewer_of, tuesday):
    tuesday.move_to(at(15, days=1))

    found = {
        name: {title for title, _ in titles(viewer_of(cast.people[name]))}
        for name in ("sara", "erik", "ulla", "ingrid", "lena", "pelle", "nour", "greta")
    }

    assert found["erik"] == {"Teknik 5B"}  # his own
    assert found["sara"] > {"Teknik 5B", "Svenska 5B"}  # her class's too
    assert found["ulla"] == {"2A"}  # once a day, no lessons
    assert found["ingrid"] == found["sara"]
    assert found["lena"] == found["sara"] | {"2A"}
    assert found["pelle"] == found["nour"] == found["greta"] == set()


def test_no_false_alarms(monday_closed, sara, pelle, cast, viewer_of, tuesday):
    svenska, matematik, so = (lesson_of(cast, number) for number in range(3))
    occurrences = [
        LessonOccurrence.everything.create(
            organiser_id=cast.ekdal.pk, lesson_id=one.lesson_id, activity_id=one.activity_id, day=one.day,
            starts=one.starts, ends=one.ends, is_cancelled=one is svenska,
        )
        for one in (svenska, matematik)
    ]  # fmt: skip
    LessonSubstitute.objects.create(occurrence=occurrences[1], person=pelle, set_at=clock.now())
    Activity.everything.filter(pk=so.activity_id).update(valid_from=clock.today() + timedelta(days=1))
    tuesday.move_to(at(15))

    found = [title for title, _ in titles(viewer_of(sara))]

    # Her class's lesson with a substitute is still the mentor's to look after.
    assert found == ["Engelska 5B", "Idrott och hälsa 5B", "Matematik 5B"]
    Membership.everything.filter(group=cast.class_5b).update(valid_from=clock.today() + timedelta(days=1))
    assert titles(viewer_of(sara)) == []


def test_only_the_last_ten_school_days(sara, cast, viewer_of, tuesday):
    days = {day for _, day in titles(viewer_of(sara))}

    # This day's lessons are not over, so it is nine of the ten.
    assert len(days) == 9
    assert all(day.weekday() < 5 for day in days)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_and_comes_in_pages(
    sara, cast, client_of, viewer_of, tuesday, number, django_assert_num_queries
):
    tuesday.move_to(at(15, days=number))
    client = client_of(sara)

    with django_assert_num_queries(10):
        page = client.get("/personal/franvaro/saknas/").content.decode()

    assert page.count("/personal/franvaro/lektion/") == 30
    assert "Sida 1 av" in page
    assert client.get("/personal/franvaro/saknas/?sida=99").status_code == 200


def test_a_young_class_is_taken_once_a_day(ulla, sara, cast, client_of, tuesday):
    tuesday.move_to(at(8, 15))
    client = client_of(ulla)
    address = f"/personal/franvaro/dag/{cast.class_2a.public_id}/{clock.today()}/"

    card = client.get("/personal/").content.decode()
    assert "2A" in card
    assert address in card
    assert client_of(sara).get(address).status_code == 404
    for _ in range(2):
        client.post(address, posted({cast.alva: "absent"}))

    register = Register.everything.get()
    assert (register.group, register.occurrence) == (cast.class_2a, None)
    assert (register.starts, register.ends) == (at(8, 10), at(13, 10))
    assert LessonAttendance.everything.get(pupil=cast.alva).invalid_minutes == 300
    assert "historik" in client.get(address).content.decode()
    assert "Alva Larsson" in client.get(address + "historik/").content.decode()


def test_a_class_without_a_timetable_has_a_usual_day_and_a_closed_day_none(ulla, cast, client_of, tuesday):
    Activity.everything.all().delete()
    address = f"/personal/franvaro/dag/{cast.class_2a.public_id}/"
    client = client_of(ulla)
    tuesday.move_to(at(9))

    assert "08.00–13.30" in client.get(f"{address}{clock.today()}/").content.decode()
    saturday = f"{address}{clock.today() - timedelta(days=3)}/"
    assert "ingen skola den dagen" in client.get(saturday).content.decode()
    assert client.post(saturday, {"version": 0, "form_id": FORM}).status_code == 422
    assert not Register.everything.exists()


def test_a_school_that_takes_every_lesson_in_every_year(ulla, cast, client_of, viewer_of, tuesday):
    AbsenceSettings.everything.create(
        organiser_id=cast.ekdal.pk, school=cast.lillaskolan, whole_day_until_year=None
    )
    tuesday.move_to(at(8, 15))

    assert "Matematik 2A" in client_of(ulla).get("/personal/").content.decode()
    assert {title for title, _ in titles(viewer_of(ulla))} > {"Svenska 2A", "Matematik 2A"}
    first = lesson_of(cast, group=cast.class_2a)
    assert client_of(ulla).post(address_of(first), {"version": 0, "form_id": FORM}).status_code == 302
