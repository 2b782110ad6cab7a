"""One prepared statement for a hot page: PostgreSQL parses and plans it once per connection.

Django interpolates parameters in the client and so never prepares; these few statements go to psycopg's
own cursor instead. They still stand in `connection.queries`, so query counts in tests are honest.
"""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import psycopg
from django.db import connection

Row = tuple[Any, ...]
# A column that is one of a parameter's keys or texts (keys_as_parameter), as PostgreSQL says it.
_AMONG = re.compile(r"= ANY\((%\(\w+\)s)::\w+\[\]\)")


def is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def dialect(sql: str) -> str:
    """The statement in the words of the database at hand: written for PostgreSQL, translated for SQLite."""
    if is_postgresql():
        return sql
    sql = _AMONG.sub(r"IN (SELECT value FROM json_each(\1))", sql)
    for ours, theirs in (
        ("json_agg(", "json_group_array("),
        ("json_build_array(", "json_array("),
        ("::text", ""),
        ("::date", ""),
        ("::timestamptz", ""),
    ):
        sql = sql.replace(ours, theirs)
    return sql


def rows(sql: str, parameters: Mapping[str, Any]) -> list[Row]:
    """All rows of a statement with `%(name)s` parameters."""
    if not is_postgresql():
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return list(cursor.fetchall())
    connection.ensure_connection()
    if connection.queries_logged:
        seen: dict[str, Any] = {"sql": sql, "time": "0.000", "parameters": parameters}
        connection.queries_log.append(seen)
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        return list(cursor.execute(sql, parameters, prepare=True).fetchall())


def is_one_of(column: str, parameter: str = "ids", kind: str = "bigint") -> str:
    """The condition that a column is one of the keys or texts of a parameter (see below)."""
    return dialect(f"{column} = ANY(%({parameter})s::{kind}[])")


def keys_as_parameter(keys: Iterable[int]) -> str:
    """Keys as one text, however many: a statement with a list of its own for each length would be planned anew."""
    text = ",".join(map(str, keys))
    return f"{{{text}}}" if is_postgresql() else f"[{text}]"


def texts_as_parameter(texts: Iterable[str]) -> str:
    """Texts of our own making, with nothing in them to quote ("g:12", "absence.leave_news"), in the same way."""
    return f"{{{','.join(texts)}}}" if is_postgresql() else json.dumps(list(texts))


def as_parameter(moment: datetime) -> str:
    """A moment (aware) as both databases compare it: UTC without an offset, to the microsecond."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")


def from_json(value: str | None) -> list[Any]:
    """The list that a `json_agg(…)::text` column holds; none at all is an empty one."""
    return json.loads(value) if value else []


def as_day(value: Any) -> date:
    """A day as either database gives it."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def as_moment(value: Any) -> datetime:
    """A moment as either database gives it, also in JSON: aware, UTC where it does not say."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found if found.tzinfo else found.replace(tzinfo=UTC)
