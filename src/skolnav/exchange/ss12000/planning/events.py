"""Calendar events: lessons of one day each, in rooms that are known by their names."""

from skolnav.exchange.ss12000.entities import CalendarEvent
from skolnav.exchange.ss12000.problems import Reason

from .activities import ACTIVITIES, unit_of
from .changes import Existing, Ref, Wanted
from .context import Context

ROOMS, EVENTS = "rooms", "calendarEvents"


def plan_rooms(context: Context) -> None:
    """A school has one room of each name, whoever made it. No room is ended: it may be used again."""
    wanted: dict[tuple[str, str], Wanted] = {}
    for event in context.reading.calendar_events.rows.values():
        unit = _unit_of(context, event)
        if unit and event.room:
            wanted.setdefault(
                (unit, event.room),
                Wanted(
                    ROOMS, event.room_id, (unit, event.room), event.room, {},
                    {"source_id": event.room_id, "school": Ref.to("organisations", unit), "name": event.room},
                ),
            )  # fmt: skip
    existing = [
        Existing(
            ROOMS, row.pk, "", (context.unit_ref(row.school_id).id, row.name), row.name, {}, is_local=True
        )
        for row in context.snapshot.timetable.rooms
    ]
    context.compare(ROOMS, wanted.values(), existing, is_kept=lambda row: True)


def plan_events(context: Context) -> None:
    """What somebody at the school has changed for the day is the school's, as it stands."""
    wanted = [
        row for event in context.reading.calendar_events.rows.values() if (row := _wanted(context, event))
    ]
    activities = {row.pk: row for row in context.snapshot.timetable.activities}
    rooms = {row.pk: row for row in context.snapshot.timetable.rooms}
    existing = []
    for row in context.snapshot.timetable.events:
        activity, room = activities[row.activity_id], rooms.get(row.room_id)
        parent = Ref.to(ACTIVITIES, activity.source_id)
        values = {
            "activity": parent,
            "day": row.day,
            "starts": row.starts,
            "ends": row.ends,
            "room": Ref.to(ROOMS, context.unit_ref(room.school_id).id, room.name) if room else None,
            "is_cancelled": row.is_cancelled,
        }
        is_local = context.is_local(row)
        name = f"{activity.name}, {row.day}"
        existing.append(
            Existing(
                EVENTS, row.pk, row.source_id, (row.source_id,), name, values, [parent], is_local=is_local
            )
        )
    context.compare(EVENTS, wanted, existing, is_kept=lambda row: _is_kept(context, row))


def _wanted(context: Context, event: CalendarEvent) -> Wanted | None:
    unit = _unit_of(context, event)
    if unit is None:
        context.uncertain.add((EVENTS, event.id))
        return None
    activity = context.reading.activities.rows[event.activity]
    return Wanted(
        EVENTS,
        event.id,
        (event.id,),
        f"{activity.name}, {event.starts:%Y-%m-%d %H.%M}",
        {
            "activity": Ref.to(ACTIVITIES, activity.id),
            "day": event.starts.date(),
            "starts": event.starts,
            "ends": event.ends,
            "room": Ref.to(ROOMS, unit, event.room) if event.room else None,
            "is_cancelled": event.is_cancelled,
        },
        {"source_id": event.id},
    )


def _unit_of(context: Context, event: CalendarEvent) -> str | None:
    """The school unit of the event's activity; None where the event cannot be placed."""
    activity = context.reading.activities.rows.get(event.activity)
    return unit_of(context, activity) if activity else None


def report_unknown_activities(context: Context) -> None:
    """Events of an activity that the source does not have."""
    activities = context.reading.activities
    for event in context.reading.calendar_events.rows.values():
        if event.activity not in activities.rows and not activities.may_hold(event.activity):
            context.report(EVENTS, event.id, Reason.UNKNOWN_ACTIVITY, "activity", event.activity)


def _is_kept(context: Context, row: Existing) -> bool:
    """Lessons that the source may still have, and those that somebody at the school has written on."""
    if context.reading.calendar_events.may_hold(row.id) or (EVENTS, row.id) in context.uncertain:
        return True
    what = context.snapshot.timetable.written_on.get(row.pk)
    if what:
        context.report(EVENTS, row.id, Reason.KEPT_BY_SCHOOL, "", what)
    return what is not None
