"""Reading the feed: one statement each for the start page's boxes, "Att göra", a span of days, and a box's news.

A viewer's keys (their pupils valid today, those pupils' groups, years and schools) are worked out for each
request, so a move or an ended custody needs no rewriting of anything. Something published before a key
became the viewer's is shown, but never as new.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse

from skolnav.core.access.viewer import PupilInCare, Viewer
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.statements import as_parameter, is_postgresql, rows

from .models import Happening, Side

WINDOW = timedelta(days=14)
TODO_WINDOW = timedelta(days=60)
LINES = 3

_KEYS = (
    "SELECT * FROM unnest(%(keys)s::text[], %(sides)s::int[], %(since)s::date[]) AS k(key, side, since)",
    """SELECT json_extract(value, '$[0]') AS key, json_extract(value, '$[1]') AS side,
              json_extract(value, '$[2]') AS since FROM json_each(%(keys)s)""",
)
ENTRY_COLUMNS = """e.id, e.box, e.kind, e.title, e.params, e.link_name, e.link_args, e.icon, e.is_important, e.wants,
    e.due, e.published_at, e.revision"""

# Keys meet audiences in a window; grouped by entry; numbered and counted by box; three of each are joined.
_BOXES = f"""WITH keys AS ({{keys}}), met AS (
    SELECT a.entry_id, a.box, MAX(a.published_at) AS published_at, MAX(a.revision) AS revision,
           {{joined}} AS reached, MAX(CASE WHEN a.published_at >= k.since THEN 1 ELSE 0 END) AS recent
      FROM keys k JOIN feed_audience a ON a.key = k.key
     WHERE a.published_at > %(oldest)s{{moment}} AND a.published_at <= %(now)s{{moment}}
       AND (a.sides & k.side) <> 0 AND (a.visible_until IS NULL OR a.visible_until > %(now)s{{moment}})
     GROUP BY a.entry_id, a.box
), numbered AS (
    SELECT m.entry_id, m.reached,
           CASE WHEN m.recent = 1 AND (s.revision IS NULL OR s.revision < m.revision) THEN 1 ELSE 0 END AS is_new,
           ROW_NUMBER() OVER (PARTITION BY m.box ORDER BY m.published_at DESC, m.entry_id DESC) AS place,
           SUM(CASE WHEN m.recent = 1 AND (s.revision IS NULL OR s.revision < m.revision) THEN 1 ELSE 0 END)
               OVER (PARTITION BY m.box) AS unread
      FROM met m LEFT JOIN feed_seen s ON s.entry_id = m.entry_id AND s.person_id = %(person)s
) SELECT {ENTRY_COLUMNS}, n.reached, n.is_new, n.unread
    FROM numbered n JOIN feed_entry e ON e.id = n.entry_id WHERE n.place <= {LINES} ORDER BY e.box, n.place"""

_TODO = f"""WITH keys AS ({{keys}}), met AS (
    SELECT a.entry_id, {{joined}} AS reached FROM keys k JOIN feed_audience a ON a.key = k.key
     WHERE a.wants > 0 AND a.published_at > %(oldest)s{{moment}} AND a.published_at <= %(now)s{{moment}}
       AND a.published_at >= k.since
       AND (a.sides & k.side) <> 0 AND (a.visible_until IS NULL OR a.visible_until > %(now)s{{moment}})
     GROUP BY a.entry_id
) SELECT {ENTRY_COLUMNS}, m.reached, 1, 0
    FROM met m JOIN feed_entry e ON e.id = m.entry_id
    LEFT JOIN feed_seen s ON s.entry_id = e.id AND s.person_id = %(person)s
   WHERE s.done_at IS NULL OR s.revision < e.revision
   ORDER BY e.due IS NULL, e.due, e.published_at DESC LIMIT 50"""

_DAYS = f"""WITH keys AS ({{keys}}), met AS (
    SELECT h.entry_id, h.first_day, h.last_day, h.starts, h.ends, {{joined}} AS reached
      FROM keys k JOIN feed_happening h ON h.key = k.key
     WHERE h.first_day >= %(earliest)s{{day}} AND h.first_day <= %(last)s{{day}} AND h.last_day >= %(first)s{{day}}
       AND (h.sides & k.side) <> 0
     GROUP BY h.entry_id, h.first_day, h.last_day, h.starts, h.ends
) SELECT {ENTRY_COLUMNS}, m.reached, 0, 0, m.first_day, m.last_day, m.starts, m.ends
    FROM met m JOIN feed_entry e ON e.id = m.entry_id
   WHERE e.published_at <= %(now)s{{moment}} AND (e.visible_until IS NULL OR e.visible_until > %(now)s{{moment}})
   ORDER BY m.first_day, m.starts IS NOT NULL, m.starts, e.title"""

_UNSEEN = f"""WITH keys AS ({{keys}}), met AS (
    SELECT a.entry_id, {{joined}} AS reached FROM keys k JOIN feed_audience a ON a.key = k.key
     WHERE a.box = %(box)s AND a.published_at > %(oldest)s{{moment}} AND a.published_at <= %(now)s{{moment}}
       AND a.published_at >= k.since
       AND (a.sides & k.side) <> 0 AND (a.visible_until IS NULL OR a.visible_until > %(now)s{{moment}})
     GROUP BY a.entry_id
) SELECT {ENTRY_COLUMNS}, m.reached, 1, 0
    FROM met m JOIN feed_entry e ON e.id = m.entry_id
    LEFT JOIN feed_seen s ON s.entry_id = e.id AND s.person_id = %(person)s
   WHERE s.revision IS NULL OR s.revision < e.revision
   ORDER BY e.published_at, e.id"""


def statement(sql: str) -> tuple[str, str]:
    """A statement over the viewer's keys, for PostgreSQL and for SQLite."""
    return (
        sql.format(keys=_KEYS[0], joined="string_agg(k.key, ',')", moment="::timestamptz", day="::date"),
        sql.format(keys=_KEYS[1], joined="group_concat(k.key)", moment="", day=""),
    )


