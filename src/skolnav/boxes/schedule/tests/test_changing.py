"""A day's lesson is changed: by whom, who is told, and what stands in the feed."""

import re
from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from skolnav.boxes.schedule.telling import CHANGED, CHANGED_FOR_STAFF, HOURS_CHANGED
from skolnav.core.feed.reading import entries_for
from skolnav.core.notifications.models import Delivery, Notice
from skolnav.core.notifications.worker import sweep
from skolnav.core.people.models import Group, Membership
from skolnav.core.schools.breaks import set_breaks
from skolnav.core.tenancy import clock
from skolnav.core.timetable.models import ActivityGroup, LessonOccurrence, Room

pytestmark = pytest.mark.usefixtures("tuesday")


def address(lesson, tail=""):
    return f"/personal/schema/lektion/{lesson.public_id}/{lesson.day}/{tail}"


def told(kind):
    """Whom a kind of notice has reached by the bell, and what it reads."""
    sweep()
    found = Delivery.everything.filter(notice__kind=kind, channel="bell", cut_at=None)
    return {delivery.person.given_name.split()[0] for delivery in found.select_related("person")}


def move(lesson, **fields):
    """What the move form sends: the lesson as it is, but for `fields`."""
    return {
        "day": lesson.starts.date(),
        "starts_at": f"{lesson.starts:%H:%M}",
        "ends_at": f"{lesson.ends:%H:%M}",
        "version": lesson.version,
    } | fields


def test_a_cancelled_lesson_is_told_to_its_families_and_to_nobody_else(
    cast, sara, anna, erik, of_5b, client_of, page_of
):
    lesson = of_5b("SO", clock.today() + timedelta(days=2))

    answer = client_of(sara).post(address(lesson, "stall-in/"), {"version": lesson.version})

    assert answer["Location"] == address(lesson)
    assert "Inställd" in page_of(anna, f"/schema/?dag={lesson.day}")
    assert {"Anna", "Omar", "Kim", "Maja", "Elis"} <= told(CHANGED)
    assert not {"Gun", "Robin", "Ulla", "Sara"} & told(CHANGED)
    assert told(HOURS_CHANGED) == set()
    assert told(CHANGED_FOR_STAFF) == set()  # Sara did it herself
    for stranger in (erik, cast.ulla, cast.greta, anna, cast.kim, cast.nour):
        assert client_of(stranger).post(address(lesson, "stall-in/")).status_code == 404


def test_twice_is_once_and_each_change_is_told_anew(cast, ingrid, of_5b, client_of):
    lesson = of_5b("SO", clock.today() + timedelta(days=2))
    client = client_of(ingrid)
    form = {"version": lesson.version, "form_id": "a" * 16}

    for _ in range(2):
        assert client.post(address(lesson, "stall-in/"), form).status_code == 302
    assert [notice.revision for notice in Notice.everything.filter(kind=CHANGED)] == [1]

    client.post(address(lesson, "blir-av/"), {"version": of_5b("SO", lesson.day).version})
    assert sorted(Notice.everything.filter(kind=CHANGED).values_list("revision", flat=True)) == [1, 2]
    sweep()
    assert Delivery.everything.filter(person=cast.anna, channel="bell", cut_at=None).count() == 1
    assert told(CHANGED_FOR_STAFF) == {"Sara"}


def test_what_moves_the_days_end_or_beginning_goes_by_mail_too(cast, sara, of_5b, client_of):
    maths, swedish, english = of_5b("Matematik"), of_5b("Svenska"), of_5b("Engelska")
    client = client_of(sara)

    client.post(address(maths, "stall-in/"), {"version": 0})  # in the middle of the day
    assert (told(CHANGED) != set(), told(HOURS_CHANGED)) == (True, set())
    client.post(address(swedish, "stall-in/"), {"version": 0})  # the first: the day begins later
    assert "Anna" in told(HOURS_CHANGED)
    assert Delivery.everything.filter(notice__kind=HOURS_CHANGED, channel="email").exists()
    assert not Delivery.everything.filter(notice__kind=CHANGED, channel="email").exists()
    longer = move(english, ends_at="14:40")
    client.post(address(english, "flytta/"), longer)
    assert Notice.everything.filter(kind=HOURS_CHANGED).count() == 2


