"""Staff look at their own week, a class's, a room's and a colleague's, and at the lessons they work with."""

from datetime import timedelta

import pytest

from skolnav.core.schools.models import SchoolBox
from skolnav.core.tenancy import clock
from skolnav.core.timetable.models import Lesson, Room

pytestmark = pytest.mark.usefixtures("tuesday")


@pytest.mark.requirement("11-schedule-1")
def test_a_teacher_has_their_own_week_and_its_lessons_pages(sara, erik, of_5b, client_of, page_of):
    lesson = of_5b("SO")

    own = client_of(sara).get("/personal/schema/").content.decode()

    assert f"/personal/schema/lektion/{lesson.public_id}/{lesson.day}/" in own
    assert "NO-salen · Erik Wall" not in own
    assert "NO-salen · Erik Wall" in client_of(erik).get("/personal/schema/").content.decode()
    page = page_of(sara, f"/personal/schema/lektion/{lesson.public_id}/{lesson.day}/")
    assert "SO 5B" in page
    assert "Sal 214" in page
    assert "Ställ in" in page
    assert "Vikarie" not in page  # that is for those who lead the school


def test_any_class_room_and_colleague_of_ones_school(cast, sara, erik, ulla, of_5b, client_of, page_of):
    lesson = of_5b("SO")
    room = Room.everything.get(pk=lesson.room_id)
    pages = {
        f"/personal/schema/klass/{cast.class_5b.public_id}/": "Matematik",
        f"/personal/schema/sal/{room.public_id}/": "Matematik",
        f"/personal/schema/kollega/{sara.public_id}/": "Matematik",
    }

    for address, said in pages.items():
        assert said in page_of(erik, address)
        assert client_of(ulla).get(address).status_code == 404
        assert client_of(cast.greta).get(address).status_code == 404
        assert client_of(cast.anna).get(address).status_code == 404
    # Another's lesson is seen in the week, and opens to those alone who work with it.
    page = client_of(erik).get(f"/personal/schema/klass/{cast.class_5b.public_id}/").content.decode()
    assert lesson.public_id not in page
    assert of_5b("NO", clock.today() + timedelta(days=2)).public_id in page


def test_one_picks_whose_week_in_a_form(cast, sara, client_of):
    client = client_of(sara)
    group = cast.class_5b.public_id

    answer = client.get(f"/personal/schema/?visa_schema=klass:{group}")

    assert answer["Location"] == f"/personal/schema/klass/{group}/"
    assert client.get("/personal/schema/?visa_schema=")["Location"] == "/personal/schema/"
    for nonsense in ("klass:x", "x", f"hus:{group}", "klass:\0", "klass:" + "ä" * 16):
        assert client.get("/personal/schema/", {"visa_schema": nonsense}).status_code == 404
    assert client.get("/personal/schema/?vecka=99").status_code == 200


def test_the_staffs_menu_leads_to_it_where_a_school_uses_it(cast, sara, client_of):
    assert 'href="/personal/schema/"' in client_of(sara).get("/personal/").content.decode()
    SchoolBox.objects.create(school=cast.ekdalsskolan, key="schedule", enabled=False, order=0)

    assert 'href="/personal/schema/"' not in client_of(sara).get("/personal/").content.decode()
    assert client_of(sara).get("/personal/schema/").status_code == 404


def test_a_moved_lesson_is_met_in_its_new_room_with_what_it_was(cast, lena, of_5b, differs, page_of):
    hall = Room.everything.create(organiser_id=cast.ekdal.pk, school=cast.ekdalsskolan, name="Aulan")
    differs(of_5b("SO"), room=hall)

    page = page_of(lena, f"/personal/schema/sal/{hall.public_id}/")

    assert "SO 5B Aulan" in page
    assert "Ny sal Var Sal 214" in page


def test_a_lesson_that_is_none_is_none(cast, sara, of_5b, client_of):
    lesson, client = of_5b("SO"), client_of(sara)
    wednesday = lesson.day + timedelta(days=1)

    for address in (
        f"{lesson.public_id}/{wednesday}/",
        f"1111111111111111/{lesson.day}/",
        f"{lesson.public_id}/2026-13-01/",
        f"{lesson.public_id}/0001-01-01/",
        f"{lesson.public_id}/9999-12-31/",
    ):
        assert client.get(f"/personal/schema/lektion/{address}").status_code == 404, address


@pytest.mark.parametrize("number", [1, 3])
def test_seven_statements_for_ones_own_week_and_eight_for_anothers(
    cast, sara, number, client_of, django_assert_num_queries
):
    for lesson in list(Lesson.everything.all())[number * 4 :]:
        lesson.delete()
    client = client_of(sara)
    client.get("/personal/schema/")

    with django_assert_num_queries(7):
        client.get("/personal/schema/")
    with django_assert_num_queries(8):
        client.get(f"/personal/schema/klass/{cast.class_5b.public_id}/")


def test_a_lessons_page_costs_four_statements(sara, of_5b, client_of, django_assert_num_queries):
    lesson, client = of_5b("Idrott och hälsa"), client_of(sara)
    client.get("/personal/schema/")

    with django_assert_num_queries(4):
        client.get(f"/personal/schema/lektion/{lesson.public_id}/{lesson.day}/")
