"""Which week and day an address asks for: `?vecka=2026-W49`, `?vecka=49&ar=2026`, `?dag=2026-12-01`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from skolnav.core.tenancy import clock

_WEEK = re.compile(r"(?:(\d{4})-?[WVwv])?0?(\d{1,2})", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_SATURDAY = 5
YEARS_AWAY = 10
VIEWS = ("dag", "vecka")


@dataclass(frozen=True, slots=True)
class Asked:
    """A week by its Monday and a day of it. `view` is "dag", "vecka" or "": whatever suits the screen.

    `is_wrong` when the address made no sense, and this is the week at hand instead.
    """

    monday: date
    chosen: date
    view: str = ""
    is_wrong: bool = False
    is_for_paper: bool = False

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def week(self) -> int:
        return self.monday.isocalendar().week

    @property
    def year(self) -> int:
        return self.monday.isocalendar().year

    @property
    def before(self) -> date:
        """The Monday of the week before."""
        return self.monday - timedelta(days=7)

    @property
    def after(self) -> date:
        """The Monday of the week after."""
        return self.monday + timedelta(days=7)

    def to_week(self, monday: date, view: str | None = None) -> str:
        """The query that leads to another week, or to this one in another form."""
        year, week, _ = monday.isocalendar()
        return f"?vecka={year}-W{week:02}{self._form(view)}"

    def to_day(self, day: date, view: str | None = None) -> str:
        """The query that leads to a day."""
        return f"?dag={day.isoformat()}{self._form(view)}"

    def _form(self, view: str | None) -> str:
        kept = self.view if view is None else view
        return f"&visa={kept}" if kept else ""


def asked_for(query: Mapping[str, str], today: date) -> Asked:
    """What the query of an address asks for; on a Saturday or Sunday the week to come, where it asks for nothing."""
    view = query.get("visa", "")
    day, is_wrong = _day(query, today)
    monday = clock.monday_of(day)
    is_week = "vecka" in query and not is_wrong
    chosen = today if is_week and monday <= today < monday + timedelta(days=7) else day
    return Asked(monday, chosen, view if view in VIEWS else "", is_wrong, "skriv-ut" in query)


def _day(query: Mapping[str, str], today: date) -> tuple[date, bool]:
    """The day asked for (a week's Monday), and whether what was asked made no sense."""
    at_hand = today + timedelta(days=7 - today.weekday()) if today.weekday() >= _SATURDAY else today
    asked = [query.get(name, "").strip() for name in ("dag", "vecka", "ar")]
    if not any(asked):
        return at_hand, False
    found = _of_iso(asked[0]) if asked[0] else _of_week(asked[1], asked[2], at_hand)
    if found is None or abs(found.year - today.year) > YEARS_AWAY:
        return at_hand, True
    return found, False


def _of_iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _of_week(week: str, year: str, at_hand: date) -> date | None:
    """The Monday of a week's number; without a year it is this ISO year's."""
    match = _WEEK.fullmatch(week)
    if match is None or (year and not _YEAR.fullmatch(year)):
        return None
    asked_year = match[1] or year or at_hand.isocalendar().year
    try:
        return date.fromisocalendar(int(asked_year), int(match[2]), 1)
    except ValueError:
        return None
