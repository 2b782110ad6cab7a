"""Who gets in where. What a row says: `skolnav/tests/doors.py`."""

from datetime import datetime, time, timedelta
from typing import Any

from skolnav.core.tenancy.clock import STOCKHOLM, today
from skolnav.core.timetable.models import Activity, ActivityGroup, ActivityTeacher, LessonOccurrence
from skolnav.tests.door import EDITORS, GRETA, STAFF, Door

OF_THE_CLASS = EDITORS | {"erik"}

DOORS = {
    "absence_staff:index": Door(STAFF),
    "absence_staff:lessons": Door(STAFF),
    "absence_staff:missing": Door(STAFF),
    "absence_staff:phone": Door(STAFF),
    "absence_staff:phone_report": Door(EDITORS, GRETA),
    "absence_staff:class": Door(OF_THE_CLASS, GRETA),
    "absence_staff:portrait": Door(EDITORS, GRETA),
    "absence_staff:portrait_remove": Door(EDITORS, GRETA),
    "absence_staff:lesson": Door(EDITORS, GRETA),
    "absence_staff:lesson_history": Door(EDITORS, GRETA),
    "absence_staff:class_day": Door(OF_THE_CLASS, GRETA),
    "absence_staff:class_day_history": Door(OF_THE_CLASS, GRETA),
}
ROWS_OF_URL = {
    ("absence_staff:lesson", "lesson"): "lesson_to_take",
    ("absence_staff:lesson_history", "lesson"): "lesson_to_take",
}
WORDS = {"day": today()}


def rows(home: Any) -> dict[str, Any]:
    """A lesson that stands alone, so that it is there whatever day the tests run, taught by the writer."""
    of = {"organiser_id": home.school.organiser_id}
    activity = Activity.everything.create(**of, school=home.school, name="Elevens val", valid_from=today())
    ActivityGroup.objects.create(activity=activity, group=home.group)
    ActivityTeacher.objects.create(activity=activity, person=home.writer, valid_from=today())
    starts = datetime.combine(today(), time(9), STOCKHOLM)
    lesson = LessonOccurrence.everything.create(
        **of, activity=activity, day=today(), starts=starts, ends=starts + timedelta(hours=1)
    )
    return {"lesson_to_take": lesson}
