"""Reads for the calendar's pages."""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from skolnav.core.access.viewer import PupilInCare, Viewer
from skolnav.core.boxes.registry import WrittenLine
from skolnav.core.feed.reading import DayLine, happenings_for
from skolnav.core.web.addresses import url

from .models import CalendarEntry

LIST_DAYS = 120


@dataclass(frozen=True, slots=True)
class Day:
    """A square of the month or a column of the week."""

    date: date
    is_today: bool
    is_inside: bool  # of the month that is shown
    lines: Sequence[DayLine]


@dataclass(frozen=True, slots=True)
class Span:
    """What a page shows: from one day to another, with the page before and after it."""

    first: date
    last: date
    before: date
    after: date
    month: date

    def nearest(self, today: date) -> date:
        """The day that stays in sight when one looks another way: today where it shows, else where the span begins."""
        return today if self.first <= today <= self.last else self.month


def month_span(day: date) -> Span:
    """The whole weeks that hold the day's month."""
    first = day.replace(day=1)
    last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    shown_first = first - timedelta(days=first.weekday())
    shown_last = last + timedelta(days=6 - last.weekday())
    return Span(
        shown_first, shown_last, (first - timedelta(days=1)).replace(day=1), last + timedelta(days=1), first
    )


def week_span(day: date) -> Span:
    """Monday to Sunday of the day's ISO week."""
    monday = day - timedelta(days=day.weekday())
    week = timedelta(days=7)
    return Span(monday, monday + timedelta(days=6), monday - week, monday + week, monday)


def list_span(day: date) -> Span:
    """Some four months from the day on."""
    length = timedelta(days=LIST_DAYS)
    return Span(day, day + length - timedelta(days=1), day - length, day + length, day)


def lines_in(viewer: Viewer, span: Span, pupils: Sequence[PupilInCare] | None, kind: str) -> list[DayLine]:
    """What happens in the span, of one kind or of all. One statement."""
    found = happenings_for(viewer, span.first, span.last, pupils)
    return [line for line in found if not kind or line.line.kind == kind]


def days_of(span: Span, lines: Iterable[DayLine], today: date) -> list[Day]:
    """Each day of the span with what happens on it."""
    kept = list(lines)
    count = (span.last - span.first).days + 1
    dates = [span.first + timedelta(days=step) for step in range(count)]
    return [
        Day(
            day,
            day == today,
            day.month == span.month.month,
            [one for one in kept if one.first_day <= day <= one.last_day],
        )
        for day in dates
    ]


def weeks_of(days: Sequence[Day]) -> list[Sequence[Day]]:
    """The days by seven."""
    return [days[start : start + 7] for start in range(0, len(days), 7)]


def entries_of_staff(viewer: Viewer, words: str, past: bool) -> QuerySet[CalendarEntry]:
    """The entries of the viewer's schools: what is coming, or what was; newest of what was first."""
    entries: Any = CalendarEntry.objects.visible_to(viewer).select_related("cancellation")
    entries = entries.prefetch_related("audiences")
    if words:
        entries = entries.filter(Q(title__icontains=words) | Q(place__icontains=words))
    coming = entries.filter(last_day__gte=viewer.today).order_by("first_day", "pk")
    gone = entries.filter(last_day__lt=viewer.today).order_by("-first_day", "-pk")
    shown: QuerySet[CalendarEntry] = gone if past else coming
    return shown


def written_by(viewer: Viewer) -> list[WrittenLine]:
    """The five entries that the viewer worked on last. One query."""
    return _latest(_editable(viewer).filter(author=viewer.person_id), 5)


def find(viewer: Viewer, words: str) -> list[WrittenLine]:
    """Up to twenty entries that the viewer may change and that hold every word. One query."""
    found = _editable(viewer)
    for word in words.split()[:8]:
        found = found.filter(
            Q(title__icontains=word) | Q(place__icontains=word) | Q(description__icontains=word)
        )
    return _latest(found, 20)


def _editable(viewer: Viewer) -> Any:
    return CalendarEntry.objects.editable_by(viewer).select_related("cancellation", "removal")


def _latest(entries: Any, most: int) -> list[WrittenLine]:
    return [
        WrittenLine(
            entry.title, url("calendar_staff:change", entry=entry.public_id), state_of(entry), entry.saved_at
        )
        for entry in entries.order_by("-saved_at")[:most]
    ]


def state_of(entry: CalendarEntry) -> str:
    """How an entry stands, in a word."""
    if hasattr(entry, "removal"):
        return _("Borttagen")
    if hasattr(entry, "cancellation"):
        return _("Inställd")
    return _("I kalendern")
