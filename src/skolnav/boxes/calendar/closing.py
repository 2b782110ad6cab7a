"""Lov and study days close the school: timetable, absence and fritids reckon with what the calendar says."""

from skolnav.core.schools.breaks import drop_breaks, set_breaks

from .models import CalendarEntry, Cancellation, Kind, Removal

CLOSING = {Kind.STUDY_DAY, Kind.HOLIDAY}


def keep_breaks(entry: CalendarEntry) -> None:
    """Bring the schools' closed days in line with an entry, as part of the action that wrote it.

    Whole days of lov or study day, written to a whole school, close it. A year's or a class's close nothing, and so
    does what is cancelled or taken away.
    """
    source = f"calendar:{entry.pk}"
    is_over = Cancellation.objects.filter(item=entry).exists() or Removal.objects.filter(item=entry).exists()
    if entry.kind not in CLOSING or entry.starts is not None or is_over:
        drop_breaks(source)
        return
    schools = [target.school_id for target in entry.targets if target.key.startswith("s:")]
    set_breaks(
        source,
        kind=entry.kind,
        name=entry.title,
        first_day=entry.first_day,
        last_day=entry.last_day,
        school_ids=schools,
    )
