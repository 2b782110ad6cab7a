"""Activities and their calendar events."""

from datetime import timedelta

from skolnav.core.tenancy import clock
from skolnav.core.timetable.models import Activity as ActivityRow
from skolnav.exchange.ss12000.entities import Activity, CalendarEvent
from skolnav.exchange.ss12000.problems import Reason
from skolnav.exchange.ss12000.raw import Row

KINDS = {
    "Undervisning": ActivityRow.Kind.TEACHING,
    "Rast": ActivityRow.Kind.BREAK,
    "Lunch": ActivityRow.Kind.BREAK,
    "Elevaktivitet": ActivityRow.Kind.OTHER,
    "Provaktivitet": ActivityRow.Kind.OTHER,
    "Läraraktivitet": ActivityRow.Kind.OTHER,
    "Övrigt": ActivityRow.Kind.OTHER,
}
LONGEST_NAME, LONGEST_SUBJECT, LONGEST_CODE, LONGEST_ROOM = 80, 60, 20, 40
FARTHEST = timedelta(days=3 * 366)
EXCEPTIONS = ("studentExceptions", "teacherExceptions")


def parse_activity(row: Row) -> Activity | None:
    period = row.period()
    groups, groups_understood = row.each("groups", _id_of)
    if period is None:
        return None
    if not groups:
        row.report(Reason.MISSING_FIELD, "groups")
        return None
    teachers, teachers_understood = row.each("teachers", _teacher)
    code, subject = _subject(row)
    understood = {"activityGroups": groups_understood, "activityTeachers": teachers_understood}
    return Activity(
        id=row.id,
        name=row.text("displayName", LONGEST_NAME) or subject or "",
        period=period,
        groups=groups,
        teacher_duties=tuple(id for key, id in teachers if key == "duty"),
        teacher_persons=tuple(id for key, id in teachers if key == "person"),
        kind=_kind(row),
        organisation=row.reference("organisation") if row.raw.get("organisation") else None,
        subject_code=code,
        subject=subject,
        unreadable=frozenset(name for name, whole in understood.items() if not whole),
    )


def parse_calendar_event(row: Row) -> CalendarEvent | None:
    activity = row.reference("activity")
    starts, ends = row.moment("startTime"), row.moment("endTime")
    for key in ("startTime", "endTime"):
        if row.raw.get(key) is None:
            row.report(Reason.MISSING_FIELD, key)
    if activity is None or starts is None or ends is None:
        return None
    if abs(starts.date() - row.notes.today) > FARTHEST or abs(ends.date() - row.notes.today) > FARTHEST:
        row.report(Reason.IMPLAUSIBLE_DATE, "startTime", starts.isoformat())
        return None
    if ends <= starts:
        row.report(Reason.ENDS_BEFORE_START, row.type)
        return None
    starts, ends = starts.astimezone(clock.STOCKHOLM), ends.astimezone(clock.STOCKHOLM)
    if starts.date() != ends.date():
        row.report(Reason.ACROSS_MIDNIGHT, row.type)
        return None
    _report_exceptions(row)
    room, room_id = _room(row)
    return CalendarEvent(row.id, activity, starts, ends, row.boolean("cancelled"), room, room_id)


def _kind(row: Row) -> ActivityRow.Kind:
    """Teaching where nothing is said; a word that nobody knows is reported and no break."""
    if row.raw.get("activityType") is None:
        return ActivityRow.Kind.TEACHING
    return row.choice("activityType", KINDS) or ActivityRow.Kind.OTHER


def _subject(row: Row) -> tuple[str, str]:
    """The subject's code and name, each empty where the source does not say."""
    inner = row.raw.get("subject")
    if inner is None:
        return "", ""
    if not isinstance(inner, dict):
        row.report(Reason.WRONG_TYPE, "subject")
        return "", ""
    subject = Row(row.type, row.id, inner, row.notes, "subject")
    return subject.text("code", LONGEST_CODE) or "", subject.text("displayName", LONGEST_SUBJECT) or ""


def _room(row: Row) -> tuple[str | None, str]:
    """The first room's name and id; None where the lesson has no room with a name."""
    rooms = list(row.objects("rooms"))
    if not rooms:
        return None, ""
    if len(rooms) > 1:
        row.report(Reason.SEVERAL_ROOMS, "rooms")
    name = rooms[0].text("displayName", LONGEST_ROOM)
    return name or None, (rooms[0].text("id", 64) or "").lower()


def _report_exceptions(row: Row) -> None:
    for key in EXCEPTIONS:
        if row.raw.get(key):
            row.report(Reason.EXCEPTIONS_LEFT_OUT, key)


def _id_of(row: Row) -> str | None:
    return Row(row.type, row.id, {"group": row.raw}, row.notes, row.path).reference("group")


def _teacher(row: Row) -> tuple[str, str] | None:
    """The duty, as the standard has it; or the person, as servers have it."""
    key = "duty" if row.raw.get("duty") else "person"
    found = row.reference(key)
    return (key, found) if found else None