_STATEMENTS = {
    "boxes": statement(_BOXES),
    "todo": statement(_TODO),
    "days": statement(_DAYS),
    "unseen": statement(_UNSEEN),
}


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as one viewer meets it, with the pupils it is about."""

    entry_id: int
    box: str
    kind: str
    title: str
    params_json: str
    link_name: str
    link_json: str
    icon: str
    is_important: bool
    wants: int
    due: datetime | None
    published_at: datetime
    revision: int
    pupils: tuple[PupilInCare, ...]
    is_new: bool
    unread_in_box: int

    @property
    def params(self) -> Mapping[str, Any]:
        """What a generated text is filled with. Read when asked for: most lines of a start page never are."""
        return _json(self.params_json)

    @property
    def link_args(self) -> Mapping[str, str]:
        """The arguments of the address, without the pupil."""
        return _json(self.link_json)

    @property
    def url(self) -> str:
        """Where it leads; to the one pupil's page where it concerns just one."""
        return reverse(self.link_name, kwargs=dict(self.link_args))


@dataclass(frozen=True, slots=True)
class DayLine:
    """An entry's occurrence in a span of days; `starts` and `ends` are None for whole days."""

    line: Line
    first_day: date
    last_day: date
    starts: datetime | None
    ends: datetime | None


def entries_for(viewer: Viewer, pupils: Sequence[PupilInCare] | None = None) -> list[Line]:
    """Up to three of the newest entries of each box in the last 14 days, and how many are new in it."""
    return read_lines(_STATEMENTS["boxes"], viewer, pupils, oldest=as_parameter(clock.now() - WINDOW))


def todo_for(viewer: Viewer, pupils: Sequence[PupilInCare] | None = None) -> list[Line]:
    """What waits for the viewer to read or answer, nearest deadline first."""
    return read_lines(_STATEMENTS["todo"], viewer, pupils, oldest=as_parameter(clock.now() - TODO_WINDOW))


