"""Pictures are drawn anew: upright, smaller, without what the camera wrote about place, time and owner.

What was hidden behind the picture (another file, a script) does not survive it. The original is not kept.
"""

import io
import struct
import warnings
from dataclasses import dataclass
from typing import IO, Any

import pillow_heif
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from .kinds import JPEG, PNG, WEBP, FileKind
from .refusals import Refusal, RefusedFile

# A phone's largest is 50 million; a picture of this many takes some 200 MB of memory while it is drawn.
MOST_PIXELS = 64_000_000
LONGEST_SIDE = 2400
DERIVED_WIDTHS = (320, 960)

pillow_heif.register_heif_opener()
# Pillow's own guard refuses at twice its number, while it reads the header; below that it only warns.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS // 2
warnings.simplefilter("ignore", Image.DecompressionBombWarning)

# What Pillow and the decoders below it raise on damaged files.
_DAMAGED = (
    UnidentifiedImageError,
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
    RuntimeError,
    struct.error,
)
# How each kind is written. An animated picture keeps its first frame.
_WRITTEN_AS = {"JPEG": JPEG, "HEIF": JPEG, "PNG": PNG, "GIF": PNG, "WEBP": WEBP}
_OPTIONS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 85, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 80, "method": 4},
}


@dataclass(frozen=True)
class Drawn:
    """A picture as it is stored."""

    kind: FileKind
    content: bytes
    width: int
    height: int


def draw_anew(file: IO[bytes], kind: FileKind) -> tuple[Drawn, dict[int, Drawn]]:
    """The picture to keep, and its derivatives by width.

    Raises RefusedFile: too many pixels (found in the header, before anything is decoded), or damaged.
    """
    file.seek(0)
    keeps_transparency = kind.picture_format in ("PNG", "GIF", "WEBP")
    try:
        with Image.open(file, formats=[kind.picture_format]) as opened:
            picture = _upright_and_bare(opened, keeps_transparency=keeps_transparency)
    except Image.DecompressionBombError:
        raise RefusedFile(Refusal.TOO_MANY_PIXELS) from None
    except _DAMAGED:
        raise RefusedFile(Refusal.DAMAGED) from None
    derived = {width: _written(_at_most(picture, width), WEBP) for width in DERIVED_WIDTHS}
    return _written(picture, _WRITTEN_AS[kind.picture_format]), derived


def _upright_and_bare(opened: Image.Image, *, keeps_transparency: bool) -> Image.Image:
    if opened.width * opened.height > MOST_PIXELS:
        raise RefusedFile(Refusal.TOO_MANY_PIXELS)
    # JPEG can be decoded at a half or a quarter of its size: much less memory for a large photo.
    opened.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
    picture = ImageOps.exif_transpose(opened)
    picture = _plain_colours(picture, keeps_transparency)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # Pillow writes some of `info` (comments, profiles, XMP) by itself: only a new picture is surely bare.
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    return bare


def _plain_colours(picture: Image.Image, keeps_transparency: bool) -> Image.Image:
    """RGB, or RGBA where something shows through; phones' wide colours brought to sRGB."""
    if picture.mode.startswith("I;16"):
        picture = picture.point(lambda value: value / 256).convert("L")
    is_transparent = keeps_transparency and picture.has_transparency_data
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in ("RGB", "CMYK"):
        picture = _to_srgb(picture, profile)
    return picture.convert("RGBA" if is_transparent else "RGB")


def _to_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(
            picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError):
        # A broken profile is no reason to refuse a photo: its colours are then a little off.
        return picture
    return converted or picture


def _at_most(picture: Image.Image, width: int) -> Image.Image:
    smaller = picture.copy()
    smaller.thumbnail((width, LONGEST_SIDE))
    return smaller


def _written(picture: Image.Image, kind: FileKind) -> Drawn:
    buffer = io.BytesIO()
    picture.save(buffer, kind.picture_format, **_OPTIONS[kind.picture_format])
    return Drawn(kind, buffer.getvalue(), picture.width, picture.height)
