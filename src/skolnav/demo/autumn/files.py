"""Files of the demo: pictures that it draws and papers that it sets, taken in as uploads are."""

import json
from functools import cache
from pathlib import Path

import typst
from django.core.files.uploadedfile import SimpleUploadedFile

from skolnav.core.access.viewer import Viewer
from skolnav.core.files.actions import store_upload
from skolnav.core.files.models import StoredFile
from skolnav.core.tenancy import clock

from .days import breaks
from .news_file import MONTHS
from .pictures import draw

PAPERS = Path(__file__).with_name("papers")


def picture(actor: Viewer, name: str, motif: str, alt_text: str) -> StoredFile:
    """An upload of a picture drawn for a piece, with its words."""
    content = draw(motif, seed=f"{name} {motif}")
    stored = store_upload(actor=actor, upload=SimpleUploadedFile(f"{motif}.jpg", content, "image/jpeg"))
    stored.alt_text = alt_text
    return stored


def paper(actor: Viewer, name: str) -> StoredFile:
    """An upload of a paper of the folder `papers`, as PDF; its first line names the file."""
    content = _set(name, _dates())
    return store_upload(
        actor=actor, upload=SimpleUploadedFile(f"{title_of(name)}.pdf", content, "application/pdf")
    )


def title_of(name: str) -> str:
    """What a paper is called: its first line is a comment with the title."""
    first, _, _ = (PAPERS / f"{name}.typ").read_text(encoding="utf-8").partition("\n")
    return first.removeprefix("//").strip()


@cache
def _set(name: str, dates: str) -> bytes:
    made: bytes = typst.compile(PAPERS / f"{name}.typ", format="pdf", sys_inputs={"dates": dates})
    return made


def _dates() -> str:
    """The school year's dates, for the papers that name them."""
    year = clock.today().year if clock.today().month >= 8 else clock.today().year - 1
    named = [
        {
            "name": one.name,
            "first": _short(one.first.day, one.first.month),
            "last": _short(one.last.day, one.last.month),
        }
        for one in breaks()
        if one.name
    ]
    return json.dumps({"year": f"{year}/{(year + 1) % 100:02}", "breaks": named})


def _short(day: int, month: int) -> str:
    return f"{day} {MONTHS[month - 1]}"
