"""Entity lists from a folder of JSON files, as a real server's pages joined: persons.json, groups.json, …"""

import json
from collections.abc import Iterator
from pathlib import Path

from .source import REQUIRED, EntityType, UnreadableSource

DELETED = "deletedEntities"


class FolderSource:
    """Reads `<list>.json`: each a plain list, or an object with the list in `data`, as one answer of a server."""

    def __init__(self, path: Path) -> None:
        """Raises UnreadableSource at once when the folder is not there."""
        if not path.is_dir():
            raise UnreadableSource(f"There is no folder {path}.")
        self.path = path

    def entities(self, type: EntityType) -> Iterator[object]:
        file = self.path / f"{type}.json"
        if not file.exists() and type not in REQUIRED:
            return iter(())
        return iter(_rows(file, _decode(file)))

    def deleted_ids(self) -> dict[str, object]:
        file = self.path / f"{DELETED}.json"
        if not file.exists():
            return {}
        content = _decode(file)
        if isinstance(content, dict):
            content = content.get("data", content)
        # An empty list says "nothing removed" too; anything else in a list is not the standard's shape.
        return content if isinstance(content, dict) else {"": content}


def _rows(file: Path, content: object) -> list[object]:
    if isinstance(content, dict):
        if content.get("pageToken"):
            # The rest of the list would count as removed.
            raise UnreadableSource(f"{file} is one page of a list (pageToken is set). Fetch every page.")
        content = content.get("data")
    if not isinstance(content, list):
        raise UnreadableSource(f'{file} is neither a list nor an object with a list in "data".')
    return content


def _decode(file: Path) -> object:
    """The file's JSON, or an error that names file, line and byte."""
    text = _text(file)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        is_cut = not text[error.pos :].strip() or error.msg.startswith("Unterminated string")
        fault = "the file is cut short" if is_cut else f"this is no JSON ({error.msg})"
        byte = len(text[: error.pos].encode())
        raise UnreadableSource(f"{file}, line {error.lineno}, byte {byte}: {fault}.") from error
    except (
        ValueError,
        RecursionError,
    ) as error:  # a number of thousands of digits; lists in lists without end
        raise UnreadableSource(f"{file} is beyond reason: {error}.") from error


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        names = ", ".join(f"{name}.json" for name in REQUIRED)
        raise UnreadableSource(f"There is no {file}. The folder must hold {names}.") from error
    except OSError as error:
        raise UnreadableSource(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise UnreadableSource(
            f"{file}, line {line}, byte {error.start}: the file is not in UTF-8. Save it as UTF-8."
        ) from error
