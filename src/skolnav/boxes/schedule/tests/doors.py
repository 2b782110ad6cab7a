"""Who gets in where. What a row says: `skolnav/tests/doors.py`."""

from datetime import datetime, time, timedelta
from typing import Any

from skolnav.core.tenancy.clock import STOCKHOLM, now, today
from skolnav.core.timetable.models import (
    Activity,
    ActivityGroup,
    ActivityTeacher,
    LessonMark,
    LessonOccurrence,
    Room,
)
from skolnav.tests.door import FAMILY, GRETA, PIECE, STAFF, Door

AT_EKDAL = frozenset({"sara", "erik", "pelle", "ingrid", "lena"})
LEADERS = frozenset({"ingrid", "lena"})

DOORS = {
    "schedule:index": Door(FAMILY),
    "schedule:day": Door(FAMILY),
    "schedule_staff:index": Door(STAFF),
    "schedule_staff:group": Door(AT_EKDAL, GRETA),
    "schedule_staff:room": Door(AT_EKDAL, GRETA),
    "schedule_staff:colleague": Door(AT_EKDAL, GRETA),
    "schedule_staff:lesson": PIECE,
    "schedule_staff:add_mark": PIECE,
    "schedule_staff:remove_mark": PIECE,
    "schedule_staff:note": PIECE,
    "schedule_staff:cancel": PIECE,
    "schedule_staff:reinstate": PIECE,
    "schedule_staff:put_back": PIECE,
    "schedule_staff:move": PIECE,
    "schedule_staff:substitute": Door(LEADERS, GRETA),
    "schedule_staff:no_substitute": Door(LEADERS, GRETA),
}
ROWS_OF_URL = {
    (f"schedule_staff:{name}", "lesson"): "single_lesson"
    for name in (
        "lesson", "add_mark", "remove_mark", "note", "cancel", "reinstate", "put_back", "move", "substitute",
        "no_substitute",
    )
} | {
    ("schedule_staff:colleague", "person"): "colleague",
    ("schedule_staff:no_substitute", "person"): "colleague",
}  # fmt: skip
WORDS = {"day": today()}


def rows(home: Any) -> dict[str, Any]:
    """A lesson that stands alone, so that it is there whatever day the tests run, taught by the writer."""
    of = {"organiser_id": home.school.organiser_id}
    activity = Activity.everything.create(**of, school=home.school, name="Prov", valid_from=today())
    ActivityGroup.objects.create(activity=activity, group=home.group)
    ActivityTeacher.objects.create(activity=activity, person=home.writer, valid_from=today())
    starts = datetime.combine(today(), time(8), STOCKHOLM)
    lesson = LessonOccurrence.everything.create(
        **of, activity=activity, day=today(), starts=starts, ends=starts + timedelta(hours=1)
    )
    mark = LessonMark.everything.create(**of, occurrence=lesson, kind="test", created_at=now())
    room = Room.everything.create(**of, school=home.school, name="Sal 1")
    return {"single_lesson": lesson, "mark": mark, "room": room}