def test_a_lesson_that_is_over_is_corrected_without_a_word(sara, of_5b, client_of):
    lesson = of_5b("SO", clock.today() - timedelta(days=5))

    client_of(sara).post(address(lesson, "stall-in/"), {"version": 0})

    assert LessonOccurrence.everything.get(lesson=lesson.lesson_id, day=lesson.day).is_cancelled
    assert not Notice.everything.filter(kind__startswith="schedule.").exists()


def test_a_lesson_moves_to_another_day_and_room_and_back(cast, sara, anna, of_5b, client_of, page_of):
    lesson, client = of_5b("SO"), client_of(sara)
    hall = Room.everything.create(organiser_id=cast.ekdal.pk, school=cast.ekdalsskolan, name="Aulan")
    thursday = lesson.day + timedelta(days=2)
    wish = move(lesson, day=thursday, starts_at="14:30", ends_at="15:30", room=hall.public_id)

    assert client.post(address(lesson, "flytta/"), wish).status_code == 302
    page = page_of(anna, f"/schema/?dag={thursday}")
    assert "14.30 –15.30 SO Aulan" in page
    assert "Flyttad till tors" in page
    (notice,) = Notice.everything.filter(kind=CHANGED) | Notice.everything.filter(kind=HOURS_CHANGED)
    assert notice.params["state"] == "moved"

    moved = client.get(address(lesson)).content.decode()
    assert "som i veckoschemat" in moved
    client.post(address(lesson, "som-vanligt/"), {"version": 2})
    assert of_5b("SO").was is None


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"starts_at": "11:20", "ends_at": "10:20"}, "slutar innan den börjar"),
        ({"starts_at": "23:30", "ends_at": "00:30"}, "före midnatt"),
        ({"starts_at": "10:20", "ends_at": "10:20"}, "slutar innan den börjar"),
        ({"ends_at": "24:00"}, "mellan 00.00 och 23.59"),
        ({"starts_at": "kl 8"}, "mellan 00.00 och 23.59"),
        ({"day": "summer time", "starts_at": "02:30", "ends_at": "04:00"}, "Klockan ställs fram"),
        ({"day": "2026-02-30"}, ""),
        ({"day": "9999-12-31"}, "inom ett år"),
        ({"room": "1111111111111111"}, ""),
        ({"room": "\0"}, ""),
        ({"version": "x"}, ""),
    ],
)
def test_times_that_are_none_are_met_with_a_word(sara, of_5b, client_of, fields, said):
    lesson = of_5b("SO")
    if fields.get("day") == "summer time":
        fields = fields | {"day": last_sunday(lesson.day.year + 1, 3)}

    answer = client_of(sara).post(address(lesson, "flytta/"), move(lesson, **fields))

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Något behöver rättas" in page
    assert said in page
    assert not LessonOccurrence.everything.exists()


def test_the_hour_that_comes_twice_is_the_first_one(sara, of_5b, client_of):
    lesson = of_5b("SO")
    sunday = last_sunday(lesson.day.year, 10)
    night = move(lesson, day=sunday, starts_at="02:10", ends_at="02:50")
    client = client_of(sara)
    asked = client.post(address(lesson, "flytta/"), night)
    assert "ingen skoldag" in asked.content.decode()  # a Sunday

    client.post(address(lesson, "flytta/"), night | {"anyway": wish_in(asked)})

    row = LessonOccurrence.everything.get()
    assert (row.ends - row.starts) == timedelta(minutes=40)
    assert row.starts == datetime.combine(sunday, time(0, 10), clock.UTC)


def test_a_collision_is_shown_and_can_be_overridden(cast, sara, of_5b, client_of):
    lesson, client = of_5b("SO"), client_of(sara)
    onto_maths = move(lesson, starts_at="09:20", ends_at="09:50", room=room_of(lesson))

    asked = client.post(address(lesson, "flytta/"), onto_maths)

    page = asked.content.decode()
    assert asked.status_code == 409
    assert "Det krockar" in page
    assert "Sal 214, Sara Holm, 5B" in page
    assert not LessonOccurrence.everything.exists()
    anyway = onto_maths | {"anyway": wish_in(asked)}
    other = anyway | {"starts_at": "09:30"}
    assert (
        client.post(address(lesson, "flytta/"), other).status_code == 409
    )  # another wish is another question
    assert client.post(address(lesson, "flytta/"), anyway).status_code == 302


