"""The calendars of the term: breaks, study days, tests and meetings, and what comes back every week."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from skolnav.boxes.calendar.actions import Content, add_entry, cancel_entry
from skolnav.core.tenancy import clock
from skolnav.demo.people import school_year_start

from .days import at, breaks, lately, on_or_before, school_day, weekly
from .travel import acting_at
from .whom import Whom


@dataclass(frozen=True)
class Day:
    """An entry to be: `hours` are (from, to) as "18:00"; without them it lasts whole days."""

    by: str
    to: str
    kind: str
    title: str
    first: date
    last: date | None = None
    hours: tuple[str, str] | None = None
    place: str = ""
    text: str = ""
    sides: str = "both"
    cancelled: bool = False


def tell_ekdals_days(whom: Whom) -> None:
    """The school year since August; what was planned during the term, some days ago."""
    started = at(school_year_start(), 9)
    _add_all(whom, _school_year("lena", "alla"), started)
    _add_all(whom, _every_week(), started)
    _add_all(whom, _national_tests(), at(on_or_before(school_year_start()), 10))
    for ago, day in enumerate(_planned()):
        _add(whom, day, lately(2 + ago % 18, 14, 5 + ago))


def tell_granbys_days(whom: Whom) -> None:
    """The same school year for one small school."""
    started = at(school_year_start(), 9)
    _add_all(whom, _school_year("greta", "alla"), started)
    _add(
        whom,
        Day(
            "greta",
            "Granby skola",
            "activity",
            "Brödbak i hemkunskapen",
            school_day(3),
            hours=("13:00", "15:00"),
        ),
        lately(3, 11, 0),
    )
    _add(
        whom,
        Day("greta", "3", "activity", "Ishallen: ta med hjälm", school_day(5), hours=("09:30", "11:30")),
        lately(2, 15, 20),
    )


def _school_year(by: str, to: str) -> list[Day]:
    autumn = school_year_start()
    last_day = on_or_before(date(autumn.year, 12, 18))
    return [
        Day(by, to, "term_date", "Höstterminen börjar", autumn, text="Samling på skolgården klockan 8.30."),
        *(Day(by, to, "holiday", one.name, one.first, one.last) for one in breaks() if one.name),
        Day(
            by,
            to,
            "term_date",
            "Höstterminens sista dag",
            last_day,
            text="Skoldagen slutar 12.00. Fritids har öppet.",
        ),
        Day(by, to, "term_date", "Vårterminen börjar", date(autumn.year + 1, 1, 11)),
        Day(
            by,
            to,
            "term_date",
            "Vårterminens sista dag",
            date(autumn.year + 1, 6, 11),
            text="Avslutning 9.00–10.30.",
        ),
        Day(by, to, "study_day", "Studiedag", on_or_before(date(autumn.year, 9, 18)), text=CLOSED),
        Day(by, to, "study_day", "Studiedag", school_day(9), text=CLOSED),
        Day(by, to, "study_day", "Studiedag", on_or_before(date(autumn.year + 1, 3, 19)), text=CLOSED),
    ]


PLANNED = Path(__file__).with_name("planned.txt")
CLOSED = "Eleverna är lediga. Fritids har öppet för den som behöver: anmäl senast en vecka innan."


def _every_week() -> list[Day]:
    """What comes back: nobody is told of each, they are just there."""
    weeks = range(-9, 5)
    library = [
        Day("ulla", "2A", "activity", "Bibliotek: ta med låneböckerna", day, hours=("09:20", "10:00"))
        for day in weekly(1, weeks)
    ]
    outdoors = [
        Day(
            "nour",
            "Fritids Eken",
            "activity",
            "Skogsfredag: kläder efter väder",
            day,
            hours=("14:00", "16:00"),
        )
        for day in weekly(4, weeks)
    ]
    return library + outdoors


def _national_tests() -> list[Day]:
    spring = school_year_start().year + 1
    oral, swedish, english, maths = (
        on_or_before(date.fromisocalendar(spring, week, weekday)) for week, weekday in ((5, 2), (6, 4), (15, 3), (18, 4))
    )  # fmt: skip
    year_six = ("ingrid", "åk 6", "national_test")
    return [
        Day(*year_six, "Nationellt prov i svenska, läsa", school_day(6), hours=("08:20", "10:40"), text=TEST),
        Day(
            *year_six, "Nationellt prov i svenska, skriva", school_day(8), hours=("08:20", "11:30"), text=TEST
        ),
        Day(*year_six, "Nationellt prov i engelska, muntlig del", oral, text=TEST),
        Day(*year_six, "Nationellt prov i engelska", english, text=TEST),
        Day(*year_six, "Nationellt prov i matematik", maths, text=TEST),
        Day("asa.dahl", "åk 3", "national_test", "Nationellt prov i svenska, årskurs 3", swedish, text=TEST),
    ]


TEST = "Kom i tid och ätit frukost. Är ditt barn sjukt får det göra provet en annan dag."


def _planned() -> Iterator[Day]:
    """What has been planned during the term, the latest first: the lines of planned.txt."""
    for line in PLANNED.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            columns = [column.strip() for column in line.split("|")]
            by, to, kind, day, hours, title, place, text, how = columns + [""] * (9 - len(columns))
            yield Day(
                by,
                to,
                kind,
                title,
                _lucia() if day == "lucia" else school_day(int(day)),
                hours=_hours(hours),
                place=place,
                text=text,
                sides="guardians" if how == "guardians" else "both",
                cancelled=how == "cancelled",
            )


def _lucia() -> date:
    return on_or_before(date(school_year_start().year, 12, 13))


def _hours(written: str) -> tuple[str, str] | None:
    begins, _, ends = written.partition("–")
    return (begins, ends) if ends else None


def _add_all(whom: Whom, days: Iterable[Day], told_at: datetime) -> None:
    for day in days:
        _add(whom, day, told_at)


def _add(whom: Whom, day: Day, told_at: datetime) -> None:
    actor = whom.writer(day.by)
    with acting_at(min(told_at, clock.now())):
        entry = add_entry(actor=actor, content=_content(day), audience=whom.targets(day.to, day.sides))
        if day.cancelled:
            cancel_entry(actor=actor, entry=entry)


def _content(day: Day) -> Content:
    starts, ends = (_moment(day.first, clock_time) for clock_time in day.hours) if day.hours else (None, None)
    return Content(
        kind=day.kind,
        title=day.title,
        first_day=day.first,
        last_day=day.last or day.first,
        starts=starts,
        ends=ends,
        place=day.place,
        description=day.text,
    )


def _moment(day: date, clock_time: str) -> datetime:
    hour, minute = clock_time.split(":")
    return at(day, int(hour), int(minute))
