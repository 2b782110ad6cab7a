"""What the start page's cards say of the lessons. No statement: the days hold them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from skolnav.core.access.viewer import Viewer
from skolnav.core.boxes.registry import BoxToday, DayFact, PreviewLine, PupilDay
from skolnav.core.tenancy import clock
from skolnav.core.timetable.occurrences import Mark, Occurrence
from skolnav.core.web.addresses import url
from skolnav.core.web.words import say_day, say_moment, say_time, upper_first

_LESSONS_AHEAD = 2
# A first lesson that is cancelled gives the morning off: worth a line of its own from this on.
_LATE_BY = timedelta(minutes=20)


def today(viewer: Viewer, days: Sequence[PupilDay]) -> BoxToday:
    """A line for each child's lessons on the box's card; on the day cards changes, tests, homework, things to bring."""
    now = clock.now()
    lines = [line for day in days if (line := _line(day, now))]
    return BoxToday(lines=lines, facts={day.pupil.id: list(_facts(day)) for day in days})


def _line(day: PupilDay, now: datetime) -> PreviewLine | None:
    """ "Nu: Matematik, Sal 214", else what comes: "10.10 NO · 12.00 Idrott"."""
    lessons = [lesson for lesson in day.taught if lesson.ends > now]
    if not lessons:
        return None
    first = lessons[0]
    if first.starts <= now:
        said = _("Nu: %(lesson)s") % {"lesson": ", ".join(filter(None, (first.title, first.room)))}
        return PreviewLine(said, (day.pupil,))
    said = " · ".join(f"{say_time(one.starts)} {one.title}" for one in lessons[:_LESSONS_AHEAD])
    if not day.is_today and day.day:
        said = f"{upper_first(say_day(day.day))} {said}"
    return PreviewLine(said, (day.pupil,))


def _facts(day: PupilDay) -> Iterator[DayFact]:
    address = f"{url('schedule:index', pupil=day.pupil.public_id)}?dag={day.day}"
    if late := _late_start(day):
        yield DayFact(late, "clock", address, tone="heed", order=10)
    for lesson in day.lessons:
        if said := _change(lesson):
            tone = "alert" if lesson.is_cancelled else "heed"
            yield DayFact(said, "triangle-alert", address, tone=tone, order=20)
    for lesson in day.taught:
        yield from _marks(lesson, address)


def _late_start(day: PupilDay) -> str:
    """That the day begins later than it would have, since its first lessons are cancelled or moved."""
    taught = day.taught
    planned = [_planned_start(one, day) for one in day.lessons if one.kind != "break"]
    begun = [one for one in planned if one]
    if not taught or not begun or taught[0].starts - min(begun) < _LATE_BY:
        return ""
    return _("Börjar först %(time)s") % {"time": say_time(taught[0].starts)}


def _planned_start(lesson: Occurrence, day: PupilDay) -> datetime | None:
    starts = lesson.was.starts if lesson.was else lesson.starts
    return starts if starts.date() == day.day else None


def _change(lesson: Occurrence) -> str:
    """A changed lesson in one line; empty where it is as ever."""
    said = {"lesson": lesson.title, "time": say_time(lesson.starts), "room": lesson.room}
    if lesson.is_cancelled:
        return _("Inställt: %(lesson)s %(time)s") % said
    if lesson.is_moved and lesson.was:
        same_day = lesson.was.starts.date() == lesson.starts.date()
        was = say_time(lesson.was.starts) if same_day else say_moment(lesson.was.starts)
        return _("%(lesson)s är flyttad till %(time)s, var %(was)s") % (said | {"was": was})
    if lesson.was:
        return _("%(lesson)s %(time)s är i %(room)s") % said if lesson.room else ""
    if lesson.substitutes:
        return _("%(lesson)s %(time)s har vikarie") % said
    return ""


def _marks(lesson: Occurrence, address: str) -> Iterable[DayFact]:
    for mark in lesson.marks:
        text, icon, order = _mark(lesson, mark)
        yield DayFact(text, icon, address, order=order)


def _mark(lesson: Occurrence, mark: Mark) -> tuple[str, str, int]:
    said = {"lesson": lesson.title, "time": say_time(lesson.starts), "what": _as_told(mark.text)}
    if mark.kind == "test":
        text = _("Prov i %(lesson)s %(time)s: %(what)s") if mark.text else _("Prov i %(lesson)s %(time)s")
        return text % said, "pencil-ruler", 40
    if mark.kind == "homework":
        text = _("Läxa i %(lesson)s: %(what)s") if mark.text else _("Läxa i %(lesson)s")
        return text % said, "notebook-pen", 42
    text = _("%(lesson)s %(time)s: ta med %(what)s") if mark.text else _("%(lesson)s %(time)s: ta med något")
    return text % said, "backpack", 30


def _as_told(text: str) -> str:
    """ "Gympapåse" within a sentence; "PE-kläder" and "X" are left as they are."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
