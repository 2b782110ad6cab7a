"""What hangs on lessons of single days: a register, a substitute, a test. Such a day is never taken away unasked."""

from collections.abc import Iterable, Iterator
from typing import Any

from .models import LessonOccurrence

AT_ONCE = 500


def written_on(pks: Iterable[int], *, besides: Iterable[type] = ()) -> dict[int, str]:
    """Stored day -> the name of a kind of row that points to it, by asking every table that does: boxes have theirs.

    Tables in `besides` do not count. One statement a table for each 500 days.
    """
    found: dict[int, str] = {}
    ordered, left_out = sorted(pks), tuple(besides)
    relations: Iterable[Any] = LessonOccurrence._meta.get_fields(include_hidden=True)
    for relation in relations:
        model = relation.related_model
        if not relation.one_to_many or model in left_out:
            continue
        name = relation.field.name
        rows = getattr(model, "everything", None) or model.objects
        for part in parts(ordered):
            there = rows.filter(**{f"{name}__in": part}).values_list(f"{name}_id", flat=True)
            found |= dict.fromkeys(there, str(model._meta.model_name))
    return found


def parts(values: list[Any]) -> Iterator[list[Any]]:
    """Databases take only so many parameters at once."""
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]
