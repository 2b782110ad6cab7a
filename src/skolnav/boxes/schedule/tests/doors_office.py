"""Who gets in where, in the office's grid. What a row says: `skolnav/tests/doors.py`."""

from datetime import time, timedelta

from django.apps import apps

from skolnav.core.tenancy import clock
from skolnav.core.timetable.models import Activity, ActivityGroup, Lesson
from skolnav.tests.door import GRETA, Door

LEADERS = frozenset({"ingrid", "lena"})
LED = Door(LEADERS, GRETA)

DOORS = {
    "schedule_staff:office": Door(LEADERS | GRETA),
    "schedule_staff:office_week": LED,
    "schedule_staff:office_new": LED,
    "schedule_staff:office_lesson": LED,
    "schedule_staff:office_remove": LED,
    "schedule_staff:office_restore": LED,
    "schedule_staff:office_activity": LED,
}
ROWS_OF_URL = {
    ("schedule_staff:office_lesson", "lesson"): "weekly_lesson",
    ("schedule_staff:office_remove", "lesson"): "weekly_lesson",
    ("schedule_staff:office_restore", "lesson"): "weekly_lesson",
    ("schedule_staff:office_activity", "activity"): "weekly_activity",
}


def rows(home):
    """A weekly time of the group's, on any day of the year; and a file of them (exchange:timetable_plan)."""
    since = clock.today() - timedelta(days=7)
    activity = Activity.everything.create(
        organiser_id=home.school.organiser_id,
        school=home.school,
        name="Bild",
        subject="Bild",
        valid_from=since,
    )
    ActivityGroup.objects.create(activity=activity, group=home.group)
    lesson = Lesson.everything.create(
        organiser_id=home.school.organiser_id,
        activity=activity,
        weekday=0,
        starts_at=time(8),
        ends_at=time(9),
        cycle_start=since - timedelta(days=since.weekday()),
        first_day=since,
        last_day=since + timedelta(days=300),
    )
    file = apps.get_model("exchange", "TimetableFile").everything.create(  # (an edge: boxes do not import it)
        organiser_id=home.school.organiser_id,
        school=home.school,
        asked_by_id=home.office.pk,
        asked_at=clock.now(),
        file_name="schema.csv",
    )
    return {"weekly_lesson": lesson, "weekly_activity": activity, "timetable_file": file}
