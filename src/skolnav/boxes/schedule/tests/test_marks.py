"""Tests, homework and what to bring: who marks a lesson, and where it is seen."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skolnav.boxes.schedule.actions import changing, marks
from skolnav.boxes.schedule.telling import feed_items
from skolnav.core.feed.models import Entry
from skolnav.core.feed.reading import happenings_for
from skolnav.core.feed.rebuild import rebuild_feed
from skolnav.core.feed.searching import search
from skolnav.core.people.actions.refusals import NotAllowed
from skolnav.core.tenancy import clock
from skolnav.core.timetable.models import LessonMark

from .feed import the_feed

pytestmark = pytest.mark.usefixtures("tuesday")


def address(lesson, tail=""):
    return f"/personal/schema/lektion/{lesson.public_id}/{lesson.day}/{tail}"


def test_a_teacher_marks_a_test_and_it_stands_in_schedule_calendar_and_search(
    cast, sara, erik, anna, gun, of_5b, client_of, viewer_of, page_of
):
    lesson = of_5b("SO", clock.today() + timedelta(days=2))

    client_of(sara).post(address(lesson, "markera/"), {"kind": "test", "text": "Medeltiden"})

    assert "Prov: Medeltiden" in page_of(anna, f"/schema/?dag={lesson.day}")
    assert "Prov i SO: Medeltiden" in page_of(anna, f"/kalender/?visa=vecka&dag={lesson.day}")
    assert "Prov i SO: Medeltiden" in page_of(anna, "/")  # the week to come on Kim's day card
    assert [line.title for line in search(viewer_of(anna), "medelt")] == ["Prov i SO: Medeltiden"]
    (happening,) = happenings_for(viewer_of(anna), lesson.day, lesson.day)
    assert (happening.starts, happening.line.kind) == (lesson.starts, "test")
    assert not happenings_for(viewer_of(gun), lesson.day, lesson.day)
    for stranger in (erik, cast.ulla, anna, cast.kim):
        answer = client_of(stranger).post(address(lesson, "markera/"), {"kind": "test"})
        assert answer.status_code == 404


def test_a_mark_is_taken_off_and_follows_its_lesson(sara, anna, of_5b, client_of, viewer_of):
    lesson, client = of_5b("SO", clock.today() + timedelta(days=2)), client_of(sara)
    client.post(address(lesson, "markera/"), {"kind": "homework", "text": "Sidan 12"})
    later = lesson.day + timedelta(days=1)
    changing.move_lesson(
        actor=viewer_of(sara), lesson=of_5b("SO", lesson.day), version=1, room=None,
        starts=lesson.starts + timedelta(days=1), ends=lesson.ends + timedelta(days=1),
    )  # fmt: skip

    (happening,) = happenings_for(viewer_of(anna), later, later)
    assert happening.line.link_args == {"day": later.isoformat()}
    mark = LessonMark.everything.get(kind="homework")
    client.post(address(lesson, f"markera/{mark.public_id}/ta-bort/"))
    assert not happenings_for(viewer_of(anna), later, later)
    assert client.post(address(lesson, f"markera/{mark.public_id}/ta-bort/")).status_code == 302


def test_what_to_bring_holds_for_a_day_or_for_every_week(sara, anna, of_5b, client_of, page_of):
    lesson, client = of_5b("SO"), client_of(sara)
    week_after = lesson.day + timedelta(days=7)

    client.post(address(lesson, "markera/"), {"kind": "bring", "text": "Atlas"})
    client.post(address(lesson, "markera/"), {"kind": "bring", "text": "Linjal", "every_week": "on"})

    assert "Ta med: Atlas" in page_of(anna, "/schema/")
    page = page_of(anna, f"/schema/?dag={week_after}")
    assert "Ta med: Linjal" in page
    assert "Ta med: Atlas" not in page
    assert not Entry.everything.exists()


def test_what_makes_no_sense_is_said_at_the_field(sara, of_5b, client_of):
    lesson, client = of_5b("SO"), client_of(sara)

    for form, said in (
        ({"kind": "test", "every_week": "on"}, "en dag i taget"),
        ({"kind": "bring", "text": " "}, "Skriv vad som ska tas med"),
        ({"kind": "nonsense"}, "Något behöver rättas"),
        ({"kind": "test", "text": "x" * 121}, "Något behöver rättas"),
        ({}, "Något behöver rättas"),
    ):
        answer = client.post(address(lesson, "markera/"), form)
        assert answer.status_code == 422, form
        assert said in answer.content.decode()
    assert not LessonMark.everything.exclude(text="Gympapåse").exclude(kind="bring").exists()


def test_a_double_tap_marks_once(sara, of_5b, client_of):
    lesson, client = of_5b("SO"), client_of(sara)

    for _ in range(2):
        client.post(address(lesson, "markera/"), {"kind": "test", "form_id": "b" * 16})

    assert LessonMark.everything.filter(kind="test").count() == 1


def test_a_substitute_does_not_say_what_holds_every_week(cast, of_5b, viewer_of):
    lesson = of_5b("SO")

    with pytest.raises(NotAllowed):
        marks.add_mark(actor=viewer_of(cast.pelle), lesson=lesson, kind="bring", text="Bok", every_week=True)
    with pytest.raises(NotAllowed):
        marks.remove_mark(actor=viewer_of(cast.erik), lesson=of_5b("Idrott och hälsa"), public_id="x" * 16)


STEPS = ("cancel", "reinstate", "move", "put_back", "note", "test", "homework", "bring", "unmark")
LESSONS = ("SO", "Matematik", "Svenska")


class History:
    """What a leader may do with a day's lessons."""

    def __init__(self, actor, find):
        self.actor, self.find = actor, find

    def take(self, step, title, number):
        lesson = self.find(title)
        by = {"actor": self.actor, "lesson": lesson}
        day = by | {"version": lesson.version}
        if step == "cancel":
            changing.cancel_lesson(**day)
        elif step == "reinstate":
            changing.reinstate_lesson(**day)
        elif step == "move":
            starts = lesson.starts + timedelta(minutes=number)
            ends = lesson.ends + timedelta(minutes=number)
            changing.move_lesson(**day, starts=starts, ends=ends, room=None)
        elif step == "put_back" and lesson.was:
            changing.put_back_lesson(**day)
        elif step == "note":
            changing.note_lesson(**day, note=f"Nummer {number}")
        elif step == "unmark" and lesson.marks:
            marks.remove_mark(**by, public_id=lesson.marks[number % len(lesson.marks)].public_id)
        elif step in ("test", "homework", "bring"):
            marks.add_mark(**by, kind=step, text=f"Kapitel {number}")


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(STEPS), st.sampled_from(LESSONS), st.integers(0, 9)),
        min_size=3,
        max_size=12,
    )
)
def test_the_rebuilt_feed_is_the_living_one(cast, ingrid, of_5b, viewer_of, steps):
    from django.db import transaction

    with transaction.atomic():
        history = History(viewer_of(ingrid), of_5b)
        for step in steps:
            history.take(*step)
        living = the_feed()

        rebuild_feed(cast.ekdal, feed_items())
        assert the_feed() == living
        Entry.everything.all().delete()
        rebuild_feed(cast.ekdal, feed_items())
        assert the_feed() == living
        transaction.set_rollback(True)
