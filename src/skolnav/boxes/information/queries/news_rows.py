"""The list of news as two prepared statements: how many there are, and those of one page.

Which news reach a family is `NewsItem.visible_q`'s rule, which every other page of the box asks; here it is said once
more in SQL, since the ORM takes longer to build these statements than a database to answer them. A test holds the two
to each other.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, overload

from skolnav.core.access.viewer import PupilInCare, Viewer
from skolnav.core.boxes.registry import find_box
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.statements import (
    Row,
    as_day,
    as_moment,
    as_parameter,
    dialect,
    from_json,
    is_one_of,
    is_postgresql,
    keys_as_parameter,
    rows,
    texts_as_parameter,
)

from ..models import BOX, NewsItem

_SOURCE = NewsItem._meta.label_lower

_AUDIENCE = """SELECT a.item_id FROM information_newsaudience a
    WHERE (({guardians} AND a.sides IN (1, 3)) OR ({pupils} AND a.sides IN (2, 3)))"""
_USES_BOX = "((%(by_default)s = 1 AND NOT ({off})) OR {on})"
_LACKS_A_WORD = (
    "EXISTS (SELECT 1 FROM json_array_elements_text(%(words)s::json) AS w(word) WHERE strpos(i.words, w.word) = 0)",
    "EXISTS (SELECT 1 FROM json_each(%(words)s) AS w WHERE instr(i.words, w.value) = 0)",
)
_SHOWN = """i.organiser_id = %(organiser)s AND p.published_at <= %(now)s::timestamptz
   AND NOT EXISTS (SELECT 1 FROM information_withdrawal x WHERE x.item_id = i.id)
   AND (i.visible_until IS NULL OR i.visible_until >= %(today)s::date)
   AND i.id IN ({visible}) AND i.id IN ({of_pupils}) AND NOT {lacks_a_word}"""

_COUNT = """SELECT COUNT(*) FROM information_newsitem i JOIN information_publication p ON p.item_id = i.id
 WHERE {shown}"""
_PAGE = """SELECT i.public_id, i.title, i.excerpt, i.is_important, i.due, i.revision, i.revised_at, p.published_at,
    w.given_name, w.family_name, w.is_protected,
    (SELECT json_agg(t.key) FROM information_newsaudience t WHERE t.item_id = i.id)::text,
    EXISTS (SELECT 1 FROM files_storedfile f WHERE f.organiser_id = i.organiser_id AND f.owner_type = %(source)s
               AND f.owner_id = i.id),
    s.revision, i.is_important AND (s.done_at IS NULL OR s.revision < i.revision) AS is_waiting
  FROM information_newsitem i JOIN information_publication p ON p.item_id = i.id
  LEFT JOIN people_person w ON w.id = i.author_id
  LEFT JOIN feed_entry e ON e.source_type = %(source)s AND e.source_id = i.id AND e.source_part = ''
  LEFT JOIN feed_seen s ON s.entry_id = e.id AND s.person_id = %(person)s
 WHERE {shown} ORDER BY is_waiting DESC, p.published_at DESC, i.id DESC LIMIT %(limit)s OFFSET %(offset)s"""


@dataclass(frozen=True, slots=True)
class NewsRow:
    """What a line of the list shows of an item. `keys` is whom it is for, `met` the revision that the reader has met.

    `writer` is empty for one whose identity is protected, or who is gone.
    """

    public_id: str
    title: str
    excerpt: str
    is_important: bool
    due: date | None
    revision: int
    revised_at: datetime | None
    published_at: datetime
    writer: str
    keys: Sequence[str]
    has_files: bool
    met: int
    is_waiting: bool


class News(Sequence[NewsRow]):
    """The news about some of the viewer's pupils that hold these words: what waits for "Jag har läst" first, then the
    newest. A slice of it is read when it is asked for."""

    def __init__(self, viewer: Viewer, pupils: Sequence[PupilInCare], words: Sequence[str] = ()) -> None:
        self._viewer, self._pupils, self._words = viewer, pupils, words

    def __len__(self) -> int:
        return self._length

    @cached_property
    def _length(self) -> int:
        [(length,)] = self._read(_COUNT)
        return int(length)

    @overload
    def __getitem__(self, part: int) -> NewsRow: ...
    @overload
    def __getitem__(self, part: slice) -> list[NewsRow]: ...
    def __getitem__(self, part: int | slice) -> NewsRow | list[NewsRow]:
        if isinstance(part, int):
            return self[part : part + 1][0]
        first, last = part.start or 0, part.stop
        if first >= last:
            return []
        return [_news_row(row) for row in self._read(_PAGE, limit=last - first, offset=first)]

    def _read(self, sql: str, **parameters: int) -> list[Row]:
        viewer = self._viewer
        asked = {
            "organiser": viewer.organiser_id,
            "person": viewer.person_id,
            "now": as_parameter(clock.now()),
            "today": viewer.today.isoformat(),
            "source": _SOURCE,
            "words": json.dumps(list(self._words)),
            **_keys_of(viewer),
            **_keys_of_pupils(viewer, self._pupils),
            **_schools_of(viewer),
        }
        return rows(dialect(sql.format(shown=_shown())), asked | parameters)


def _shown() -> str:
    """What is out, reaches the viewer in a school that uses the box, is about the pupils, and holds the words."""
    uses_box = _USES_BOX.format(off=is_one_of("a.school_id", "off"), on=is_one_of("a.school_id", "on"))
    mine = _AUDIENCE.format(
        guardians=is_one_of("a.key", "guardian_keys", "text"),
        pupils=is_one_of("a.key", "pupil_keys", "text"),
    )
    theirs = _AUDIENCE.format(
        guardians=is_one_of("a.key", "child_keys", "text"), pupils=is_one_of("a.key", "self_keys", "text")
    )
    return _SHOWN.format(
        visible=f"{mine} AND {uses_box}",
        of_pupils=theirs,
        lacks_a_word=_LACKS_A_WORD[0 if is_postgresql() else 1],
    )


def _keys_of(viewer: Viewer) -> Mapping[str, str]:
    return {
        "guardian_keys": texts_as_parameter(viewer.guardian_keys),
        "pupil_keys": texts_as_parameter(viewer.pupil_keys),
    }


def _keys_of_pupils(viewer: Viewer, pupils: Sequence[PupilInCare]) -> Mapping[str, str]:
    """A child's keys reach its guardian, one's own the pupil."""
    of_self = {
        key for pupil in pupils if viewer.as_pupil and pupil.id == viewer.person_id for key in pupil.keys
    }
    of_children = {
        key
        for pupil in pupils
        if not (viewer.as_pupil and pupil.id == viewer.person_id)
        for key in pupil.keys
    }
    return {"child_keys": texts_as_parameter(of_children), "self_keys": texts_as_parameter(of_self)}


def _schools_of(viewer: Viewer) -> Mapping[str, Any]:
    """The schools that have chosen to have the box on or off, and what holds for the others."""
    chosen = {school: choices[BOX][0] for school, choices in viewer.box_choices.items() if BOX in choices}
    known = find_box(BOX)
    return {
        "by_default": int(bool(known and known.enabled_by_default)),
        "on": keys_as_parameter(school for school, is_on in chosen.items() if is_on),
        "off": keys_as_parameter(school for school, is_on in chosen.items() if not is_on),
    }


def _news_row(row: Row) -> NewsRow:
    public_id, title, excerpt, is_important, due, revision, revised_at, published_at, *author = row[:11]
    given_name, family_name, is_protected = author
    keys, has_files, met, is_waiting = row[11:]
    return NewsRow(
        public_id=public_id,
        title=title,
        excerpt=excerpt,
        is_important=bool(is_important),
        due=as_day(due) if due else None,
        revision=revision,
        revised_at=as_moment(revised_at) if revised_at else None,
        published_at=as_moment(published_at),
        writer="" if given_name is None or is_protected else f"{given_name} {family_name}",
        keys=from_json(keys),
        has_files=bool(has_files),
        met=met or 0,
        is_waiting=bool(is_waiting),
    )
