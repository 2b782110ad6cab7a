"""The bell's pages, as two prepared statements: how many there are, and those of one page.

Who may meet a notice is `Delivery.visible_q`'s rule, which every other reader of the bell asks; here it is said once
more in SQL, since the ORM takes longer to build these statements than a database to answer them. A test holds the two
to each other.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, overload

from skolnav.core.access.viewer import Viewer
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.statements import (
    Row,
    as_moment,
    as_parameter,
    dialect,
    is_one_of,
    keys_as_parameter,
    rows,
    texts_as_parameter,
)

from .kinds import kinds_for

_MINE = """d.person_id = %(person)s AND d.organiser_id = %(organiser)s AND d.channel = 'bell' AND d.cut_at IS NULL
   AND d.due_at <= %(now)s::timestamptz"""
_HOLDS = """{of_my_kinds} AND (
    (n.entry_id IS NULL AND (n.pupil_id IS NULL OR {of_my_pupils}))
    OR EXISTS (SELECT 1 FROM feed_audience a WHERE a.entry_id = n.entry_id
           AND (({reaches_guardians} AND a.sides IN (1, 3)) OR ({reaches_pupils} AND a.sides IN (2, 3)))
           AND a.published_at <= %(now)s::timestamptz
           AND (a.visible_until IS NULL OR a.visible_until > %(now)s::timestamptz)))"""

# Rows whose ground is gone are cut (`cutting`), so the length need not ask again what rests on what; for the hours
# when it does, the last page is short.
_COUNTS = """SELECT
    (SELECT COUNT(*) FROM notifications_delivery d WHERE {mine}),
    (SELECT COUNT(*) FROM notifications_delivery d JOIN notifications_notice n ON n.id = d.notice_id
      WHERE {mine} AND d.read_at IS NULL AND {holds})"""

_PAGE = """SELECT d.due_at, d.read_at, n.public_id, n.kind, n.params, n.pupil_id, e.title,
    (SELECT json_agg(r.key) FROM feed_audience r WHERE r.entry_id = n.entry_id)::text
  FROM notifications_delivery d JOIN notifications_notice n ON n.id = d.notice_id
  LEFT JOIN feed_entry e ON e.id = n.entry_id
 WHERE {mine} AND {holds} ORDER BY d.due_at DESC, d.id DESC LIMIT %(limit)s OFFSET %(offset)s"""


@dataclass(frozen=True, slots=True)
class Rung:
    """One notice in a bell; `keys` are those of the feed that it concerns, its child's among them."""

    due_at: datetime
    is_read: bool
    public_id: str
    kind: str
    params: Mapping[str, Any]
    keys: frozenset[str]


class Bell(Sequence[Rung]):
    """The viewer's notices, newest first; a slice of it is read when it is asked for, and the lengths once."""

    def __init__(self, viewer: Viewer) -> None:
        self._viewer = viewer

    def __len__(self) -> int:
        return self._counts[0]

    @property
    def unread(self) -> int:
        return self._counts[1]

    @overload
    def __getitem__(self, part: int) -> Rung: ...
    @overload
    def __getitem__(self, part: slice) -> list[Rung]: ...
    def __getitem__(self, part: int | slice) -> Rung | list[Rung]:
        if isinstance(part, int):
            return self[part : part + 1][0]
        first, last = part.start or 0, part.stop
        if first >= last:
            return []
        return [_rung(row) for row in _read(_PAGE, self._viewer, limit=last - first, offset=first)]

    @cached_property
    def _counts(self) -> tuple[int, int]:
        [(length, unread)] = _read(_COUNTS, self._viewer)
        return length, unread


def _read(sql: str, viewer: Viewer, **parameters: int) -> list[Row]:
    holds = _HOLDS.format(
        of_my_kinds=is_one_of("n.kind", "kinds", "text"),
        of_my_pupils=is_one_of("n.pupil_id"),
        reaches_guardians=is_one_of("a.key", "guardian_keys", "text"),
        reaches_pupils=is_one_of("a.key", "pupil_keys", "text"),
    )
    asked = {
        "person": viewer.person_id,
        "organiser": viewer.organiser_id,
        "now": as_parameter(clock.now()),
        "kinds": texts_as_parameter(kind.key for kind in kinds_for(viewer)),
        "ids": keys_as_parameter(viewer.pupil_ids),
        "guardian_keys": texts_as_parameter(viewer.guardian_keys),
        "pupil_keys": texts_as_parameter(viewer.pupil_keys),
    }
    return rows(dialect(sql.format(mine=_MINE, holds=holds)), asked | parameters)


def _rung(row: Row) -> Rung:
    due_at, read_at, public_id, kind, params, pupil_id, title, keys = row
    own = json.loads(params)
    return Rung(
        due_at=as_moment(due_at),
        is_read=read_at is not None,
        public_id=public_id,
        kind=kind,
        params=own if title is None else {**own, "title": title},
        keys=frozenset([*(json.loads(keys) if keys else ()), f"p:{pupil_id}"]),
    )
