"""Activities and calendar events: read and checked, not stored until the box Schema comes."""

from skolnav.exchange.ss12000.entities import Activity, CalendarEvent
from skolnav.exchange.ss12000.problems import Reason
from skolnav.exchange.ss12000.raw import Row


def parse_activity(row: Row) -> Activity | None:
    name = row.text("displayName", longest=200)
    period = row.period()
    groups, _ = row.each("groups", _id_of)
    if period is None:
        return None
    if not groups:
        row.report(Reason.MISSING_FIELD, "groups")
        return None
    teachers, _ = row.each("teachers", _teacher)
    return Activity(
        id=row.id,
        name=name or "",
        period=period,
        groups=groups,
        teacher_duties=tuple(id for key, id in teachers if key == "duty"),
        teacher_persons=tuple(id for key, id in teachers if key == "person"),
    )


def parse_calendar_event(row: Row) -> CalendarEvent | None:
    activity = row.reference("activity")
    starts, ends = row.moment("startTime"), row.moment("endTime")
    for key in ("startTime", "endTime"):
        if row.raw.get(key) is None:
            row.report(Reason.MISSING_FIELD, key)
    if activity is None or starts is None or ends is None:
        return None
    if ends <= starts:
        row.report(Reason.ENDS_BEFORE_START, row.type)
        return None
    return CalendarEvent(row.id, activity, starts, ends, row.boolean("cancelled"))


def _id_of(row: Row) -> str | None:
    return Row(row.type, row.id, {"group": row.raw}, row.notes, row.path).reference("group")


def _teacher(row: Row) -> tuple[str, str] | None:
    """The duty, as the standard has it; or the person, as servers have it."""
    key = "duty" if row.raw.get("duty") else "person"
    found = row.reference(key)
    return (key, found) if found else None
