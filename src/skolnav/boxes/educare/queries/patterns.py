"""A child's patterns, as its guardians see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from skolnav.core.access.viewer import Viewer

from ..models import CarePattern, PatternTime
from .people import guardians_of_one
from .plans import Known, week_of_cycle


@dataclass(frozen=True, slots=True)
class PatternLine:
    """`by` is the other guardian's name, empty for one's own and where it is protected. `weeks` are its times."""

    pattern: CarePattern
    is_own: bool
    by: str
    is_over: bool
    weeks: Sequence[Sequence[PatternTime]]


def patterns_of(viewer: Viewer, pupil_id: int) -> list[PatternLine]:
    """The patterns that hold or will, newest first, then those of the last month that are over. Three statements.

    A pattern whose maker has lost custody is any guardian's.
    """
    since = viewer.today - timedelta(days=30)
    rows = CarePattern.objects.visible_to(viewer).filter(pupil=pupil_id).order_by("-first_day")
    rows = rows.exclude(last_day__lt=since).prefetch_related("times__collector")
    names = {one.id: one.name for one in guardians_of_one(pupil_id)}
    found = []
    for pattern in rows:
        is_own = pattern.owner_id == viewer.person_id or pattern.owner_id not in names
        times = list(pattern.times.all())
        weeks = [[one for one in times if one.week == week] for week in range(pattern.weeks)]
        is_over = pattern.last_day is not None and pattern.last_day < viewer.today
        by = "" if is_own else names.get(pattern.owner_id, "")
        found.append(PatternLine(pattern, is_own and pupil_id in viewer.child_ids, by, is_over, weeks))
    return sorted(found, key=lambda line: line.is_over)


def fields_of(known: Known, old: CarePattern, first_day: date) -> dict[tuple[int, int], dict[str, Any]]:
    """A pattern's days as fields of a form whose first week holds `first_day`. One statement."""
    shift = week_of_cycle(first_day, old.cycle_start, old.weeks)
    public_ids = {
        pk: public_id for pk, public_id, _name, is_usual in known.collectors_of(old.pupil_id) if not is_usual
    }
    return {
        ((one.week - shift) % old.weeks, one.weekday): {
            "comes_at": one.comes_at,
            "leaves_at": one.leaves_at,
            "who": "alone" if one.goes_alone else public_ids.get(one.collector_id or 0, ""),
        }
        for one in PatternTime.objects.filter(pattern=old)
    }
