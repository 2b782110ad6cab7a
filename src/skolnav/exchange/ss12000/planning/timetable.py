"""Activities and calendar events are not stored yet: their references are checked, so that faults are told now."""

from skolnav.exchange.ss12000.problems import Reason
from skolnav.exchange.ss12000.source import EntityType

from .context import Context


def check_timetable(context: Context) -> None:
    reading = context.reading
    for activity in reading.activities.rows.values():
        for group in activity.groups:
            if group not in reading.groups.rows and not reading.groups.may_hold(group):
                context.report(EntityType.ACTIVITIES, activity.id, Reason.UNKNOWN_GROUP, "groups", group)
        for duty in activity.teacher_duties:
            if duty not in reading.duties.rows and not reading.duties.may_hold(duty):
                context.report(EntityType.ACTIVITIES, activity.id, Reason.UNKNOWN_DUTY, "teachers.duty", duty)
        for person in activity.teacher_persons:
            context.takes_part(EntityType.ACTIVITIES, activity.id, person, "teachers.person")
    for event in reading.calendar_events.rows.values():
        if event.activity not in reading.activities.rows and not reading.activities.may_hold(event.activity):
            context.report(
                EntityType.CALENDAR_EVENTS, event.id, Reason.UNKNOWN_ACTIVITY, "activity", event.activity
            )
