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
from skolnav.core.people.models import Person
from skolnav.core.presence.stretches import after, before, joined
from skolnav.core.publishing.permits import require_editable
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.managers import DoorQuerySet
from skolnav.core.tenancy.versions import lock_version

from .report_rows import already_reported, away_now, locked, save, write_reports
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
    people = locked(wanted)
    by_staff = bool(telephoned_by) or not reports_as_guardian(actor, wanted)
    if by_staff and not may_report_as_staff(actor, wanted):
        raise NotAllowed("The actor is neither guardian, mentor nor leader of these pupils.")
    until = max(map(_lessons_until, wanted.values()))
    pupils = known or reportable(actor.organiser_id, _names(people), until)
    away = {pk: away_of(one, pupils[pk], by_staff=by_staff) for pk, one in wanted.items()}
    found = already_reported(away)
    new = {pk: (one, away[pk]) for pk, one in wanted.items() if pk not in found}
    reports = write_reports(actor, new, telephoned_by, by_staff=by_staff)
    tell_of_reports(actor, reports, people, "reported")
    found |= {report.pupil_id: report for report in reports}
    return [found[pk] for pk in wanted]


@transaction.atomic
def change_report(*, actor: Viewer, report: AbsenceReport, version: int, wanted: Wanted) -> AbsenceReport:
    """Make a report another from now on; what has passed of it stays as it was.

    Raises EditedMeanwhile when it is no longer at `version`, NotReportable and NotAllowed.
    """
    people = locked([report.pupil_id])
    require_editable(actor, report)
    now = lock_version(report, version)
    by_staff = not reports_as_guardian(actor, [now.pupil_id])
    pupil = reportable(actor.organiser_id, _names(people), _lessons_until(wanted))[now.pupil_id]
    old = away_now(now)
    if now.withdrawn_at or now.last_day < pupil.today:
        raise NotReportable(_("Anmälan gäller inte längre och kan inte ändras. Gör en ny."))
    since = clock.start_of(pupil.today) if by_staff else pupil.changes_from()
    away = joined([*before(since, old), *after(since, away_of(wanted, pupil, by_staff=by_staff))])
    now.extent, now.reason, now.note = wanted.extent, wanted.reason, wanted.note
    now.first_day, now.last_day = away[0].day, away[-1].day
    now.starts = away[-1].begins if wanted.extent == AbsenceReport.Extent.REST else None
    now.lessons = [[public_id, day.isoformat()] for public_id, day in wanted.lessons]
    now.well_from = None
    save(actor, now, "change_absence_report", old, away)
    tell_of_reports(actor, [now], people, "changed")
    return now


@transaction.atomic
def mark_well(*, actor: Viewer, report: AbsenceReport, moment: datetime) -> list[AbsenceReport]:
    """The pupil is back from a moment (aware): the report ends there, and so do others of whole days that it lies
    among. Gives those that were changed; twice is the same as once. Raises NotAllowed."""
    people = locked([report.pupil_id])
    require_editable(actor, report)
    since = max(moment, clock.start_of(actor.today))
    ended = []
    for one in _running_with(report).select_for_update():
        old = away_now(one)
        away = joined(before(since, old))
        if away == joined(old):
            continue
        one.version += 1
        one.well_from = since
        if not away:
            one.withdrawn_at, one.withdrawn_by_id = clock.now(), actor.person_id
        save(actor, one, "mark_well", old, away)
        ended.append(one)
    tell_of_reports(actor, ended, people, "well")
    return ended


@transaction.atomic
def undo_report(*, actor: Viewer, report: AbsenceReport) -> list[AbsenceReport]:
    """Take back a report, and those of siblings that were sent with it: as if it had never been. Gives them; twice is
    the same as once. Raises NotReportable when a day of it has passed, and NotAllowed."""
    require_editable(actor, report)
    batch = AbsenceReport.objects.editable_by(actor).filter(batch=report.batch, withdrawn_at=None)
    people = locked(batch.values_list("pupil_id", flat=True))
    reports = list(batch.select_for_update())
    for one in reports:
        if one.first_day < actor.today:
            raise NotReportable(_("En dag av anmälan har redan varit. Välj Frisk igen, eller ändra anmälan."))
        one.version += 1
        one.withdrawn_at, one.withdrawn_by_id = clock.now(), actor.person_id
        save(actor, one, "undo_absence_report", away_now(one), [])
    tell_of_reports(actor, reports, people, "undone")
    return reports


def _running_with(report: AbsenceReport) -> DoorQuerySet[AbsenceReport]:
    """The report itself, and those of the pupil for whole days or the rest of one that share a day with it."""
    same = Q(first_day__lte=report.last_day, last_day__gte=report.first_day)
    return AbsenceReport.everything.filter(
        Q(pk=report.pk) | same & ~Q(extent=AbsenceReport.Extent.LESSONS),
        pupil=report.pupil_id,
        withdrawn_at=None,
    )


def _names(people: Mapping[int, Person]) -> dict[int, str]:
    """How a refusal calls them."""
    return {pk: person.given_name for pk, person in people.items()}


def _lessons_until(wanted: Wanted) -> date:
    """Whole days ask for today's lessons alone: whether they are over, and what is locked."""
    return clock.today() if wanted.extent == AbsenceReport.Extent.DAYS else wanted.last_day
