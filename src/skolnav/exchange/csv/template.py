"""A file to fill in: the headings, and three rows that show how."""

import csv
import io

from .columns import TITLES

EXAMPLES = (
    ("måndag", "08.10", "09.00", "Matematik", "MA", "5B", "sara", "Sal 214", "varje", "", ""),
    ("onsdag", "12.00", "13.30", "Slöjd", "SL", "5B", "Erik Wall", "Slöjdsalen", "A", "", ""),
    (
        "fredag",
        "09.30",
        "10.30",
        "Kör",
        "MU",
        "5A|5B",
        "SHO|EWA",
        "Aulan",
        "1 av 4",
        "2027-01-11",
        "2027-06-11",
    ),
)


def template() -> bytes:
    """As Excel in Sweden opens it: semicolons, UTF-8 with its mark, CRLF."""
    said = io.StringIO(newline="")
    writer = csv.writer(said, delimiter=";", lineterminator="\r\n")
    writer.writerow(map(str, TITLES.values()))
    writer.writerows(EXAMPLES)
    return said.getvalue().encode("utf-8-sig")
