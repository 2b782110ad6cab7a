"""Weekly lessons: added, changed from a day on, taken away and brought back.

What has taken place stays as it was: a change ends the old lesson the day before and begins a new one, so registers
and tests of earlier days keep theirs. Days to come that somebody has written on follow where the rhythm is the same.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from skolnav.core.access.viewer import Viewer
from skolnav.core.audit.log import record
from skolnav.core.people.models.guardianship import Source
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.ids import new_public_id
from skolnav.core.tenancy.versions import lock_version
from skolnav.core.timetable.hanging import written_on
from skolnav.core.timetable.models import (
    Activity,
    Lesson,
    LessonMark,
    LessonOccurrence,
    LessonSubstitute,
    Room,
)

from ..queries.patterns import Pattern
from .permits import require_leader
from .retelling import retell_lessons, withdraw_gone

# What follows a lesson to its new time, or goes with it; anything else (a register) keeps the day as it was.
OF_THE_DAY = (LessonMark, LessonSubstitute)
# What `follow` sets.
FOLLOWING = ("lesson", "activity", "starts", "ends", "room", "version")


@dataclass(frozen=True)
class Times:
    """A weekly time with its room, one that is there or a new one by name, and what to bring."""

    pattern: Pattern
    room: Room | None = None
    new_room: str = ""
    bring: str = ""


@transaction.atomic
def add_lesson(*, actor: Viewer, activity: Activity, times: Times) -> Lesson:
    """Put a weekly time on the timetable. Raises NotAllowed."""
    require_leader(actor, activity.school_id)
    lesson = _create(activity, times, actor)
    record(actor, "add_lesson", lesson)
    return lesson


@transaction.atomic
def change_lesson(*, actor: Viewer, lesson: Lesson, version: int, activity: Activity, times: Times) -> Lesson:
    """Change a weekly time from `times.pattern.first_day` on; gives the lesson that holds from then.

    A lesson that has not begun by then is changed where it stands, and so is one of which only the last day or what
    to bring is another. Raises EditedMeanwhile when it is no longer at `version`, and NotAllowed.
    """
    require_leader(actor, lesson.activity.school_id)
    require_leader(actor, activity.school_id)
    now = lock_version(lesson, version)
    before, day = Before(Pattern.of(now), now.room_id), times.pattern.first_day
    now.source = Source.OFFICE
    if day <= now.first_day or _is_same_time(now, activity, times):
        changed = _change_here(now, activity, times)
        _bring(changed, times.bring, actor)
    else:
        now.last_day = min(now.last_day, day - timedelta(days=1))
        now.save()
        changed = _create(activity, times, actor)
        _carry_marks(now, changed)
    _carry_days(now, before, changed, day)
    record(actor, "change_lesson", changed, from_day=day.isoformat(), before=now.pk)
    return changed


@transaction.atomic
def remove_lesson(*, actor: Viewer, lesson: Lesson) -> tuple[date, date]:
    """Take a weekly time off the timetable from today on, or from tomorrow where today has a register; what has been
    stays. Gives the first and last day that it had, which `restore_lesson` takes. Raises NotAllowed."""
    require_leader(actor, lesson.activity.school_id)
    now = _locked(lesson)
    had = now.first_day, now.last_day
    today = actor.today
    held = LessonOccurrence.everything.filter(lesson=now, day=today).values_list("pk", flat=True)
    last = today if written_on(held, besides=OF_THE_DAY) else today - timedelta(days=1)
    now.last_day = min(now.last_day, last)
    if now.last_day < now.first_day:
        # It never began. A day that is not its weekday: it has no lesson at all, and can still be brought back.
        now.first_day = now.last_day = _never(now.weekday, today)
    now.source = Source.OFFICE
    now.version += 1
    now.save()
    retell_lessons([now.pk], today)
    record(actor, "remove_lesson", now)
    return had


@transaction.atomic
def restore_lesson(*, actor: Viewer, lesson: Lesson, version: int, first_day: date, last_day: date) -> None:
    """Undo a removal: the lesson has the days it had. Raises EditedMeanwhile and NotAllowed."""
    require_leader(actor, lesson.activity.school_id)
    now = lock_version(lesson, version)
    now.first_day, now.last_day = first_day, max(first_day, last_day)
    now.save()
    retell_lessons([now.pk], actor.today)
    record(actor, "restore_lesson", now)


@dataclass(frozen=True, slots=True)
class Before:
    """What the weekly time was before a change: its stored days are compared with that."""

    pattern: Pattern
    room_id: int | None


def _locked(lesson: Lesson) -> Lesson:
    return Lesson.everything.select_for_update().get(pk=lesson.pk)


def _never(weekday: int, today: date) -> date:
    yesterday = today - timedelta(days=1)
    return yesterday if yesterday.weekday() != weekday else yesterday - timedelta(days=1)


def _create(activity: Activity, times: Times, actor: Viewer) -> Lesson:
    lesson = Lesson.everything.create(
        organiser_id=activity.organiser_id,
        activity=activity,
        room=_room(activity, times),
        **asdict(times.pattern),
    )
    if times.bring:
        _add_bring(lesson, times.bring, actor)
    return lesson


def _room(activity: Activity, times: Times) -> Room | None:
    """The room, made where it is new; two who think of the same name at once get the same."""
    if times.room or not times.new_room:
        return times.room
    room, _ = Room.everything.get_or_create(
        school_id=activity.school_id,
        name=times.new_room,
        defaults={"organiser_id": activity.organiser_id},
    )
    return room


def _is_same_time(now: Lesson, activity: Activity, times: Times) -> bool:
    """Whether only the last day or what to bring is another: then there is nothing to part at the day."""
    old, new = asdict(Pattern.of(now)), asdict(times.pattern)
    same = all(old[name] == new[name] for name in old if name not in ("first_day", "last_day"))
    room_id = times.room.pk if times.room else None
    return same and now.activity_id == activity.pk and now.room_id == room_id and not times.new_room


def _change_here(now: Lesson, activity: Activity, times: Times) -> Lesson:
    values: dict[str, Any] = asdict(times.pattern)
    if values["first_day"] > now.first_day:
        values["first_day"] = now.first_day  # the same time: it began when it did
    for name, value in values.items():
        setattr(now, name, value)
    now.activity, now.room = activity, _room(activity, times)
    now.save()
    return now


def _bring(lesson: Lesson, text: str, actor: Viewer) -> None:
    """What to bring each week: one line, in place of what stood there."""
    marks = LessonMark.everything.filter(lesson=lesson, kind=LessonMark.Kind.BRING)
    if ", ".join(marks.values_list("text", flat=True)) != text:
        marks.delete()
        if text:
            _add_bring(lesson, text, actor)


def _add_bring(lesson: Lesson, text: str, actor: Viewer) -> None:
    LessonMark.everything.create(
        organiser_id=lesson.organiser_id,
        lesson=lesson,
        kind=LessonMark.Kind.BRING,
        text=text,
        author_id=actor.person_id,
        created_at=clock.now(),
    )


def _carry_marks(old: Lesson, new: Lesson) -> None:
    """Standing marks of other kinds hold for the new time too."""
    marks = list(LessonMark.everything.filter(lesson=old).exclude(kind=LessonMark.Kind.BRING))
    for mark in marks:
        mark.pk, mark.lesson = None, new
        mark.public_id = new_public_id()
    LessonMark.everything.bulk_create(marks)


def days_ahead(lesson: Lesson, day: date) -> list[LessonOccurrence]:
    """The stored days of a weekly time from a day on: cancelled, moved, with a substitute or a test."""
    return list(LessonOccurrence.everything.filter(lesson=lesson, day__gte=day).order_by("day"))


def _carry_days(old: Lesson, before: Before, new: Lesson, day: date) -> None:
    """Stored days from `day` on follow to the new time where it falls on the same days. Else they go, with their tests
    and substitutes (the form has said so); one with a register stays as it was taken."""
    rows = days_ahead(old, day)
    following = [row for row in rows if Pattern.of(new).takes_place_on(row.day)]
    for row in following:
        follow(row, before, new)
    LessonOccurrence.everything.bulk_update(following, FOLLOWING)
    left = {row.pk for row in rows} - {row.pk for row in following}
    gone = left - set(written_on(left, besides=OF_THE_DAY))
    if gone:
        LessonOccurrence.everything.filter(pk__in=gone).delete()
        withdraw_gone()
    if rows:
        retell_lessons({old.pk, new.pk}, day)


def follow(row: LessonOccurrence, before: Before, new: Lesson) -> None:
    """A day that nobody moved is at the new time; one that was moved keeps its own."""
    if (row.starts, row.ends) == _span(row.day, before.pattern):
        row.starts, row.ends = _span(row.day, Pattern.of(new))
    if row.room_id == before.room_id:
        row.room_id = new.room_id
    row.lesson, row.activity = new, new.activity
    row.version += 1


def _span(day: date, pattern: Pattern) -> tuple[datetime, datetime]:
    return (
        datetime.combine(day, pattern.starts_at, clock.STOCKHOLM),
        datetime.combine(day, pattern.ends_at, clock.STOCKHOLM),
    )
