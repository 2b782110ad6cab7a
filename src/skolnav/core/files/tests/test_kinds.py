"""What a file is told by its content: a name or a browser's word opens nothing."""

import pytest

from skolnav.core.files import documents
from skolnav.core.files.kinds import ACCEPTED_EXTENSIONS, kind_of
from skolnav.core.files.names import clean_name
from skolnav.core.files.refusals import Refusal, RefusedFile
from skolnav.core.files.tests import samples

pytestmark = pytest.mark.requirement("15-security-1")


@pytest.mark.parametrize(
    ("content", "name", "content_type"),
    [
        (samples.PDF, "x.pdf", "application/pdf"),
        (samples.PDF, "x.exe", "application/pdf"),
        (samples.picture("JPEG"), "x", "image/jpeg"),
        (samples.picture("PNG"), "x", "image/png"),
        (samples.picture("GIF"), "x", "image/gif"),
        (samples.picture("WEBP"), "x", "image/webp"),
        (samples.picture("HEIF"), "x", "image/heic"),
        (samples.MP3, "x", "audio/mpeg"),
        (samples.MP3_WITH_TITLE, "x", "audio/mpeg"),
        (samples.MP4, "x", "video/mp4"),
        (samples.M4A, "x", "audio/mp4"),
        (samples.docx(), "x", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (
            samples.office("xl/workbook.xml"),
            "x",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        (
            samples.office("ppt/presentation.xml"),
            "x",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ),
        (samples.open_document("text"), "x", "application/vnd.oasis.opendocument.text"),
        (samples.open_document("spreadsheet"), "x", "application/vnd.oasis.opendocument.spreadsheet"),
        (samples.open_document("presentation"), "x", "application/vnd.oasis.opendocument.presentation"),
        ("Ta med ägg, bestick\r\noch gott humör 🎒\n".encode(), "lista.TXT", "text/plain"),
        ("namn;klass\r\nÅke;5B\r\n".encode("cp1252"), "lista.csv", "text/csv"),
    ],
)
def test_files_that_schools_send_are_known(content, name, content_type):
    kind = kind_of(samples.upload(content, name), name)

    assert kind.content_type == content_type
    assert set(kind.extensions) <= set(ACCEPTED_EXTENSIONS)


@pytest.mark.parametrize(
    ("content", "name", "refusal"),
    [
        (b"", "tom.pdf", Refusal.EMPTY),
        (samples.EXE, "faktura.pdf", Refusal.PROGRAM),
        (samples.EXE, "bild.jpg", Refusal.PROGRAM),
        (b"\x7fELF" + b"\x00" * 60, "x.txt", Refusal.PROGRAM),
        (b"#!/bin/sh\nrm -rf /\n", "x.txt", Refusal.PROGRAM),
        (samples.SVG, "bild.svg", Refusal.WEB_PAGE),
        (samples.SVG, "bild.png", Refusal.WEB_PAGE),
        (samples.HTML, "sida.txt", Refusal.WEB_PAGE),
        (b"\xef\xbb\xbf  <svg onload=x>", "x.txt", Refusal.WEB_PAGE),
        (b"Hej!\n<script>alert(1)</script>", "x.txt", Refusal.WEB_PAGE),
        (b"alert(1)", "x.js", Refusal.TYPE),
        (b"alert(1)", "x", Refusal.TYPE),
        (b"text\x00with a null", "x.txt", Refusal.TYPE),
        ("hej".encode("utf-16"), "x.txt", Refusal.TYPE),
        (samples.zipped({"a.txt": "x"}), "x.zip", Refusal.ARCHIVE),
        (samples.zipped({"a.txt": "x"}), "x.docx", Refusal.ARCHIVE),
        (b"\x1f\x8b\x08\x00", "x.gz", Refusal.ARCHIVE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "x.doc", Refusal.OLD_OFFICE),
        (samples.PDF[:-8], "x.pdf", Refusal.DAMAGED),
        (samples.docx()[:-30], "x.docx", Refusal.DAMAGED),
        (b"\x00\x00\x00\x18ftypqt  \x00\x00\x02\x00", "x.mov", Refusal.TYPE),
        (b"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00", "x.avif", Refusal.TYPE),
    ],
)
def test_everything_else_is_refused_whatever_it_is_called(content, name, refusal):
    with pytest.raises(RefusedFile) as caught:
        kind_of(samples.upload(content, name), name)

    assert caught.value.reason == refusal
    assert caught.value.message


@pytest.mark.parametrize(
    "content",
    [
        samples.docx(**{"word/vbaProject.bin": "x"}),
        samples.docx(**{"word/VBAPROJECT.BIN": "x"}),
        samples.zipped(
            {
                "[Content_Types].xml": 'ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"',
                "word/document.xml": "x",
            }
        ),
        samples.open_document("text", **{"Basic/Standard/Module1.xml": "x"}),
        samples.open_document("text", **{"Scripts/python/x.py": "x"}),
    ],
)
def test_documents_with_macros_are_refused(content):
    with pytest.raises(RefusedFile) as caught:
        kind_of(samples.upload(content, "x.docx"), "x.docx")

    assert caught.value.reason == Refusal.MACROS


@pytest.mark.parametrize(
    "content",
    [
        samples.docx(**{f"word/{number}": "" for number in range(5001)}),
        samples.docx(**{"word/media/flood": b"\x00" * (5 * 1024 * 1024)}),
        samples.docx(**{"../../etc/passwd": "x"}),
        samples.zipped({"[Content_Types].xml": " " * (2 * 1024 * 1024), "word/document.xml": "x"}),
    ],
    ids=["entries", "unpacked size", "path", "content types"],
)
def test_documents_that_would_flood_are_refused_without_unpacking_them(content, monkeypatch):
    monkeypatch.setattr(documents, "MOST_UNPACKED", 4 * 1024 * 1024)

    with pytest.raises(RefusedFile) as caught:
        kind_of(samples.upload(content, "x.docx"), "x.docx")

    assert caught.value.reason == Refusal.DAMAGED


@pytest.mark.parametrize(
    ("name", "extensions", "cleaned"),
    [
        ("Veckobrev v 47.pdf", (".pdf",), "Veckobrev v 47.pdf"),
        ("BILD.JPEG", (".jpg", ".jpeg"), "BILD.jpeg"),
        ("faktura.pdf.exe", (".pdf",), "faktura.pdf.pdf"),
        ("bild.heic", (".jpg", ".jpeg"), "bild.jpg"),
        ("../../etc/passwd", (".txt",), "passwd.txt"),
        ("C:\\Users\\sara\\lista.txt", (".txt",), "lista.txt"),
        ("foto\u202egpj.exe", (".pdf",), "fotogpj.pdf"),
        ('a<b>"c|d?.pdf', (".pdf",), "a_b__c_d_.pdf"),
        ("rad\r\nbrott.pdf", (".pdf",), "radbrott.pdf"),
        ("", (".pdf",), "fil.pdf"),
        (".pdf", (".pdf",), "pdf.pdf"),
        ("رسالة.pdf", (".pdf",), "رسالة.pdf"),
        ("x" * 300 + ".pdf", (".pdf",), "x" * 116 + ".pdf"),
    ],
)
def test_names_are_made_readable_and_harmless(name, extensions, cleaned):
    assert clean_name(name, extensions) == cleaned
