"""What a register and its card cost: the same for a class as for a few."""

import pytest

from skolnav.boxes.absence.models import LessonAttendance
from skolnav.boxes.absence.queries.lessons_cards import lessons_cards

from .attendance_parts import (
    Mark,
    address_of,
    at,
    lesson_of,
    more_pupils,
    posted,
    reported,
    take,
)

pytestmark = pytest.mark.usefixtures("tuesday")


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_more_pupil_and_three(
    sara, cast, client_of, tuesday, number, django_assert_num_queries
):
    for pupil in more_pupils(cast, number):
        reported(pupil, source=f"report:{pupil.pk}")
    client, address = client_of(sara), address_of(lesson_of(cast))

    with django_assert_num_queries(7):
        client.get(address)


def test_a_class_of_25_is_saved_within_25_statements(
    sara, cast, client_of, tuesday, django_assert_num_queries
):
    pupils = more_pupils(cast, 23)
    reported(pupils[0])
    tuesday.move_to(at(8, 12))
    client, address = client_of(sara), address_of(lesson_of(cast))
    fields = posted(dict.fromkeys([*pupils, cast.kim, cast.elis], "present"))

    with django_assert_num_queries(22):
        assert client.post(address, fields).status_code == 302

    assert LessonAttendance.everything.count() == 25


@pytest.mark.parametrize("number", [1, 3])
def test_the_card_costs_four_statements(
    sara, ulla, cast, viewer_of, tuesday, number, django_assert_num_queries
):
    for pupil in more_pupils(cast, number):
        reported(pupil, source=f"report:{pupil.pk}")
    tuesday.move_to(at(8, 12))
    take(viewer_of(sara), cast, lesson_of(cast), kim=Mark("absent"))
    tuesday.move_to(at(9, 12))

    for person in (sara, ulla):
        viewer = viewer_of(person)
        with django_assert_num_queries(4):
            card = lessons_cards(viewer)[0]
        assert card.context["takes_now"]
    assert lessons_cards(viewer_of(sara))[0].context["away"] == number
