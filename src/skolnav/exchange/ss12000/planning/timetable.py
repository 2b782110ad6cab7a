"""The timetable: activities with their groups and teachers, rooms, and calendar events as lessons of one day."""

from .activities import plan_activities, plan_activity_groups, plan_activity_teachers
from .changes import Ref
from .context import Context
from .events import plan_events, plan_rooms, report_unknown_activities


def plan_timetable(context: Context) -> None:
    """A source without activities or without events says nothing of them: then none of them ends."""
    if context.reading.read["activities"]:
        plan_activities(context)
        plan_activity_groups(context)
        plan_activity_teachers(context)
    if context.reading.read["calendarEvents"]:
        report_unknown_activities(context)
        plan_rooms(context)
        plan_events(context)


def known_of_timetable(context: Context) -> dict[Ref, int]:
    """The activities and rooms that are here, by what the source calls them."""
    rows = context.snapshot.timetable
    known = {Ref.to("activities", row.source_id): row.pk for row in rows.activities}
    known |= {Ref.to("rooms", context.unit_ref(row.school_id).id, row.name): row.pk for row in rows.rooms}
    return known
