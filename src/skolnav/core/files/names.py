"""The names of uploads: shown to people and offered at download, never used as a path."""

import re
import unicodedata
from pathlib import PurePosixPath

LONGEST = 120

# What file systems refuse, and what turns text around so that "exe" reads as "gpj": categories Cc and Cf.
_FORBIDDEN = re.compile(r'[<>:"|?*]')


def clean_name(name: str, extensions: tuple[str, ...]) -> str:
    """The last part of the name, readable and harmless, with an ending that fits the content."""
    last = PurePosixPath(name.replace("\\", "/")).name
    text = unicodedata.normalize("NFC", last)
    text = "".join(
        character for character in text if unicodedata.category(character) not in ("Cc", "Cf", "Cs")
    )
    text = " ".join(_FORBIDDEN.sub("_", text).split()).strip(". ")
    path = PurePosixPath(text or "fil")
    extension = path.suffix.lower() if path.suffix.lower() in extensions else extensions[0]
    stem = path.stem.strip(". ") or "fil"
    return stem[: LONGEST - len(extension)] + extension
