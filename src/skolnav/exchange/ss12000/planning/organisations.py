"""The organiser and its school units. A "Skola" and what else stands between them hold no rows of their own."""

from collections.abc import Mapping
from datetime import timedelta

from skolnav.exchange.ss12000.entities import Organisation
from skolnav.exchange.ss12000.problems import Reason

from .changes import Existing, Wanted
from .context import Context
from .snapshot import UNIT_FIELDS

LIST = "organisations"


def plan_organisations(context: Context, organiser_id: str | None) -> None:
    """School units of this organiser; `organiser_id` is the Huvudman's id in the source, where it has one."""
    units = _units_of(context, organiser_id)
    _adopt(context, units)
    wanted = [Wanted(LIST, id, (id,), one.name, _values(one)) for id, one in units.items()]
    existing = [
        Existing(
            LIST, row.pk, context.units[row.pk], (context.units[row.pk],), row.name,
            {"source_id": row.source_id} | {name: getattr(row, name) for name in UNIT_FIELDS},
            is_living=row.ended_on is None or row.ended_on >= context.today,
        )
        for row in context.snapshot.units
        if row.pk in context.units
    ]  # fmt: skip
    context.compare(
        LIST,
        wanted,
        existing,
        is_kept=lambda row: context.reading.organisations.may_hold(row.id),
        ending=lambda row: {"ended_on": context.today - timedelta(days=1)},
    )


def _units_of(context: Context, organiser_id: str | None) -> dict[str, Organisation]:
    """The units below this organiser, or below none; others are reported and taken out of the tree."""
    for id in list(context.tree.units):
        if context.tree.organiser_of(id) not in (organiser_id, None):
            context.report(LIST, id, Reason.OTHER_ORGANISER)
            del context.tree.units[id]
    return context.tree.units


def _adopt(context: Context, units: Mapping[str, Organisation]) -> None:
    """Which rows stand for which units: by id, else by school-unit code or name where nobody claims the row."""
    by_code = {one.school_unit_code: id for id, one in units.items() if one.school_unit_code}
    by_name = {one.name.casefold(): id for id, one in units.items()}
    claimed = {row.source_id for row in context.snapshot.units}
    for row in context.snapshot.units:
        same = by_code.get(row.school_unit_code) or by_name.get(row.name.casefold())
        if row.source_id:
            context.units[row.pk] = row.source_id
        elif same and same not in claimed:
            context.units[row.pk] = same
            claimed.add(same)


def _values(one: Organisation) -> dict[str, object]:
    """What the source says; where it is silent, what the office has written stays."""
    said: dict[str, object | None] = {
        "source_id": one.id,
        "name": one.name,
        "school_unit_code": one.school_unit_code,
        "email": one.email,
        "phone": one.phone,
        "website": one.website,
    }
    if one.address:
        said |= {
            "street_address": one.address.street_address,
            "postal_code": one.address.postal_code,
            "locality": one.address.locality,
        }
    return {name: value for name, value in said.items() if value is not None} | {"ended_on": one.period.end}
