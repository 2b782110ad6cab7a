"""The search field: words anywhere in what the reader may see, matched by their beginning."""

import re
from collections.abc import Sequence

from skolnav.core.access.viewer import PupilInCare, Viewer
from skolnav.core.tenancy.statements import is_postgresql

from .reading import ENTRY_COLUMNS, Line, read_lines, statement

WORDS_AT_MOST = 8
FOUND_AT_MOST = 50

_SEARCH = f"""WITH keys AS ({{keys}}), met AS (
    SELECT a.entry_id, {{joined}} AS reached FROM keys k JOIN feed_audience a ON a.key = k.key
     WHERE a.published_at <= %(now)s{{moment}} AND (a.sides & k.side) <> 0
       AND (a.visible_until IS NULL OR a.visible_until > %(now)s{{moment}})
       AND (%(box)s = '' OR a.box = %(box)s) AND a.entry_id IN ({{found}})
     GROUP BY a.entry_id
) SELECT {ENTRY_COLUMNS}, m.reached, 0, 0 FROM met m JOIN feed_entry e ON e.id = m.entry_id
   ORDER BY e.published_at DESC LIMIT {FOUND_AT_MOST}"""

_FOUND = (
    "SELECT entry_id FROM feed_searchtext WHERE to_tsvector('simple', text) @@ to_tsquery('simple', %(words)s)",
    "SELECT rowid FROM feed_words WHERE feed_words MATCH %(words)s",
)
_STATEMENTS = tuple(
    sql.replace("{found}", found)
    for sql, found in zip(statement(_SEARCH.replace("{found}", "{{found}}")), _FOUND, strict=True)
)


def search(
    viewer: Viewer, text: str, *, box: str = "", pupils: Sequence[PupilInCare] | None = None
) -> list[Line]:
    """Up to fifty entries that hold every word of `text` (or one that begins so), newest first. One statement."""
    words = re.findall(r"\w+", text)[:WORDS_AT_MOST]
    if not words:
        return []
    return read_lines(_STATEMENTS, viewer, pupils, words=_query(words), box=box)


def _query(words: list[str]) -> str:
    """All of them, each by its beginning, in the database's own words."""
    if is_postgresql():
        return " & ".join(f"'{word}':*" for word in words)
    return " ".join(f'"{word}"*' for word in words)
