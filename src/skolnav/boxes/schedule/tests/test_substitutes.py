"""A substitute takes one lesson on one day: told at once, let in around its time, and not a minute longer."""

from datetime import timedelta

import pytest

from skolnav.boxes.schedule.telling import SUBSTITUTE
from skolnav.core.notifications.models import Delivery
from skolnav.core.notifications.worker import sweep
from skolnav.core.tenancy import clock
from skolnav.core.timetable.models import LessonSubstitute

pytestmark = pytest.mark.usefixtures("tuesday")


def address(lesson, tail=""):
    return f"/personal/schema/lektion/{lesson.public_id}/{lesson.day}/{tail}"


@pytest.fixture
def set_pelle(cast, lena, client_of):
    """Lena has Pelle take a lesson."""

    def set_him(lesson):
        form = {"person": cast.pelle.public_id, "version": lesson.version}
        return client_of(lena).post(address(lesson, "vikarie/"), form)

    return set_him


def test_a_leader_sets_a_substitute_who_is_told_and_shown(
    cast, lena, sara, pelle, anna, of_5b, client_of, set_pelle, page_of
):
    lesson = of_5b("SO")
    assert "Pelle" in client_of(lena).get(address(lesson, "vikarie/")).content.decode()

    assert set_pelle(lesson)["Location"] == address(lesson)

    sweep()
    bell = Delivery.everything.get(notice__kind=SUBSTITUTE, channel="bell")
    assert (bell.person_id, bell.notice.link_args["lesson"]) == (pelle.pk, lesson.public_id)
    assert "Vikarie I stället för Sara Holm" in page_of(anna, "/schema/")
    assert "SO" in page_of(pelle, "/personal/schema/")
    for stranger in (sara, pelle, cast.ulla, cast.greta, anna):  # her own lesson, but not hers to staff
        for method in ("get", "post"):
            assert getattr(client_of(stranger), method)(address(lesson, "vikarie/")).status_code in (403, 404)
    assert LessonSubstitute.objects.count() == 1


@pytest.mark.parametrize(
    ("minutes", "status"),
    [(-31, 403), (-30, 200), (0, 200), (60, 200), (119, 200), (120, 200), (121, 403), (60 * 24 * 7, 403)],
)
def test_the_lesson_is_open_around_its_time_and_says_when(
    pelle, of_5b, client_of, set_pelle, tuesday, minutes, status
):
    lesson = of_5b("SO")
    set_pelle(lesson)

    tuesday.move_to(lesson.starts + timedelta(minutes=minutes))
    answer = client_of(pelle).get(address(lesson))

    assert answer.status_code == status
    page = answer.content.decode()
    if status == 403:
        assert "öppna för dig från" in page
        assert "09.50" in page
        assert "12.20" in page
        assert "Lägg till" not in page
        assert "Larsson" not in page
    assert client_of(pelle).post(address(lesson, "stall-in/")).status_code in (403, 404)


def test_it_opens_that_lesson_alone(pelle, of_5b, client_of, set_pelle):
    lesson = of_5b("SO")
    set_pelle(lesson)

    assert client_of(pelle).get(address(of_5b("Matematik"))).status_code == 404
    assert client_of(pelle).get(address(of_5b("SO", clock.today() + timedelta(days=2)))).status_code == 404


def test_a_removed_substitute_is_out_at_once_and_no_longer_told(
    cast, lena, pelle, of_5b, client_of, set_pelle, tuesday
):
    set_pelle(of_5b("SO"))
    lesson = of_5b("SO")
    tuesday.move_to(lesson.starts)

    client_of(lena).post(address(lesson, f"vikarie/{pelle.public_id}/ta-bort/"))

    assert client_of(pelle).get(address(lesson)).status_code == 404
    sweep()
    assert not Delivery.everything.filter(notice__kind=SUBSTITUTE, cut_at=None).exists()
    assert client_of(lena).post(address(lesson, f"vikarie/{pelle.public_id}/ta-bort/")).status_code == 302


def test_only_somebody_on_duty_at_the_school_can_be_set(cast, lena, of_5b, client_of):
    lesson = of_5b("SO")

    for person in (cast.ulla.public_id, cast.anna.public_id, cast.sara.public_id, "x", "", "\0"):
        answer = client_of(lena).post(address(lesson, "vikarie/"), {"person": person, "version": 0})
        assert answer.status_code == 422, person
    assert not LessonSubstitute.objects.exists()


def test_a_lesson_changed_meanwhile_is_shown_first(lena, cast, of_5b, client_of, set_pelle):
    lesson = of_5b("SO")
    client_of(lena).post(address(lesson, "stall-in/"), {"version": 0})

    answer = set_pelle(lesson)

    assert answer.status_code == 409
    assert "Någon annan ändrade lektionen" in answer.content.decode()
