"""Real files, made here: no test reads somebody's photo."""

import io
import struct
import zipfile
import zlib

import pillow_heif
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

pillow_heif.register_heif_opener()

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\nstartxref\n0\n%%EOF\n"
EXE = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 200
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><title>x</title><script>alert(1)</script>"
MP3 = b"\xff\xfb\x90\x64" + b"\x00" * 400
MP3_WITH_TITLE = b"ID3\x04\x00\x00\x00\x00\x00\x00" + MP3

GPS_IFD, MAKE, DESCRIPTION, ORIENTATION = 0x8825, 0x010F, 0x010E, 0x0112
SECRET_PLACE = "59.3251N 18.0710E"


def box(kind, body=b""):
    return struct.pack(">I", len(body) + 8) + kind + body


def film(brand=b"isom"):
    """A film as a phone writes it: with its place in `udta`, in `meta` and in an XMP `uuid`."""
    place = SECRET_PLACE.encode()
    track = box(b"trak", box(b"tkhd", b"track") + box(b"udta", box(b"\xa9xyz", place)))
    about = box(b"udta", box(b"\xa9xyz", place)) + box(b"meta", box(b"ilst", place))
    return (
        box(b"ftyp", brand + b"\x00\x00\x02\x00isomiso2")
        + struct.pack(">I4sQ", 1, b"mdat", 16 + 500)
        + b"recorded" * 62
        + b"last"
        + box(b"moov", box(b"mvhd", b"movie") + track + about)
        + box(b"uuid", b"\x00" * 16 + place)
    )


def picture(form="JPEG", size=(400, 300), mode="RGB", colour=(200, 30, 30), **options):
    buffer = io.BytesIO()
    Image.new(mode, size, colour).save(buffer, form, **options)
    return buffer.getvalue()


def camera_exif(orientation=1):
    """What a phone writes: where, when, with what, and which way was up."""
    exif = Image.Exif()
    exif[MAKE] = "Fejkfon 12"
    exif[DESCRIPTION] = SECRET_PLACE
    exif[ORIENTATION] = orientation
    exif.get_ifd(GPS_IFD).update({1: "N", 2: (59.0, 19.0, 30.6), 3: "E", 4: (18.0, 4.0, 15.6)})
    return exif


def photo_with_place(form="JPEG", orientation=1):
    """400 x 300, its upper left corner green, with camera data, comment and XMP."""
    image = Image.new("RGB", (400, 300), (200, 30, 30))
    image.paste((0, 200, 0), (0, 0, 100, 100))
    options = {"exif": camera_exif(orientation)}
    if form == "JPEG":
        options |= {"comment": SECRET_PLACE.encode(), "xmp": f"<x>{SECRET_PLACE}</x>".encode(), "quality": 95}
    if form == "PNG":
        options["pnginfo"] = PngImagePlugin.PngInfo()
        options["pnginfo"].add_text("Comment", SECRET_PLACE)
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def png_that_claims(width, height):
    """A small file whose header says that it is enormous."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\x00" * 10_000))
    return b"\x89PNG\r\n\x1a\n" + header + pixels + chunk(b"IEND", b"")


def webp_that_claims(width, height):
    """An extended WebP whose canvas is enormous and whose frame is small."""
    frame = picture("WEBP", (10, 10))[12:]
    canvas = bytes([2, 0, 0, 0]) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", len(canvas)) + canvas + frame
    return b"RIFF" + struct.pack("<I", len(body)) + body


def animated_gif(frames=3):
    images = [Image.new("RGB", (60, 40), (40 * number, 0, 0)) for number in range(frames)]
    buffer = io.BytesIO()
    images[0].save(buffer, "GIF", save_all=True, append_images=images[1:])
    return buffer.getvalue()


def zipped(entries):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def docx(**more):
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>", **more})


def office(part):
    return zipped({"[Content_Types].xml": "<Types/>", part: "<x/>"})


def open_document(sort, **more):
    content_type = f"application/vnd.oasis.opendocument.{sort}"
    return zipped({"mimetype": content_type, "content.xml": "<x/>", **more})


MP4, M4A = film(), film(b"M4A ")


def upload(content, name="fil", content_type="application/octet-stream"):
    """As Django hands it to a view; what the browser says of its type is never believed."""
    return SimpleUploadedFile(name, content, content_type)
