"""Bytes into the storage and out of it."""

import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from . import films, pictures
from .kinds import M4A, MP4, FileKind
from .upload_limit import Upload


@dataclass(frozen=True)
class Written:
    """What lies in the storage after one upload, and the columns that say so."""

    kind: FileKind
    columns: dict[str, Any]


def write(upload: Upload, kind: FileKind, *, folder: str) -> Written:
    """Put an upload in the storage: a picture drawn anew with its derivatives, the rest as it came.

    Raises RefusedFile.
    """
    path = _new_path(folder)
    return _write_picture(upload, kind, path) if kind.is_picture else _write_as_it_came(upload, kind, path)


def copy_bytes(path: str, *, folder: str) -> str:
    """The same bytes once more, in a place of their own; gives where."""
    with default_storage.open(path) as original:
        return default_storage.save(_new_path(folder), original)


def delete_bytes(paths: list[str]) -> None:
    """Remove them from the storage; those that are gone already are no error."""
    for path in paths:
        default_storage.delete(path)


def _write_picture(upload: Upload, kind: FileKind, path: str) -> Written:
    main, derived = pictures.draw_anew(upload, kind)
    columns = {
        "path": default_storage.save(path, ContentFile(main.content)),
        "size": len(main.content),
        "sha256": hashlib.sha256(main.content).hexdigest(),
        "width": main.width,
        "height": main.height,
        "derivatives": {
            str(width): {
                "path": default_storage.save(f"{path}-{width}", ContentFile(smaller.content)),
                "size": len(smaller.content),
                "width": smaller.width,
                "height": smaller.height,
            }
            for width, smaller in derived.items()
        },
    }
    return Written(main.kind, columns)


def _write_as_it_came(upload: Upload, kind: FileKind, path: str) -> Written:
    if kind in (MP4, M4A):
        films.blank_metadata(upload)
    digest = hashlib.sha256()
    for chunk in _chunks(upload):
        digest.update(chunk)
    upload.seek(0)
    return Written(
        kind,
        {"path": default_storage.save(path, File(upload)), "size": upload.size, "sha256": digest.hexdigest()},
    )


def _chunks(upload: Upload) -> Iterator[bytes]:
    upload.seek(0)
    yield from upload.chunks()


def _new_path(folder: str) -> str:
    """A random place without ending: nothing on the disk can be run or recognised by its name."""
    name = secrets.token_hex(20)
    return f"{folder}/{name[:2]}/{name}"
