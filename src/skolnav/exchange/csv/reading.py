"""From the bytes of a file to rows of texts: encoding and separator are found out, headings recognised."""

import csv
import io
from collections.abc import Sequence

from django.utils.translation import gettext as _

from .columns import REQUIRED, TITLES, column_of
from .entities import Cells, UnreadableFile

SEPARATORS = ";\t,"
MOST_ROWS = 5000
LARGEST = 2 * 1024 * 1024  # octets: some forty thousand rows
LONGEST_CELL = 500


def read_cells(content: bytes) -> list[Cells]:
    """The rows below the headings, without empty ones. Raises UnreadableFile: no table, or a column is missing."""
    table = _table(_decoded(content))
    if not table:
        raise UnreadableFile(_("Filen är tom."))
    columns = _columns(table[0])
    rows: list[Cells] = []
    for number, cells in enumerate(table[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        said = {name: cells[place] for name, place in columns.items() if place < len(cells)}
        rows.append({"row": str(number)} | {name: _clean(cell) for name, cell in said.items()})
    if not rows:
        raise UnreadableFile(_("Filen har rubriker men inga lektioner."))
    if len(rows) > MOST_ROWS:
        raise UnreadableFile(
            _("Filen har fler än %(rows)s rader. Dela upp den, till exempel per skola.") % {"rows": MOST_ROWS}
        )
    return rows


def _decoded(content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with its, else what Windows writes in Sweden."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as error:
            raise UnreadableFile(
                _("Filen går inte att läsa. Spara den som CSV (UTF-8) och försök igen.")
            ) from error
    if content.startswith(b"PK") or b"\x00" in content:
        raise UnreadableFile(_("Det här är ingen CSV-fil. Spara kalkylbladet som CSV och försök igen."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _table(text: str) -> list[list[str]]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    try:
        separator = max(SEPARATORS, key=lambda mark: _known_headings(first, mark))
        rows = list(csv.reader(io.StringIO(text.lstrip("\r\n")), delimiter=separator))
    except csv.Error as error:
        raise UnreadableFile(
            _("Filen går inte att läsa som en tabell. Ett citattecken kan sakna sin tvilling.")
        ) from error
    # (not row by row from the front: a file of nothing but empty lines would take minutes)
    begins = next(
        (place for place, cells in enumerate(rows) if any(cell.strip() for cell in cells)), len(rows)
    )
    return rows[begins:]


def _known_headings(line: str, separator: str) -> int:
    headings = next(csv.reader([line], delimiter=separator), [])
    return sum(column_of(title) is not None for title in headings)


def _columns(headings: Sequence[str]) -> dict[str, int]:
    """Column -> its place. The first of two headings for the same counts only if the other is another's name."""
    found: dict[str, int] = {}
    for place, title in enumerate(headings):
        name = column_of(title)
        if name is None:
            continue
        if name in found:
            raise UnreadableFile(
                _("Två kolumner heter i stort sett samma sak: %(one)s och %(other)s.")
                % {"one": headings[found[name]].strip(), "other": title.strip()}
            )
        found[name] = place
    missing = [str(TITLES[name]) for name in REQUIRED if name not in found]
    if missing:
        raise UnreadableFile(_("Filen saknar kolumnen: %(names)s.") % {"names": ", ".join(missing)})
    return found


def _clean(cell: str) -> str:
    """One line of printable text: nothing that a database or a page should meet."""
    text = " ".join("".join(mark if mark.isprintable() else " " for mark in cell).split())
    return text[:LONGEST_CELL]
