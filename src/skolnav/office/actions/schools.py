"""A school's own details, its boxes and the organiser's school years."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from skolnav.core.access.viewer import Viewer
from skolnav.core.audit.log import record
from skolnav.core.boxes.registry import Box, all_boxes
from skolnav.core.people.actions.loading import may_run
from skolnav.core.people.actions.refusals import NotAllowed
from skolnav.core.schools.models import SchoolBox, SchoolUnit, SchoolYear, Term
from skolnav.core.tenancy.versions import lock_version
from skolnav.office.rules import may_change_school_years

STEP = 10


@dataclass(frozen=True)
class Choice:
    """A box as a school uses it."""

    box: Box
    enabled: bool


def choices_of(school: SchoolUnit) -> list[Choice]:
    """Every box in the school's order; what the school has not chosen stands where the box itself says."""
    chosen = {row.key: (row.enabled, row.order) for row in SchoolBox.objects.filter(school=school)}
    placed = [(*chosen.get(box.key, (box.enabled_by_default, box.order)), box) for box in all_boxes()]
    placed.sort(key=lambda one: (one[1], one[2].order, one[2].key))
    return [Choice(box, enabled) for enabled, _order, box in placed]


@transaction.atomic
def switch_box(*, actor: Viewer, school: SchoolUnit, key: str, enabled: bool) -> None:
    """Use a box at a school, or no longer. Families' start pages follow with the next request. Raises NotAllowed."""
    choices = _locked(actor, school, key)
    _write(school, [Choice(one.box, enabled if one.box.key == key else one.enabled) for one in choices])
    record(actor, "switch_box", school, box=key, enabled=enabled)


@transaction.atomic
def move_box(*, actor: Viewer, school: SchoolUnit, key: str, steps: int) -> None:
    """Move a box up (-1) or down (1); past an end it stays. Raises NotAllowed."""
    choices = _locked(actor, school, key)
    place = next(number for number, one in enumerate(choices) if one.box.key == key)
    moved = choices.pop(place)
    choices.insert(max(0, min(len(choices), place + steps)), moved)
    _write(school, choices)
    record(actor, "move_box", school, box=key, steps=steps)


@transaction.atomic
def reset_boxes(*, actor: Viewer, school: SchoolUnit) -> None:
    """Every box on and off, and in the order, as the installation has it. Raises NotAllowed."""
    may_run(actor, school)
    SchoolBox.objects.filter(school=school).delete()
    record(actor, "reset_boxes", school)


def _locked(actor: Viewer, school: SchoolUnit, key: str) -> list[Choice]:
    """The school's choices, while nobody else writes them."""
    may_run(actor, school)
    SchoolUnit.objects.select_for_update().get(pk=school.pk)
    choices = choices_of(school)
    if key not in {one.box.key for one in choices}:
        raise NotAllowed
    return choices


def _write(school: SchoolUnit, choices: list[Choice]) -> None:
    SchoolBox.objects.filter(school=school, key__in=[one.box.key for one in choices]).delete()
    SchoolBox.objects.bulk_create(
        SchoolBox(school=school, key=one.box.key, enabled=one.enabled, order=number * STEP)
        for number, one in enumerate(choices, start=1)
    )


@transaction.atomic
def change_school(*, actor: Viewer, school: SchoolUnit, version: int, **details: Any) -> None:
    """Change what the help page and "kontakta skolan" say of a school. Raises NotAllowed, EditedMeanwhile."""
    may_run(actor, school)
    now = lock_version(school, version)
    changed = [name for name, value in details.items() if getattr(now, name) != value]
    for name in changed:
        setattr(now, name, details[name])
    if changed:
        now.save(update_fields=[*changed, "version"])
        record(actor, "change_school", now, fields=sorted(changed))


@transaction.atomic
def save_school_year(
    *,
    actor: Viewer,
    year: SchoolYear | None,
    autumn: tuple[date, date],
    spring: tuple[date, date],
) -> SchoolYear:
    """Write a school year and its two terms; the year reaches from the first to the last day of them.

    Raises NotAllowed unless the actor administers all of the organiser's schools: the year is theirs in common.
    """
    if not may_change_school_years(actor):
        raise NotAllowed
    first, last = autumn[0], spring[1]
    columns = {"name": f"{first.year}/{last.year % 100:02}", "first_day": first, "last_day": last}
    if year is None:
        year = SchoolYear.objects.create(organiser_id=actor.organiser_id, **columns)
    else:
        SchoolYear.objects.filter(pk=year.pk).update(**columns)
    for kind, days in ((Term.Kind.AUTUMN, autumn), (Term.Kind.SPRING, spring)):
        Term.objects.update_or_create(
            school_year=year, kind=kind, defaults={"first_day": days[0], "last_day": days[1]}
        )
    record(actor, "save_school_year", year, first_day=first.isoformat(), last_day=last.isoformat())
    return year
