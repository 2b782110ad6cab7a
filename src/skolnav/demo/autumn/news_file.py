"""A piece of the demo's news as it lies in the folder `news`: a head of `Word: value` lines, and its text in Markdown.

    Title: Friluftsdag {+2}
    By: sara                     user name, or "mentor 4A"
    To: 5B                       classes, groups, schools, "åk 6" or "alla"
    When: 1 15:10                school days ago and the time; "tomorrow 07:30" (the next school day);
                                 "break-8 10:00": so many days before the autumn break
    Sides: guardians             or pupils; both when it is left out
    Important: 4                 asks for "Jag har läst" within so many school days
    Picture: forest | A word on what it shows
    Attach: packlista            a paper of the folder `papers`
    Changed: 0 09:15 | A paragraph that was added then
    State: draft                 or withdrawn

`{+2}` in a text is the day of the school day after tomorrow, `{-3}` one that has been, `{week}` the week of the piece.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from skolnav.core.tenancy import clock

from .days import at, breaks, is_school_day, lately, school_day

FOLDER = Path(__file__).with_name("news")
MONTHS = "januari februari mars april maj juni juli augusti september oktober november december".split()
WEEKDAYS = "måndag tisdag onsdag torsdag fredag lördag söndag".split()
_PLACE = re.compile(r"\{([+-]\d+|week)\}")


@dataclass(frozen=True)
class Piece:
    """What a file says; moments and days are worked out."""

    name: str
    title: str
    body: str
    by: str
    to: str
    sides: str
    out_at: datetime
    due: date | None
    pictures: tuple[tuple[str, str], ...]
    papers: tuple[str, ...]
    changed_at: datetime | None
    addition: str
    state: str


def read_all(organiser: str) -> list[Piece]:
    """Every piece of one municipality ("ekdal" or "granby"), oldest first."""
    pieces = [read(file) for file in sorted((FOLDER / organiser).glob("*.md"))]
    return sorted(pieces, key=lambda piece: (piece.out_at, piece.name))


def read(file: Path) -> Piece:
    """The piece of a file. Raises KeyError for one that does not say what it must."""
    head_text, _, body = file.read_text(encoding="utf-8").partition("\n\n")
    lines = [line.partition(":") for line in head_text.splitlines()]
    head = {word.strip(): value.strip() for word, _, value in lines}
    out_at = moment(head["When"])
    changed, _, addition = head.get("Changed", "").partition("|")
    return Piece(
        name=file.stem,
        title=with_days(head["Title"], out_at),
        body=with_days(body.strip(), out_at),
        by=head["By"],
        to=head["To"],
        sides=head.get("Sides", "both"),
        out_at=out_at,
        due=school_day(int(head["Important"])) if "Important" in head else None,
        pictures=tuple(_pair(value.strip()) for word, _, value in lines if word == "Picture"),
        papers=tuple(value.strip() for word, _, value in lines if word == "Attach"),
        changed_at=moment(changed.strip()) if changed else None,
        addition=with_days(addition.strip(), out_at),
        state=head.get("State", ""),
    )


def moment(words: str) -> datetime:
    """When "1 15:10", "tomorrow 07:30" or "break-8 10:00" was or will be."""
    day, _, clock_time = words.partition(" ")
    hour, minute = (int(part) for part in clock_time.split(":"))
    if day == "tomorrow":
        return at(school_day(1 if is_school_day(clock.today()) else 0), hour, minute)
    if day.startswith("break"):
        return at(breaks()[0].first + timedelta(days=int(day.removeprefix("break"))), hour, minute)
    return lately(int(day), hour, minute)


def with_days(text: str, out_at: datetime) -> str:
    """The text with its places for days filled in."""

    def day(match: re.Match[str]) -> str:
        if match[1] == "week":
            return str(out_at.astimezone(clock.STOCKHOLM).isocalendar().week)
        return spoken(school_day(int(match[1])))

    return _PLACE.sub(day, text)


def spoken(day: date) -> str:
    """ "torsdag 26 november"."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def earliest() -> datetime:
    """News older than this is not written: families look back two months."""
    return datetime.combine(clock.today() - timedelta(days=62), time.min, clock.STOCKHOLM)


def _pair(value: str) -> tuple[str, str]:
    motif, _, alt = value.partition("|")
    return motif.strip(), alt.strip()
