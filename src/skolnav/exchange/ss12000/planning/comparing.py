"""The rows that are wanted against the rows that are there. The same for every list."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from .changes import Action, Change, Comparison, Existing, Wanted, named_fields

Kept = Callable[[Existing], bool]
EndReason = Callable[[Existing], str]


def compare(
    kind: str,
    wanted: Iterable[Wanted],
    existing: Iterable[Existing],
    *,
    today: date,
    is_kept: Kept,
    end_reason: EndReason,
    follows: Callable[[Existing], bool],
    ending: Callable[[Existing], Mapping[str, object]],
) -> Comparison:
    """Creations, changes and endings of one list.

    `is_kept` names the rows that the source may still have though it could not be read: these are not ended.
    """
    result = Comparison()
    there: dict[tuple[str, ...], list[Existing]] = defaultdict(list)
    for row in existing:
        there[row.key].append(row)
        result.living[kind] += row.is_living and not row.is_local
    for want in wanted:
        match = _match(want, there[want.key])
        if match:
            there[want.key].remove(match)
        change = _change(want, match, today) if match else _creation(want, today)
        if change:
            result.changes.append(change)
        else:
            result.unchanged[kind] += 1
    left = [row for rows in there.values() for row in rows if row.is_living and not row.is_local]
    for row in left:
        if is_kept(row):
            result.unchanged[kind] += 1
            continue
        result.changes.append(
            Change(
                Action.END,
                kind,
                row.id,
                row.key,
                row.name,
                end_reason(row),
                row.pk,
                ending(row),
                follows(row),
            )
        )
    return result


def _match(row: Wanted, candidates: list[Existing]) -> Existing | None:
    """The same period first, also where it was ended here; else one that still runs."""
    if row.period is None:
        return candidates[0] if candidates else None
    same = [one for one in candidates if one.valid_from == row.period.start]
    running = [one for one in candidates if one.is_living]
    return next(iter(same or running or (candidates if row.is_unique else [])), None)


def _creation(row: Wanted, today: date) -> Change:
    values = {**row.values, **row.initial}
    if row.period:
        values |= _period_values(row, None, today)
    return Change(Action.CREATE, row.kind, row.id, row.key, row.name, "new in the source", None, values)


def _change(row: Wanted, match: Existing, today: date) -> Change | None:
    wanted = dict(row.values)
    current = dict(match.values)
    if match.is_local:
        # The office's own row: at most the source's claim to it is noted.
        wanted = {name: value for name, value in wanted.items() if name == "source"}
    elif row.period:
        wanted |= _period_values(row, match, today)
        current |= {"valid_from": match.valid_from, "valid_until": match.valid_until}
    differing = {name: value for name, value in wanted.items() if current.get(name) != value}
    if not differing:
        return None
    ends_on = differing.get("valid_until")
    if match.is_living and isinstance(ends_on, date) and ends_on < today:
        reason, action = f"ends on {ends_on} in the source", Action.END
    else:
        reason, action = named_fields(differing), Action.CHANGE
    return Change(action, row.kind, row.id, row.key, row.name, reason, match.pk, differing)


def _period_values(row: Wanted, match: Existing | None, today: date) -> Mapping[str, object]:
    """A start that the source does not say is what it was here, else the day of the import."""
    assert row.period is not None
    start = row.period.start or (match.valid_from if match and match.valid_from else today)
    end = row.period.end
    return {"valid_from": min(start, end) if end and not row.period.start else start, "valid_until": end}


def ending_values(row: Existing, today: date) -> Mapping[str, object]:
    """Ended as of yesterday, so that nothing of it is valid today. A row is never deleted."""
    yesterday = today - timedelta(days=1)
    if row.valid_from and row.valid_from > yesterday:
        return {"valid_from": yesterday, "valid_until": yesterday}
    return {"valid_until": yesterday}
