"""Reporting absence: by guardians, or typed in by the school for one who telephones."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from skolnav.boxes.absence.models import AbsenceReport
from skolnav.boxes.absence.queries.reportable import Reportable, reportable
from skolnav.boxes.absence.queries.reporters import may_report_as_staff
from skolnav.boxes.absence.rules import reports_as_guardian
from skolnav.core.access.viewer import Viewer
from skolnav.core.people.actions.refusals import NotAllowed
from skolnav.core.presence.stretches import after, before, joined
from skolnav.core.publishing.permits import require_editable
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.managers import DoorQuerySet
from skolnav.core.tenancy.versions import lock_version

from .report_rows import Change, already_reported, away_now, locked, save_changes, write_reports
from .report_telling import tell_of_reports
from .wanted import NotReportable, Wanted, away_of

__all__ = [
    "NotReportable",
    "Wanted",
    "change_report",
    "mark_well",
    "report_absence",
    "report_each",
    "undo_report",
]


@transaction.atomic
def report_absence(
    *, actor: Viewer, pupil_ids: Sequence[int], wanted: Wanted, telephoned_by: str = ""
) -> list[AbsenceReport]:
    """Report the same for some pupils: one report each, in the order asked.

    A guardian reports their children; a mentor or leader types in what came by telephone (`telephoned_by`: the caller
    in their own relation). What is reported already, by whomever, is not reported twice: that report is the answer.
    Raises NotReportable for what may not be, in words for the reader, and NotAllowed.
    """
    return report_each(actor=actor, wanted=dict.fromkeys(pupil_ids, wanted), telephoned_by=telephoned_by)


@transaction.atomic
def report_each(
    *,
    actor: Viewer,
    wanted: Mapping[int, Wanted],
    telephoned_by: str = "",
    known: Mapping[int, Reportable] | None = None,
) -> list[AbsenceReport]:
    """The same with something of its own for each pupil (id -> Wanted): ticked lessons. `known` is what the form has
    just read of the pupils."""
    # Whoever reports the same pupil at this moment waits here, and finds our report afterwards.
    names = locked(wanted)
    by_staff = bool(telephoned_by) or not reports_as_guardian(actor, wanted)
    if by_staff and not may_report_as_staff(actor, wanted):
        raise NotAllowed("The actor is neither guardian, mentor nor leader of these pupils.")
    until = max(map(_lessons_until, wanted.values()))
    pupils = known or reportable(actor.organiser_id, names, until)
    away = {pk: away_of(one, pupils[pk], by_staff=by_staff) for pk, one in wanted.items()}
    found = already_reported(away)
    new = {pk: (one, away[pk]) for pk, one in wanted.items() if pk not in found}
    reports = write_reports(actor, new, telephoned_by, by_staff=by_staff)
    tell_of_reports(actor, reports, "reported")
    found |= {report.pupil_id: report for report in reports}
    return [found[pk] for pk in wanted]


@transaction.atomic
def change_report(
    *,
    actor: Viewer,
    report: AbsenceReport,
    version: int,
    wanted: Wanted,
    known: Mapping[int, Reportable] | None = None,
) -> AbsenceReport:
    """Make a report another from now on; what has passed of it stays as it was.

    Raises EditedMeanwhile when it is no longer at `version`, NotReportable and NotAllowed.
    """
    _require(actor, report)
    now = lock_version(report, version)
    by_staff = not reports_as_guardian(actor, [now.pupil_id])
    pupil = (known or _reportable(actor, now, wanted))[now.pupil_id]
    if now.withdrawn_at or now.last_day < pupil.today:
        raise NotReportable(_("Anmälan gäller inte längre och kan inte ändras. Gör en ny."))
    old = away_now([now])[now.pk]
    since = clock.start_of(pupil.today) if by_staff else pupil.changes_from()
    away = joined([*before(since, old), *after(since, away_of(wanted, pupil, by_staff=by_staff))])
    now.extent, now.reason, now.note = wanted.extent, wanted.reason, wanted.note
    now.first_day, now.last_day = away[0].day, away[-1].day
    now.starts = away[-1].begins if wanted.extent == AbsenceReport.Extent.REST else None
    now.lessons = [[public_id, day.isoformat()] for public_id, day in wanted.lessons]
    now.well_from = None
    save_changes(actor, "change_absence_report", [Change(now, old, away)])
    tell_of_reports(actor, [now], "changed")
    return now


@transaction.atomic
def mark_well(*, actor: Viewer, report: AbsenceReport, moment: datetime) -> list[AbsenceReport]:
    """The pupil is back from a moment (aware): the report ends there, and so do others of whole days that it lies
    among. Gives those that were changed; twice is the same as once. Raises NotAllowed."""
    _require(actor, report)
    locked([report.pupil_id])
    since = max(moment, clock.start_of(actor.today))
    running = list(_running_with(report).select_for_update())
    held = away_now(running)
    changes = []
    for one in running:
        away = joined(before(since, held[one.pk]))
        if away == joined(held[one.pk]):
            continue
        one.version += 1
        one.well_from = since
        if away:
            one.last_day = away[-1].day  # else it would stand among what is reported now, with nothing left
        else:
            one.withdrawn_at, one.withdrawn_by_id = clock.now(), actor.person_id
        changes.append(Change(one, held[one.pk], away))
    ended = save_changes(actor, "mark_well", changes)
    tell_of_reports(actor, ended, "well")
    return ended


@transaction.atomic
def undo_report(*, actor: Viewer, report: AbsenceReport, with_siblings: bool = False) -> list[AbsenceReport]:
    """Take back a report, and on demand those of siblings that were sent with it: as if it had never been. Gives them;
    twice is the same as once. Raises NotReportable when a day of it has passed, and NotAllowed."""
    _require(actor, report)
    which = Q(batch=report.batch) if with_siblings else Q(pk=report.pk)
    batch = AbsenceReport.objects.editable_by(actor).filter(which, withdrawn_at=None)
    locked(batch.values("pupil_id"))
    reports = list(batch.select_for_update())
    if any(one.first_day < actor.today for one in reports):
        raise NotReportable(_("En dag av anmälan har redan varit. Välj Frisk igen, eller ändra anmälan."))
    held = away_now(reports)
    for one in reports:
        one.version += 1
        one.withdrawn_at, one.withdrawn_by_id = clock.now(), actor.person_id
    save_changes(actor, "undo_absence_report", [Change(one, held[one.pk], []) for one in reports])
    tell_of_reports(actor, reports, "undone")
    return reports


def _require(actor: Viewer, report: AbsenceReport) -> None:
    """Guardians of the child, without a statement; else those who may change it as staff. Raises NotAllowed."""
    if not reports_as_guardian(actor, [report.pupil_id]):
        require_editable(actor, report)


def _reportable(actor: Viewer, report: AbsenceReport, wanted: Wanted) -> Mapping[int, Reportable]:
    names = locked([report.pupil_id])
    return reportable(actor.organiser_id, names, _lessons_until(wanted))


def _running_with(report: AbsenceReport) -> DoorQuerySet[AbsenceReport]:
    """The report itself, and those of the pupil for whole days or the rest of one that share a day with it."""
    same = Q(first_day__lte=report.last_day, last_day__gte=report.first_day)
    return AbsenceReport.everything.filter(
        Q(pk=report.pk) | same & ~Q(extent=AbsenceReport.Extent.LESSONS),
        pupil=report.pupil_id,
        withdrawn_at=None,
    )


def _lessons_until(wanted: Wanted) -> date:
    """Whole days ask for today's lessons alone: whether they are over, and what is locked."""
    return clock.today() if wanted.extent == AbsenceReport.Extent.DAYS else wanted.last_day
