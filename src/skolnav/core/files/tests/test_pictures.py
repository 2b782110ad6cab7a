"""Pictures come out upright, small and bare, or not at all."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageFile

from skolnav.core.files import pictures
from skolnav.core.files.kinds import GIF, HEIC, JPEG, PNG, WEBP
from skolnav.core.files.pictures import draw_anew
from skolnav.core.files.refusals import Refusal, RefusedFile
from skolnav.core.files.tests import samples

pytestmark = pytest.mark.requirement("15-security-1")

KINDS = {"JPEG": JPEG, "HEIF": HEIC, "PNG": PNG, "GIF": GIF, "WEBP": WEBP}


def drawn(content, form):
    main, derived = draw_anew(io.BytesIO(content), KINDS[form])
    return main, derived


def opened(drawn_picture):
    return Image.open(io.BytesIO(drawn_picture.content))


def refusal_of(content, form):
    with pytest.raises(RefusedFile) as caught:
        drawn(content, form)
    return caught.value.reason


@pytest.mark.parametrize("form", ["JPEG", "HEIF", "PNG", "WEBP"])
def test_what_the_camera_wrote_is_gone(form):
    content = samples.photo_with_place(form)
    # The sample has what could leak.
    before = Image.open(io.BytesIO(content))
    assert before.getexif().get_ifd(samples.GPS_IFD)
    assert samples.SECRET_PLACE.encode() in content

    main, derived = drawn(content, form)

    for picture in (main, *derived.values()):
        after = opened(picture)
        assert not after.getexif()
        assert not set(after.info) & {"exif", "xmp", "comment", "Comment", "icc_profile", "photoshop"}
        for trace in (samples.SECRET_PLACE.encode(), b"Fejkfon", b"GPS", b"Exif"):
            assert trace not in picture.content


@pytest.mark.parametrize(
    ("orientation", "corner"), [(1, (10, 10)), (3, (390, 290)), (6, (290, 10)), (8, (10, 390))]
)
def test_pictures_are_turned_upright(orientation, corner):
    main, derived = drawn(samples.photo_with_place(orientation=orientation), "JPEG")

    assert (main.width > main.height) == (orientation in (1, 3))
    red, green, _ = opened(main).getpixel(corner)
    assert green > 150 > red
    assert (derived[320].width > derived[320].height) == (orientation in (1, 3))


def test_a_phones_heic_becomes_jpeg():
    main, _ = drawn(samples.picture("HEIF", (800, 600)), "HEIF")

    assert (main.kind, main.width, main.height) == (JPEG, 800, 600)
    assert opened(main).format == "JPEG"


def test_large_pictures_shrink_and_small_ones_stay():
    main, derived = drawn(samples.picture("JPEG", (5000, 2500)), "JPEG")
    assert (main.width, main.height) == (2400, 1200)
    assert {width: (one.width, one.height) for width, one in derived.items()} == {
        320: (320, 160),
        960: (960, 480),
    }
    assert {opened(one).format for one in derived.values()} == {"WEBP"}

    main, derived = drawn(samples.picture("PNG", (100, 50)), "PNG")
    assert {(one.width, one.height) for one in (main, *derived.values())} == {(100, 50)}


def test_transparency_stays_and_animation_stops():
    main, derived = drawn(samples.picture("PNG", mode="RGBA", colour=(0, 0, 0, 0)), "PNG")
    assert opened(main).getpixel((5, 5)) == (0, 0, 0, 0)
    assert opened(derived[320]).mode == "RGBA"

    main, _ = drawn(samples.animated_gif(), "GIF")
    assert main.kind is PNG
    assert getattr(opened(main), "n_frames", 1) == 1


@pytest.mark.parametrize(
    ("form", "mode", "colour"),
    [
        ("JPEG", "L", 128),
        ("JPEG", "CMYK", (0, 0, 0, 0)),
        ("PNG", "I;16", 40_000),
        ("PNG", "1", 1),
        ("PNG", "LA", (9, 9)),
    ],
)
def test_every_sort_of_colour_is_drawn(form, mode, colour):
    main, _ = drawn(samples.picture(form, mode=mode, colour=colour), form)

    assert opened(main).mode in ("RGB", "RGBA")


def test_sixteen_bit_grey_keeps_its_shade():
    main, _ = drawn(samples.picture("PNG", mode="I;16", colour=128 * 256), "PNG")

    assert opened(main).getpixel((5, 5)) == (128, 128, 128)


def test_colours_of_a_profile_come_to_srgb_and_a_broken_profile_is_forgiven():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for icc in (ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), profile, b"nonsense"):
        main, _ = drawn(samples.picture("JPEG", icc_profile=icc), "JPEG")
        assert "icc_profile" not in opened(main).info


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (samples.png_that_claims(30_000, 30_000), "PNG"),
        (samples.png_that_claims(8_001, 8_000), "PNG"),
        (samples.webp_that_claims(16_000, 16_000), "WEBP"),
        (
            b"GIF89a" + (30_000).to_bytes(2, "little") * 2 + b"\x00\x00\x00" + samples.animated_gif()[13:],
            "GIF",
        ),
    ],
    ids=["png", "png just over", "webp", "gif"],
)
def test_a_picture_of_30000_by_30000_is_refused_before_it_is_decoded(content, form, monkeypatch):
    assert len(content) < 10_000

    def fail(*_):
        raise AssertionError("It was decoded.")

    monkeypatch.setattr(ImageFile.ImageFile, "load", fail)

    assert refusal_of(content, form) == Refusal.TOO_MANY_PIXELS


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP", "HEIF"])
def test_a_picture_that_is_cut_short_is_refused(form):
    content = samples.photo_with_place(form) if form != "GIF" else samples.picture("GIF")

    for share in (0.3, 0.7, 0.9):
        assert refusal_of(content[: int(len(content) * share)], form) == Refusal.DAMAGED


@pytest.mark.parametrize("tail", [samples.HTML, samples.zipped({"x.exe": samples.EXE}), samples.EXE])
@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF"])
def test_what_hides_behind_a_picture_does_not_survive(form, tail):
    main, derived = drawn(samples.picture(form) + tail, form)

    for picture in (main, *derived.values()):
        assert not any(trace in picture.content for trace in (b"script", b"PK\x03\x04", b"MZ\x90"))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["JPEG", "PNG", "GIF", "WEBP", "HEIF"]), st.data())
def test_any_damage_is_drawn_or_refused(form, data):
    content = bytearray(samples.picture(form, (40, 30)))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))

    try:
        main, _ = drawn(bytes(content), form)
    except RefusedFile:
        return
    assert max(main.width, main.height) <= pictures.LONGEST_SIDE
