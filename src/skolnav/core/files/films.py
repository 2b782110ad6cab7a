"""Film and sound from phones say where they were recorded: what they say beside the recording is blanked.

ISO base media files (MP4, M4A) are boxes of a length, a type and a body (ISO/IEC 14496-12). What a player needs
is in others than `udta`, `meta` and `uuid`; those become `free` space of the same length, filled with zeros, so that
nothing else has to move.
"""

import os
from collections.abc import Iterator
from typing import IO

from .refusals import Refusal, RefusedFile

_ENTERED = (b"moov", b"trak", b"moof")
_BLANKED = (b"udta", b"meta", b"uuid")
HEADER = 8
LONG_HEADER = 16
CHUNK = 64 * 1024
DEEPEST = 2
MOST_BOXES = 50_000


def blank_metadata(file: IO[bytes]) -> None:
    """Blank it in place. Raises RefusedFile where a box does not end within the file: it was cut short."""
    file.seek(0, os.SEEK_END)
    for start, body, stop in list(_metadata(file, 0, file.tell())):
        file.seek(start + 4)
        file.write(b"free")
        file.seek(body)
        for position in range(body, stop, CHUNK):
            file.write(bytes(min(CHUNK, stop - position)))
    file.seek(0)


def _metadata(file: IO[bytes], start: int, end: int, depth: int = 0) -> Iterator[tuple[int, int, int]]:
    """(start of the box, start of its body, end) of each box that tells of the recording."""
    for kind, box, body, stop in _boxes(file, start, end):
        if kind in _BLANKED:
            yield box, body, stop
        elif kind in _ENTERED and depth < DEEPEST:
            yield from _metadata(file, body, stop, depth + 1)


def _boxes(file: IO[bytes], start: int, end: int) -> Iterator[tuple[bytes, int, int, int]]:
    count = 0
    while end - start >= HEADER:
        count += 1
        file.seek(start)
        head = file.read(LONG_HEADER)
        size, body = int.from_bytes(head[:4], "big"), start + HEADER
        if size == 1:
            size, body = int.from_bytes(head[8:16], "big"), start + LONG_HEADER
        elif size == 0:  # to the end of what holds it
            size = end - start
        if start + size > end or start + size < body or count > MOST_BOXES:
            raise RefusedFile(Refusal.DAMAGED)
        yield head[4:8], start, body, start + size
        start += size
