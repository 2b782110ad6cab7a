"""What the feed knows of the timetable: a lesson changed on its day, a test, homework. Lessons as such it does not."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, override

from skolnav.core.feed.models import group_key
from skolnav.core.feed.publishing import FeedItem, Reach, days_of
from skolnav.core.tenancy import clock
from skolnav.core.timetable.models import ActivityGroup, LessonMark, LessonOccurrence
from skolnav.core.timetable.occurrences import Occurrence
from skolnav.core.web.words import say_date, say_moment, say_time

from .models import BOX

# The notices that actions ask for; notices.py says what they read.
CHANGED, HOURS_CHANGED = "schedule.changed", "schedule.hours_changed"
CHANGED_FOR_STAFF, SUBSTITUTE = "schedule.changed_for_staff", "schedule.substitute"

IN_FEED = (LessonMark.Kind.TEST, LessonMark.Kind.HOMEWORK)
_SWEDISH = "sv"  # the language of the schools' own words, which the feed's titles are
Groups = Mapping[int, list[int]]
Place = tuple[datetime, datetime, int | None]  # from when to when, and in which room


def groups_of(activity_ids: Iterable[int]) -> Groups:
    """The groups of each activity. One statement."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = ActivityGroup.objects.filter(activity__in=list(activity_ids)).order_by("group_id")
    for activity_id, group_id in rows.values_list("activity_id", "group_id"):
        found[activity_id].append(group_id)
    return found


def change_item(row: LessonOccurrence, groups: Groups) -> FeedItem:
    """A lesson that is otherwise on its day, or is as ever again; its activity, weekly time and room are read."""
    params = change_of(row)
    with override(_SWEDISH):
        title = say_change(params, is_dated=True)
    return FeedItem(
        source=row,
        box=BOX,
        kind="change",
        title=title,
        params=params,
        link_name="schedule:day",
        link_args={"day": _day_of(row.starts)},
        reaches=_reaches(row, groups),
        icon="triangle-alert",
        published_at=row.changed_at or clock.now(),
        visible_until=clock.end_of(max(row.day, row.starts.astimezone(clock.STOCKHOLM).date())),
        revision=row.revision,
    )


def mark_item(mark: LessonMark, groups: Groups) -> FeedItem:
    """A test or homework of one day's lesson; its occurrence is read with activity."""
    row = mark.occurrence
    assert row is not None, "What holds for every week stands in no feed."
    said = {"lesson": title_of(row), "what": mark.text}
    with override(_SWEDISH):
        title = _say_mark(mark, said)
    return FeedItem(
        source=mark,
        box=BOX,
        kind=mark.kind,
        title=title,
        params={"cancelled": True} if row.is_cancelled else {},
        link_name="schedule:day",
        link_args={"day": _day_of(row.starts)},
        reaches=_reaches(row, groups),
        icon="pencil-ruler" if mark.kind == LessonMark.Kind.TEST else "notebook-pen",
        published_at=mark.created_at,
        happens=[days_of(row.starts, row.ends)],
        search_text=f"{title_of(row)}\n{mark.text}",
    )


def feed_items() -> Iterator[FeedItem]:
    """All that the organiser in scope has told, for `skolnav rebuild-feed`."""
    rows = LessonOccurrence.everything.filter(revision__gt=0).select_related("activity", "lesson", "room")
    marks = LessonMark.everything.filter(occurrence__isnull=False, kind__in=IN_FEED)
    read = marks.select_related("occurrence__activity", "occurrence__lesson")
    groups = groups_of(
        {*rows.values_list("activity_id", flat=True), *read.values_list("occurrence__activity_id", flat=True)}
    )
    for row in rows.iterator(chunk_size=500):
        if stands(row):
            yield change_item(row, groups)
    for mark in read.iterator(chunk_size=500):
        if mark.occurrence and stands(mark.occurrence):
            yield mark_item(mark, groups)


def stands(row: LessonOccurrence) -> bool:
    """Whether the timetable shows the day at all: its weekly time, which is read, has begun by then and not ended."""
    return row.lesson is None or row.lesson.first_day <= row.day <= row.lesson.last_day


def change_of(row: LessonOccurrence, before: Occurrence | None = None) -> dict[str, Any]:
    """How a day differs from its weekly time, as a notice's params: "cancelled", "moved", "room" or "restored".

    What stands alone has no weekly time: it differs from `before`; where nobody knows that any more it is "now".
    """
    was = _planned(row)
    if was is None and before is not None:
        was = before.starts, before.ends, before.room_id
    return {
        "state": _state(row, was),
        "lesson": title_of(row),
        "starts": row.starts.astimezone(clock.STOCKHOLM).isoformat(),
        "was": was[0].isoformat() if was else "",
        "room": row.room.name if row.room else "",
    }


def say_change(params: Mapping[str, Any], *, is_dated: bool = False) -> str:
    """The change in one line; `is_dated` for a text that is kept: "tors 26 nov" and never "i dag"."""
    starts = datetime.fromisoformat(params["starts"])
    said = {"lesson": params["lesson"], "room": params["room"], "when": _moment(starts, is_dated)}
    if params["state"] == "cancelled":
        return gettext("Inställt: %(lesson)s %(when)s") % said
    if params["state"] == "moved":
        said["was"] = _moment(datetime.fromisoformat(params["was"]), is_dated)
        return gettext("Flyttat: %(lesson)s är nu %(when)s, var %(was)s") % said
    if params["state"] == "room":
        if not params["room"]:
            return gettext("Ändrat: %(lesson)s %(when)s har ingen sal") % said
        return gettext("Ny sal: %(lesson)s %(when)s är i %(room)s") % said
    if params["state"] == "now":
        if not params["room"]:
            return gettext("Gäller nu: %(lesson)s %(when)s") % said
        return gettext("Gäller nu: %(lesson)s %(when)s i %(room)s") % said
    return gettext("Som vanligt igen: %(lesson)s %(when)s") % said


def title_of(row: LessonOccurrence) -> str:
    """What a family calls the lesson; its activity is read."""
    return row.activity.subject or row.activity.name


def _planned(row: LessonOccurrence) -> Place | None:
    if row.lesson is None:
        return None
    hours = row.lesson.starts_at, row.lesson.ends_at
    starts, ends = (datetime.combine(row.day, hour, clock.STOCKHOLM) for hour in hours)
    return starts, ends, row.lesson.room_id


def _state(row: LessonOccurrence, was: Place | None) -> str:
    if row.is_cancelled:
        return "cancelled"
    if was is None:
        return "now"
    if was[:2] != (row.starts, row.ends):
        return "moved"
    return "restored" if was[2] == row.room_id else "room"


def _say_mark(mark: LessonMark, said: Mapping[str, str]) -> str:
    if mark.kind == LessonMark.Kind.TEST:
        text = gettext("Prov i %(lesson)s: %(what)s") if mark.text else gettext("Prov i %(lesson)s")
    else:
        text = gettext("Läxa i %(lesson)s: %(what)s") if mark.text else gettext("Läxa i %(lesson)s")
    return text % said


def _reaches(row: LessonOccurrence, groups: Groups) -> list[Reach]:
    return [Reach(group_key(group_id)) for group_id in groups.get(row.activity_id, ())]


def _day_of(moment: datetime) -> str:
    return moment.astimezone(clock.STOCKHOLM).date().isoformat()


def _moment(moment: datetime, is_dated: bool) -> str:
    return f"{say_date(moment)} {say_time(moment)}" if is_dated else say_moment(moment)
