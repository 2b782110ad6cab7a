"""A folder that cannot be read is refused whole, with the place and the fault."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skolnav.exchange.ss12000.folder import FolderSource
from skolnav.exchange.ss12000.reading import read
from skolnav.exchange.ss12000.source import EntityType, UnreadableSource

from .conftest import TODAY

Write = Callable[[dict[str, Any]], Path]


def test_a_list_may_be_plain_or_in_an_object(lists: dict[str, Any], write: Write) -> None:
    lists["persons"] = {"data": lists["persons"], "pageToken": None}

    reading = read(FolderSource(write(lists)), TODAY)

    assert len(reading.persons.rows) == 5
    assert reading.problems == []


def test_the_timetable_and_the_removals_may_be_absent(lists: dict[str, Any], write: Write) -> None:
    for name in ("activities", "calendarEvents", "deletedEntities"):
        del lists[name]

    assert read(FolderSource(write(lists)), TODAY).read["activities"] == 0


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="nowhere"):
        FolderSource(tmp_path / "nowhere")


def test_a_missing_file_is_named(lists: dict[str, Any], write: Write) -> None:
    del lists["duties"]

    with pytest.raises(UnreadableSource, match=r"duties\.json"):
        read(FolderSource(write(lists)), TODAY)


def test_a_file_that_is_cut_short_is_told_with_line_and_byte(lists: dict[str, Any], write: Write) -> None:
    file = write(lists) / "persons.json"
    file.write_bytes(file.read_bytes()[:-20])

    with pytest.raises(UnreadableSource, match=r"persons\.json, line 1, byte \d+: the file is cut short"):
        list(FolderSource(file.parent).entities(EntityType.PERSONS))


def test_another_encoding_is_told_with_line_and_byte(lists: dict[str, Any], write: Write) -> None:
    file = write(lists) / "persons.json"
    file.write_bytes('[\n{"id": "å"}]'.encode("latin-1"))

    with pytest.raises(UnreadableSource, match=r"persons\.json, line 2, byte 10: .*UTF-8"):
        list(FolderSource(file.parent).entities(EntityType.PERSONS))


def test_a_byte_order_mark_is_understood(lists: dict[str, Any], write: Write) -> None:
    file = write(lists) / "persons.json"
    file.write_bytes(b"\xef\xbb\xbf[]")

    assert list(FolderSource(file.parent).entities(EntityType.PERSONS)) == []


def test_a_single_page_is_refused(lists: dict[str, Any], write: Write) -> None:
    lists["persons"] = {"data": lists["persons"], "pageToken": "more"}

    with pytest.raises(UnreadableSource, match="pageToken"):
        list(FolderSource(write(lists)).entities(EntityType.PERSONS))


@pytest.mark.parametrize("content", ["{}", "3", '"text"', "[" * 200_000, '[{"id": ' + "9" * 5000 + "}]"])
def test_what_is_no_list_is_refused(lists: dict[str, Any], write: Write, content: str) -> None:
    file = write(lists) / "persons.json"
    file.write_text(content)

    with pytest.raises(UnreadableSource, match=r"persons\.json"):
        list(FolderSource(file.parent).entities(EntityType.PERSONS))
