"""Staff of other schools, substitutes and leaders of elsewhere: what they get out of the timetable, and into it."""

from datetime import datetime, time, timedelta

import pytest

from skolnav.boxes.schedule.actions.substitutes import set_substitute
from skolnav.core.access.building import build_viewer
from skolnav.core.people.models import Person
from skolnav.core.tenancy import clock
from skolnav.core.timetable.computing import timetable_of_groups
from skolnav.core.timetable.models import Activity, Lesson, LessonMark, LessonOccurrence, Room

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("15-security-1")]


@pytest.fixture
def lesson(cast, tuesday):
    """5B's Svenska at 08.10."""
    today = clock.today()
    found = timetable_of_groups(cast.ekdal.pk, [cast.class_5b.pk], today, today)
    return next(one for one in found.occurrences if one.is_teaching)


def page(lesson, end=""):
    return f"/personal/schema/lektion/{lesson.public_id}/{lesson.day}/{end}"


POSTS = {
    "markera/": {"kind": "test", "text": "Prov"},
    "anteckning/": {"note": "Hej", "version": 0},
    "stall-in/": {"version": 0},
    "blir-av/": {"version": 0},
    "flytta/": {"day": "2026-10-07", "starts_at": "08.10", "ends_at": "09.00", "version": 0},
    "som-vanligt/": {"version": 0},
    "vikarie/": {"version": 0},
}


@pytest.mark.parametrize("who", ["ulla", "nour", "greta", "pelle", "kim", "anna"])
def test_a_lesson_of_others_is_not_there(who, lesson, cast, client_of):
    client = client_of(cast.people[who])

    assert client.get(page(lesson)).status_code == 404
    for end, fields in POSTS.items():
        assert client.post(page(lesson, end), fields).status_code == 404, end
    assert not LessonOccurrence.everything.exists()
    assert not LessonMark.everything.filter(kind="test").exists()


def test_a_substitute_takes_the_lesson_and_changes_nothing_of_it(lesson, cast, tuesday, client_of):
    ingrid = build_viewer(cast.ingrid.pk)
    set_substitute(actor=ingrid, lesson=lesson, version=0, person=cast.pelle)
    pelle = client_of(cast.pelle)
    assert pelle.get(page(lesson)).status_code == 403  # 07.15: closed, and says when it opens
    tuesday.move_to(datetime.combine(clock.today(), time(8, 20), clock.STOCKHOLM))

    assert pelle.get(page(lesson)).status_code == 200
    for end in ("stall-in/", "flytta/", "som-vanligt/", "vikarie/"):
        assert pelle.post(page(lesson, end), POSTS[end]).status_code == 404, end
    every_week = {"kind": "bring", "text": "Tvåhundra kronor", "every_week": "on"}
    pelle.post(page(lesson, "markera/"), every_week)
    assert not LessonMark.everything.filter(lesson__isnull=False, text="Tvåhundra kronor").exists()
    tuesday.move_to(datetime.combine(clock.today(), time(10, 30), clock.STOCKHOLM))
    assert pelle.post(page(lesson, "anteckning/"), POSTS["anteckning/"]).status_code == 403


def test_rooms_groups_teachers_and_substitutes_of_elsewhere_are_no_choice(lesson, cast, client_of):
    elsewhere = Room.everything.create(organiser=cast.ekdal, school=cast.lillaskolan, name="Eken")
    sara, ingrid = client_of(cast.sara), client_of(cast.ingrid)
    moved = {**POSTS["flytta/"], "room": elsewhere.public_id, "anyway": "x"}
    tomorrow = clock.today() + timedelta(days=1)
    new = {
        "activity": "new", "subject": "Spion", "kind": "teaching", "groups": cast.class_2a.public_id,
        "teachers": cast.greta.public_id, "weekday": "2", "starts_at": "15.00", "ends_at": "15.40", "rhythm": "every",
        "first_day": str(tomorrow), "last_day": str(tomorrow + timedelta(days=60)),
    }  # fmt: skip
    before = Lesson.everything.count(), Activity.everything.count()

    assert sara.post(page(lesson, "flytta/"), moved).status_code == 422
    for person in (cast.ulla, cast.greta, cast.anna, cast.kim):
        answer = ingrid.post(page(lesson, "vikarie/"), {"version": 0, "person": person.public_id})
        assert answer.status_code == 422
    office = f"/personal/schema/kontor/{cast.class_5b.public_id}/ny/"
    assert ingrid.post(office, new).status_code == 422
    assert ingrid.post(office, new | {"groups": cast.class_5b.public_id}).status_code == 422
    assert ingrid.get(f"/personal/schema/kontor/{cast.class_2a.public_id}/").status_code == 404
    assert (Lesson.everything.count(), Activity.everything.count()) == before
    assert not LessonOccurrence.everything.exists()


def test_a_timetable_tells_no_pupils(lesson, cast, client_of):
    Person.everything.filter(pk=cast.elis.pk).update(given_name="Kanaria")
    for who, address in (
        ("ulla", "/personal/schema/"),
        ("sara", f"/personal/schema/klass/{cast.class_5b.public_id}/"),
        ("sara", page(lesson)),
        ("anna", "/schema/"),
    ):
        text = client_of(cast.people[who]).get(address).content.decode()
        assert "Kanaria" not in text, address
    for who in ("ulla", "greta"):
        assert (
            client_of(cast.people[who]).get(f"/personal/schema/klass/{cast.class_5b.public_id}/").status_code
            == 404
        )