def unseen_for(viewer: Viewer, box: str, pupils: Sequence[PupilInCare] | None = None) -> list[Line]:
    """All that the number on a box's card counts: what is new of the last 14 days, oldest first."""
    oldest = as_parameter(clock.now() - WINDOW)
    return read_lines(_STATEMENTS["unseen"], viewer, pupils, oldest=oldest, box=box)


def happenings_for(
    viewer: Viewer, first: date, last: date, pupils: Sequence[PupilInCare] | None = None
) -> list[DayLine]:
    """What happens from one Stockholm day to another, both included, in order."""
    chosen = _chosen(viewer, pupils)
    earliest = first - timedelta(days=Happening.LONGEST_DAYS)
    found = _rows(
        _STATEMENTS["days"], viewer, chosen, first=str(first), last=str(last), earliest=str(earliest)
    )
    return [
        DayLine(_line(row[:16], chosen), _day(row[16]), _day(row[17]), _moment(row[18]), _moment(row[19]))
        for row in found
    ]


def read_lines(
    statements: Sequence[str], viewer: Viewer, pupils: Sequence[PupilInCare] | None, **parameters: Any
) -> list[Line]:
    """The lines of a statement made by `statement`, for the viewer's pupils or those picked among them."""
    chosen = _chosen(viewer, pupils)
    return [_line(row, chosen) for row in _rows(statements, viewer, chosen, **parameters)]


def _chosen(viewer: Viewer, pupils: Sequence[PupilInCare] | None) -> Sequence[PupilInCare]:
    """The viewer's pupils, or those of them that were picked: a stranger's never reach the statement."""
    return viewer.pupils if pupils is None else [one for one in pupils if one.id in viewer.pupil_ids]


def _rows(
    statements: Sequence[str], viewer: Viewer, pupils: Iterable[PupilInCare], **parameters: Any
) -> list[Any]:
    keys = _keys(viewer, pupils)
    if not keys:
        return []
    parameters |= {"now": as_parameter(clock.now()), "person": viewer.person_id}
    if is_postgresql():
        return rows(statements[0], parameters | _columns(keys))
    return rows(statements[1], parameters | {"keys": json.dumps(keys)})


def _columns(keys: Sequence[tuple[str, int, str]]) -> dict[str, str]:
    """The keys as PostgreSQL writes arrays: they hold nothing to quote, and psycopg's lists take 40 µs."""
    columns = zip(*keys, strict=True)
    return {
        name: "{" + ",".join(map(str, column)) + "}"
        for name, column in zip(("keys", "sides", "since"), columns, strict=True)
    }


def _keys(viewer: Viewer, pupils: Iterable[PupilInCare]) -> list[tuple[str, int, str]]:
    """(key, side, since) for the pupils at hand: a child's reach the guardian, one's own the pupil."""
    since: dict[tuple[str, int], date] = {}
    for pupil in pupils:
        side = int(Side.PUPILS if viewer.as_pupil and pupil.id == viewer.person_id else Side.GUARDIANS)
        for key, start in pupil.keys.items():
            since[key, side] = min(start, since.get((key, side), start))
    return [(key, side, start.isoformat()) for (key, side), start in since.items()]


def _line(row: Sequence[Any], pupils: Iterable[PupilInCare]) -> Line:
    reached = set(row[13].split(","))
    return Line(
        entry_id=row[0],
        box=row[1],
        kind=row[2],
        title=row[3],
        params_json=row[4],
        link_name=row[5],
        link_json=row[6],
        icon=row[7],
        is_important=bool(row[8]),
        wants=row[9],
        due=_moment(row[10]),
        published_at=_moment(row[11]) or clock.now(),
        revision=row[12],
        pupils=tuple(pupil for pupil in pupils if not reached.isdisjoint(pupil.keys)),
        is_new=bool(row[14]),
        unread_in_box=int(row[15]),
    )


def _json(text: str) -> dict[str, Any]:
    found: dict[str, Any] = {} if text == "{}" else json.loads(text)
    return found


def _moment(value: Any) -> datetime | None:
    if value is None:
        return None
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found if found.tzinfo else found.replace(tzinfo=clock.UTC)


def _day(value: Any) -> date:
    return date.fromisoformat(value[:10]) if isinstance(value, str) else value
