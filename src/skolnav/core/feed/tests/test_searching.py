"""The search field finds what the reader may see, by words and their beginnings."""

import pytest

from skolnav.core.feed.models import group_key
from skolnav.core.feed.searching import search

from .test_reading import tell, titles  # noqa: F401


@pytest.fixture
def told(tell, cast):  # noqa: F811
    tell("Friluftsdag på Ekberget", search_text="Ta med matsäck och varma kläder")
    tell("Matsedel", key=group_key(cast.class_2a.pk), search_text="Pannkakor")


def test_every_word_must_be_there_and_its_beginning_is_enough(told, anna, viewer_of):
    viewer = viewer_of(anna)

    assert titles(search(viewer, "frilufts")) == ["Friluftsdag på Ekberget"]
    assert titles(search(viewer, "matsäck EKBERGET")) == ["Friluftsdag på Ekberget"]
    assert search(viewer, "matsäck pannkakor") == []


def test_a_stranger_finds_nothing(told, gun, kim, viewer_of):
    assert search(viewer_of(gun), "friluftsdag") == []
    assert search(viewer_of(kim), "pannkakor") == []


@pytest.mark.parametrize("text", ["", "  ", "'", "\"' & | ! ( ) :* -", "a'b", "NEAR(", "%", "\\", "كتاب"])
def test_signs_are_no_orders_to_the_database(told, anna, viewer_of, text):
    assert search(viewer_of(anna), text) == []
