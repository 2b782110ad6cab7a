"""Documents that are kept as they came: what is looked at before they are believed. Nothing is unpacked."""

import os
import zipfile
import zlib
from typing import IO

from .refusals import Refusal, RefusedFile

MOST_ENTRIES = 5000
MOST_UNPACKED = 500 * 1024 * 1024
MOST_CONTENT_TYPES = 1024 * 1024
TAIL = 2048

_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN_XML = {
    "word/document.xml": (_OFFICE + "wordprocessingml.document", ".docx"),
    "xl/workbook.xml": (_OFFICE + "spreadsheetml.sheet", ".xlsx"),
    "ppt/presentation.xml": (_OFFICE + "presentationml.presentation", ".pptx"),
}
_OPEN_DOCUMENT = {
    f"application/vnd.oasis.opendocument.{sort}": extension
    for sort, extension in (("text", ".odt"), ("spreadsheet", ".ods"), ("presentation", ".odp"))
}
EXTENSIONS = (*(extension for _, extension in _OPEN_XML.values()), *_OPEN_DOCUMENT.values())
# Where Word, Excel, PowerPoint and LibreOffice keep programs.
_MACRO_NAMES = ("vbaproject.bin", "vbadata.xml")
_MACRO_FOLDERS = ("basic/", "scripts/")


def check_pdf(file: IO[bytes]) -> None:
    """Raise RefusedFile for a PDF that was cut short: it ends with a mark of its own (ISO 32000-1, 7.5.5)."""
    file.seek(0, os.SEEK_END)
    file.seek(max(0, file.tell() - TAIL))
    if b"%%EOF" not in file.read():
        raise RefusedFile(Refusal.DAMAGED)


def office_document(file: IO[bytes]) -> tuple[str, str]:
    """Content type and ending of a zip that is an Office or OpenDocument file without macros.

    Raises RefusedFile for another zip, a damaged one, one with macros, and one that would unpack to a flood.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            return _office_document(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError):
        raise RefusedFile(Refusal.DAMAGED) from None


def _office_document(archive: zipfile.ZipFile) -> tuple[str, str]:
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise RefusedFile(Refusal.DAMAGED)
    if any(name.startswith("/") or ".." in name.split("/") for name in names):
        raise RefusedFile(Refusal.DAMAGED)
    found = _open_document(archive, names) if "mimetype" in names else _open_xml(archive, names)
    if any(_is_macro(name.lower()) for name in names):
        raise RefusedFile(Refusal.MACROS)
    return found


def _open_xml(archive: zipfile.ZipFile, names: set[str]) -> tuple[str, str]:
    kinds = [kind for part, kind in _OPEN_XML.items() if part in names]
    if len(kinds) != 1 or "[Content_Types].xml" not in names:
        raise RefusedFile(Refusal.ARCHIVE)
    if b"macroenabled" in _read(archive, "[Content_Types].xml", MOST_CONTENT_TYPES).lower():
        raise RefusedFile(Refusal.MACROS)
    return kinds[0]


def _open_document(archive: zipfile.ZipFile, names: set[str]) -> tuple[str, str]:
    content_type = _read(archive, "mimetype", 100).decode("ascii", "replace").strip()
    if content_type not in _OPEN_DOCUMENT or "content.xml" not in names:
        raise RefusedFile(Refusal.ARCHIVE)
    return content_type, _OPEN_DOCUMENT[content_type]


def _read(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """No more than `most` bytes of an entry, whatever its header promises."""
    with archive.open(name) as entry:
        content = entry.read(most + 1)
    if len(content) > most:
        raise RefusedFile(Refusal.DAMAGED)
    return content


def _is_macro(name: str) -> bool:
    return name.rsplit("/", 1)[-1] in _MACRO_NAMES or name.startswith(_MACRO_FOLDERS)
