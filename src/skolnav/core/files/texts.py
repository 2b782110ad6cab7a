"""Text files: the only ones whose name is believed, since nothing in them says what they are."""

import re
from pathlib import PurePath
from typing import IO

from .refusals import Refusal, RefusedFile

CONTENT_TYPES = {".txt": "text/plain", ".csv": "text/csv"}
CHUNK = 64 * 1024

# Tab, the two line ends and form feed; every other control character means that it is no text.
_NOT_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MARKUP = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<|<(?:!doctype|html|svg|script|iframe|body)\b", re.IGNORECASE)


def text_file(file: IO[bytes], name: str) -> tuple[str, str]:
    """Content type and ending of a plain text or CSV, in UTF-8 or the older single-byte alphabets.

    Raises RefusedFile for anything else.
    """
    file.seek(0)
    if _MARKUP.search(file.read(4096)):
        raise RefusedFile(Refusal.WEB_PAGE)
    extension = PurePath(name).suffix.lower()
    if extension not in CONTENT_TYPES:
        raise RefusedFile(Refusal.TYPE)
    file.seek(0)
    while chunk := file.read(CHUNK):
        if _NOT_TEXT.search(chunk):
            raise RefusedFile(Refusal.TYPE)
    return CONTENT_TYPES[extension], extension
