"""Films and sound keep what was recorded, and lose where."""

import io

import pytest
from django.core.files.storage import default_storage

from skolnav.core.files import films
from skolnav.core.files.actions import store_upload
from skolnav.core.files.films import blank_metadata
from skolnav.core.files.refusals import Refusal, RefusedFile
from skolnav.core.files.tests import samples

pytestmark = pytest.mark.requirement("15-security-1")


def blanked(content):
    file = io.BytesIO(content)
    blank_metadata(file)
    return file.getvalue()


def test_a_film_loses_its_place_and_nothing_moves():
    before = samples.film()
    assert before.count(samples.SECRET_PLACE.encode()) == 4

    after = blanked(before)

    assert samples.SECRET_PLACE.encode() not in after
    assert len(after) == len(before)
    assert after[:24] == before[:24]
    for kept in (b"mvhdmovie", b"tkhdtrack", b"recorded" * 62 + b"last"):
        assert after.index(kept) == before.index(kept)
    assert after.count(b"free") == 4


@pytest.mark.parametrize("size", [1, 10_000_000])
def test_a_stored_film_has_no_place_in_memory_or_on_disk(viewer_of, sara, settings, size):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = size

    stored = store_upload(actor=viewer_of(sara), upload=samples.upload(samples.film(), "utflykt.mp4"))

    assert samples.SECRET_PLACE.encode() not in default_storage.open(stored.path).read()


@pytest.mark.parametrize(
    "content",
    [
        samples.film()[:-1],
        samples.film()[:300],
        samples.box(b"ftyp") + b"\x00\x00\x00\x04moov",
        samples.box(b"ftyp") + b"\x00\x00\x00\x01moov" + b"\xff" * 8,
    ],
)
def test_a_film_that_is_cut_short_or_senseless_is_refused(content):
    with pytest.raises(RefusedFile) as caught:
        blanked(content)

    assert caught.value.reason == Refusal.DAMAGED


def test_boxes_without_end_or_bottom_do_not_keep_us(monkeypatch):
    monkeypatch.setattr(films, "MOST_BOXES", 100)
    with pytest.raises(RefusedFile):
        blanked(samples.box(b"free") * 101)

    nested = b""
    for _ in range(5000):
        nested = samples.box(b"moov", nested)
    assert blanked(nested) == nested


def test_the_last_box_may_reach_to_the_end():
    content = samples.box(b"ftyp") + b"\x00\x00\x00\x00mdat" + b"recorded"

    assert blanked(content) == content
