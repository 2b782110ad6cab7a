"""Files as they come: encodings, separators, headings, and what is said of each fault."""

from datetime import date, time
from time import process_time

import pytest

from skolnav.exchange.csv.entities import UnreadableFile
from skolnav.exchange.csv.parsing import parse_rows
from skolnav.exchange.csv.reading import read_cells

from .conftest import HEAD, LESSONS, file_of


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_every_encoding_and_separator_gives_the_same(encoding, separator):
    content = file_of(*(line.replace(";", separator) for line in LESSONS),
                      head=HEAD.replace(";", separator), encoding=encoding)  # fmt: skip

    rows, problems = parse_rows(read_cells(content))

    assert not problems
    assert [row.subject for row in rows] == ["Schack", "Kör", "Läxhjälp"]
    assert (rows[0].weekday, rows[0].starts_at, rows[0].ends_at) == (0, time(15), time(15, 40))
    assert [(row.weeks, row.week) for row in rows] == [(1, 0), (2, 0), (4, 1)]
    assert rows[2].teachers == ("sara", "erik")


def test_quoted_fields_empty_lines_and_other_headings():
    content = (
        '\r\n"Dag","Starttid","Sluttid","Aktivitet","Klass/grupp","Från datum","Bock"\r\n'
        '"Tis.","0810","9:00","Slöjd, trä","5A|5B","2026-10-01","x"\r\n\r\n,,,,,,\r\n'
    )

    rows, problems = parse_rows(read_cells(content.encode()))

    assert not problems
    assert (rows[0].subject, rows[0].groups, rows[0].number) == ("Slöjd, trä", ("5A", "5B"), 2)
    assert (rows[0].weekday, rows[0].starts_at, rows[0].first_day) == (1, time(8, 10), date(2026, 10, 1))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "tom"),
        (b"\xef\xbb\xbf", "tom"),
        (HEAD.encode(), "inga lektioner"),
        (file_of("måndag;8.00", head="veckodag;start"), "slut, ämne, klass"),
        (file_of(*LESSONS, head=HEAD.replace("veckodag", "dagen")), "veckodag"),
        (file_of(*LESSONS, head=HEAD.replace("sal", "grupp")), "samma sak"),
        (b"PK\x03\x04 an Excel file", "ingen CSV-fil"),
        (file_of("m\x00ndag;8.00;9.00;MA;;5B"), "ingen CSV-fil"),
        (b"\xff\xfe\x00", "inte att"),
        (file_of(*["måndag;15.00;15.40;Schack;;5B"] * 5001), "5000"),
        (file_of("måndag;" + "x" * 200_000), "citattecken"),
    ],
)
def test_a_file_that_is_no_timetable_is_told_so(content, said):
    with pytest.raises(UnreadableFile) as fault:
        read_cells(content)

    assert said in str(fault.value)


@pytest.mark.parametrize(
    ("line", "column", "said"),
    [
        ("lördag;15.00;15.40;Schack;;5B", "veckodag", "lördag"),
        (";15.00;15.40;Schack;;5B", "veckodag", "tomt"),
        ("måndag;24.00;24.40;Schack;;5B", "start", "24.00"),
        ("måndag;kvart;15.40;Schack;;5B", "start", "kvart"),
        ("måndag;15.40;15.00;Schack;;5B", "slut", "slutar innan"),
        ("måndag;23.30;00.30;Schack;;5B", "slut", "midnatt"),
        ("måndag;15.00;15.40;;;5B", "ämne", "tomt"),
        (f"måndag;15.00;15.40;{'x' * 61};;5B", "ämne", "60"),
        ("måndag;15.00;15.40;Schack;;", "klass", "tomt"),
        ("måndag;15.00;15.40;Schack;;5B;;;1 av 53", "veckor", "52"),
        ("måndag;15.00;15.40;Schack;;5B;;;5 av 4", "veckor", "större"),
        ("måndag;15.00;15.40;Schack;;5B;;;v 35-50", "veckor", "1 av 4"),
        ("måndag;15.00;15.40;Schack;;5B;;;;2026-02-30", "från datum", "2026-02-30"),
        ("måndag;15.00;15.40;Schack;;5B;;;;;2099-01-01", "till datum", "tre år"),
        ("måndag;15.00;15.40;Schack;;5B;;;;2027-02-01;2027-01-01", "till datum", "före"),
    ],
)
def test_a_fault_is_named_by_row_and_column(line, column, said):
    rows, problems = parse_rows(read_cells(file_of(LESSONS[0], line)))

    assert len(rows) == 1
    assert (problems[0].row, problems[0].column) == (3, column)
    assert said in problems[0].text


@pytest.mark.parametrize(
    "content",
    [
        b"a" * 200_000,
        b"veckodag;" * 50_000,
        b"\n;" * 900_000,
        f"{HEAD}\n".encode() + b"m;8;9;x;y\n" * 200_000,
    ],
    ids=["one cell", "headings without end", "empty lines", "rows without end"],
)
def test_a_file_made_to_keep_the_house_busy_is_refused_at_once(content):
    before = process_time()
    with pytest.raises(UnreadableFile):
        read_cells(content)

    assert process_time() - before < 15  # (of minutes that it took; seconds on a slow machine)