def test_half_a_class_is_busy_with_the_whole_and_a_day_off_is_named(cast, sara, of_5b, client_of):
    half = Group.everything.create(
        organiser=cast.ekdal, school=cast.ekdalsskolan, kind="teaching", name="5B grupp 1",
        source="office", valid_from=clock.today() - timedelta(days=30),
    )  # fmt: skip
    Membership.everything.create(
        organiser=cast.ekdal, group=half, person=cast.kim, source="office",
        valid_from=clock.today() - timedelta(days=30),
    )  # fmt: skip
    music = of_5b("Slöjd" if has(of_5b, "Slöjd") else "Musik", clock.today() + timedelta(days=1))
    ActivityGroup.objects.filter(activity=music.activity_id).update(group=half)
    lesson, friday = of_5b("SO"), clock.today() + timedelta(days=3)
    set_breaks(
        "test:1", kind="study_day", name="Studiedag", first_day=friday, last_day=friday,
        school_ids=[cast.ekdalsskolan.pk],
    )  # fmt: skip
    client = client_of(sara)
    onto_music = move(lesson, day=music.day, starts_at="12:10", ends_at="12:40")

    assert "5B grupp 1" in client.post(address(lesson, "flytta/"), onto_music).content.decode()
    asked = client.post(address(lesson, "flytta/"), move(lesson, day=friday))
    assert "ingen skola: Studiedag" in asked.content.decode()


def test_somebody_elses_change_meanwhile_is_shown_and_nothing_is_lost(sara, ingrid, of_5b, client_of):
    lesson = of_5b("SO")
    client_of(ingrid).post(address(lesson, "stall-in/"), {"version": 0})
    sara = client_of(sara)

    late = sara.post(address(lesson, "flytta/"), move(lesson, starts_at="14:30", ends_at="15:00"))
    note = sara.post(address(lesson, "anteckning/"), {"note": "Ta med linjal", "version": 0})
    again = sara.post(address(lesson, "stall-in/"), {"version": 0})

    for answer in (late, note, again):
        assert answer.status_code == 409
        assert "Någon annan ändrade lektionen" in answer.content.decode()
    assert 'value="14:30"' in late.content.decode()
    assert "Ta med linjal" in note.content.decode()
    assert 'name="version" value="2"' in note.content.decode()


def test_a_note_reaches_everybody_who_has_the_lesson(sara, anna, of_5b, client_of, page_of):
    lesson, client = of_5b("SO"), client_of(sara)

    client.post(address(lesson, "anteckning/"), {"note": "Vi ses i aulan", "version": 0})

    assert "Vi ses i aulan" in page_of(anna, "/schema/")
    too_long = client.post(address(lesson, "anteckning/"), {"note": "x" * 201, "version": 2})
    assert too_long.status_code == 422


def test_the_change_is_new_on_the_boxs_card_until_its_week_is_opened(
    cast, sara, anna, of_5b, client_of, viewer_of, page_of
):
    lesson = of_5b("SO", clock.today() + timedelta(days=7))
    client_of(sara).post(address(lesson, "stall-in/"), {"version": 0})

    def unread():
        return [line.is_new for line in entries_for(viewer_of(anna)) if line.box == "schedule"]

    assert unread() == [True]
    assert "Nytt i schemat andra veckor" in page_of(anna, "/schema/")
    assert unread() == [True]
    assert "Nytt i schemat" not in page_of(anna, f"/schema/?dag={lesson.day}")
    assert unread() == [False]


def test_a_change_costs_the_same_for_one_pupil_and_for_a_class(sara, of_5b, client_of):
    client, lesson = client_of(sara), of_5b("Svenska")
    client.get(address(lesson))

    for tail, version in (("stall-in/", 0), ("blir-av/", 2)):
        with CaptureQueriesContext(connection) as asked:
            client.post(address(lesson, tail), {"version": version, "form_id": tail[0] * 16})

        # Beside the savepoints. Feed, bell, two kinds of readers and the day's hours are in it.
        statements = [one["sql"] for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]]
        assert len(statements) == 21


def wish_in(response):
    return re.search(r'name="anyway" value="([^"]+)"', response.content.decode())[1].replace("&#43;", "+")


def room_of(lesson):
    return Room.everything.get(pk=lesson.room_id).public_id


def has(of_5b, title):
    try:
        of_5b(title, clock.today() + timedelta(days=1))
    except StopIteration:
        return False
    return True


def last_sunday(year, month):
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)
