"""One import: read, plan, apply, report."""

from pathlib import Path

from django.db import transaction

from skolnav.core.audit.log import record
from skolnav.core.schools.models import Organiser
from skolnav.core.tenancy import clock, scope

from .applying import apply_plan
from .folder import FolderSource
from .guard import removals_to_accept
from .organisers import Whose, whose_data
from .planning import make_plan
from .planning.changes import Action, Change, Plan, Ref
from .planning.snapshot import Snapshot, take_snapshot
from .reading import Progress, Reading, read
from .report import ImportReport
from .source import Source


def _silent(step: str, done: int) -> None:
    """Progress that nobody watches."""


def run_import(
    *,
    folder: Path | None = None,
    source: Source | None = None,
    organiser: str = "",
    dry_run: bool = False,
    accept_removals: bool = False,
    progress: Progress = _silent,
) -> ImportReport:
    """Bring a source into the organiser that it is about, in one transaction, or only say what that would do.

    Give a `folder` of JSON files or another `source`. `organiser` is a name; without it the source's Huvudman
    is looked for, and made if the installation does not know it. A run that would end more than its share of
    a list writes nothing unless `accept_removals`; its report is `stopped`. A second run changes nothing.

    Raises UnreadableSource (nothing of a broken source is used) and ImportRefused (whose data is it?).
    """
    if source is None:
        if folder is None:
            raise TypeError("Give a folder or a source.")
        source = FolderSource(folder)
    reading = read(source, clock.today(), progress)
    with transaction.atomic():
        whose = whose_data(reading, organiser)
        if whose.row:
            # Nobody plans against rows that another import is about to change.
            Organiser.objects.select_for_update().get(pk=whose.row.pk)
        plan, known = _plan(reading, whose)
        stops = [] if accept_removals else removals_to_accept(plan)
        report = ImportReport(whose.name, reading.read, plan, reading.problems, stops, dry_run)
        if report.is_written:
            _write(whose, plan, known, progress)
    return report


def _plan(reading: Reading, whose: Whose) -> tuple[Plan, dict[Ref, int]]:
    source_id = whose.entity.id if whose.entity else None
    if whose.row is None:
        plan, known = make_plan(reading, Snapshot(), clock.today(), organiser_source_id=source_id)
    else:
        with scope.of_organiser(whose.row.pk):
            snapshot = take_snapshot(whose.row.pk, reading)
            plan, known = make_plan(reading, snapshot, clock.today(), organiser_source_id=source_id)
    _count_organiser(plan, whose)
    return plan, known


def _count_organiser(plan: Plan, whose: Whose) -> None:
    """The organiser is a row of its own, before all scopes: counted with the organisations, written first."""
    if whose.entity is None:
        return
    action = Action.CHANGE if whose.row else Action.CREATE
    if whose.row and not _organiser_values(whose):
        plan.unchanged["organisations"] += 1
        return
    reason = "linked to the source" if whose.row else "new in the source"
    plan.organiser = Change(
        action, "organisations", whose.entity.id, (), whose.name, reason, None, _organiser_values(whose)
    )


def _organiser_values(whose: Whose) -> dict[str, object]:
    """What the source knows of the organiser, where nothing is written here yet."""
    entity, row = whose.entity, whose.row
    if entity is None:
        return {}
    said = {
        "source_id": entity.id,
        "name": entity.name,
        "organisation_number": entity.organisation_number,
        "municipality_code": entity.municipality_code,
        "email": entity.email,
        "phone": entity.phone,
        "website": entity.website,
    }
    return {name: value for name, value in said.items() if value and not (row and getattr(row, name))}


def _write(whose: Whose, plan: Plan, known: dict[Ref, int], progress: Progress) -> None:
    organiser = whose.row or Organiser()
    values = dict(plan.organiser.values) if plan.organiser else {}
    for name, value in values.items():
        setattr(organiser, name, value)
    if values:
        organiser.save()
    with scope.of_organiser(organiser.pk):
        apply_plan(plan, organiser.pk, known, progress)
        if plan.changes or values:
            record(None, "import_ss12000", organiser, organiser_id=organiser.pk, changes=len(plan.changes))
