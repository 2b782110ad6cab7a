"""What every box keeps to, without being asked: the contract that no new one can forget."""

import pytest
from django.urls import reverse

from skolnav.core.boxes.registry import all_boxes
from skolnav.core.schools.models import SchoolBox

from .doors import DOORS
from .test_doors import knock, values_of

pytestmark = pytest.mark.django_db

BOXES = [box.key for box in all_boxes()]


def urls_of(key):
    return [name for name in DOORS if name.split(":")[0] in (key, f"{key}_staff")]


@pytest.mark.parametrize("key", BOXES)
@pytest.mark.requirement("9-boxes-2")
def test_a_box_that_is_off_answers_404_on_its_whole_prefix(key, doors, cast):
    for school in (cast.ekdalsskolan, cast.lillaskolan):
        SchoolBox.objects.create(school=school, key=key, enabled=False, order=1)

    for name in urls_of(key):
        address = reverse(name, kwargs=values_of(name, doors.ekdal))
        for member in ("anna", "kim", "sara", "lena"):
            assert {knock(doors.clients[member], address, way) for way in ("get", "post")} == {404}, name


@pytest.mark.parametrize("key", BOXES)
def test_a_box_that_one_school_has_off_is_there_for_the_child_at_the_other(key, doors, cast):
    SchoolBox.objects.create(school=cast.ekdalsskolan, key=key, enabled=False, order=1)
    anna = doors.clients["anna"]

    assert knock(anna, f"/barn/{cast.kim.public_id}/{box(key).prefix}/") == 404
    assert knock(anna, f"/barn/{cast.alva.public_id}/{box(key).prefix}/") == 200
    assert knock(anna, f"/{box(key).prefix}/") == 200


@pytest.mark.parametrize("key", BOXES)
def test_a_box_says_what_it_is(key):
    found = box(key)

    assert found.title
    assert found.describes
    assert found.feed_items is not None
    assert [one.prefix for one in all_boxes()].count(found.prefix) == 1


def box(key):
    return next(one for one in all_boxes() if one.key == key)
