"""The rows behind a report: itself, its stretches in core.presence, and what follows of them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from skolnav.boxes.absence.models import AbsenceReport, LessonAttendance
from skolnav.core.access.viewer import Viewer
from skolnav.core.audit.log import record_each
from skolnav.core.people.models import Person
from skolnav.core.presence.models import Absence
from skolnav.core.presence.reading import absences_of
from skolnav.core.presence.stretches import Away
from skolnav.core.presence.writing import add_absences, drop_absences, rows_of
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.ids import new_public_id

from .afterwards import presence_changed
from .wanted import Wanted

# What a change of a report may change of its row.
CHANGED = (
    "extent", "reason", "note", "first_day", "last_day", "starts", "lessons", "well_from", "withdrawn_at",
    "withdrawn_by", "version",
)  # fmt: skip


def locked(pupil_ids: Collection[int] | QuerySet[Any]) -> dict[int, str]:
    """The pupils by name, locked until the transaction ends: who reports one of them at this moment waits."""
    rows = Person.everything.select_for_update().filter(pk__in=pupil_ids).order_by("pk")
    return dict(rows.values_list("pk", "given_name"))


def already_reported(away: Mapping[int, Sequence[Away]]) -> dict[int, AbsenceReport]:
    """By pupil: the report that covers all of the stretches already, where there is one. At most two statements."""
    days = [one.day for stretches in away.values() for one in stretches]
    known = absences_of(away, min(days), max(days))
    sources = {pk: _covering(known.get(pk, ()), stretches) for pk, stretches in away.items()}
    keys = [source.removeprefix(AbsenceReport.SOURCE) for source in sources.values() if source]
    reports = AbsenceReport.everything.filter(pk__in=keys).select_related("reported_by") if keys else ()
    return {report.pupil_id: report for report in reports}


def _covering(absences: Sequence[Absence], away: Sequence[Away]) -> str:
    """The report's source that first covers every stretch; empty where none does. What the school has excused is valid
    absence too, and no report."""
    reported = [one for one in absences if one.source.startswith(AbsenceReport.SOURCE)]
    for source in dict.fromkeys(one.source for one in reported):
        theirs = [one for one in reported if one.source == source]
        if all(any(one.starts <= part.begins and one.ends >= part.until for one in theirs) for part in away):
            return source
    return ""


def write_reports(
    actor: Viewer, new: Mapping[int, tuple[Wanted, Sequence[Away]]], telephoned_by: str, *, by_staff: bool
) -> list[AbsenceReport]:
    """Write a report for each pupil, all of one batch, with its stretches."""
    batch, now = new_public_id(), clock.now()
    reports = AbsenceReport.everything.bulk_create(
        AbsenceReport(
            organiser_id=actor.organiser_id,
            pupil_id=pupil_id,
            batch=batch,
            extent=wanted.extent,
            first_day=away[0].day,
            last_day=away[-1].day,
            starts=away[0].begins if wanted.extent == AbsenceReport.Extent.REST else None,
            lessons=[[public_id, day.isoformat()] for public_id, day in wanted.lessons],
            reason=wanted.reason,
            note=wanted.note,
            reported_by_id=actor.person_id,
            reported_at=now,
            telephoned_by=telephoned_by,
            is_by_staff=by_staff,
        )
        for pupil_id, (wanted, away) in new.items()
    )
    add_absences(
        row for report in reports for row in rows_of(**_origin(report), away=new[report.pupil_id][1])
    )
    record_each(actor, "report_absence", reports)
    _follow({report.pupil_id: [one.day for one in new[report.pupil_id][1]] for report in reports})
    return reports


def away_now(reports: Sequence[AbsenceReport]) -> dict[int, list[Away]]:
    """What holds of each report (by its key), as stretches in order. One statement."""
    found: dict[str, list[Away]] = defaultdict(list)
    for one in Absence.everything.filter(source__in=[report.source for report in reports]).order_by("starts"):
        found[one.source].append(Away(one.day) if one.is_whole_day else Away(one.day, one.starts, one.ends))
    return {report.pk: found[report.source] for report in reports}


@dataclass(frozen=True)
class Change:
    """A report as it shall be from now on, with the stretches that it had and that it gets."""

    report: AbsenceReport
    old: Sequence[Away]
    away: Sequence[Away]


def save_changes(actor: Viewer, act: str, changes: Sequence[Change]) -> list[AbsenceReport]:
    """Save reports that have changed, with their stretches, the log, and what follows on the days of both.

    Five statements for any number, and those of the registers that follow.
    """
    reports = [one.report for one in changes]
    if reports:
        AbsenceReport.everything.bulk_update(reports, CHANGED)
        drop_absences(*[report.source for report in reports])
        add_absences(row for one in changes for row in rows_of(**_origin(one.report), away=one.away))
        record_each(actor, act, reports)
        _follow({one.report.pupil_id: [part.day for part in (*one.old, *one.away)] for one in changes})
    return reports


def _origin(report: AbsenceReport) -> dict[str, Any]:
    return {
        "source": report.source,
        "organiser_id": report.organiser_id,
        "pupil_id": report.pupil_id,
        "kind": Absence.Kind.REPORTED,
        "reason": report.reason,
        "reported_by_id": report.reported_by_id,
        "reported_at": report.reported_at,
    }


def _follow(days_of: Mapping[int, Sequence[date]]) -> None:
    """Registers taken already, and what came of them, follow; most pupils are reported before any lesson.

    One statement, and those of `presence_changed` for pupils who stand in a register.
    """
    days = [day for mine in days_of.values() for day in mine if day <= clock.today()]
    if not days:
        return
    taken = LessonAttendance.everything.filter(pupil__in=days_of, day__gte=min(days), day__lte=max(days))
    for pupil_id in set(taken.values_list("pupil_id", flat=True)):
        presence_changed(pupil_id, min(days), max(days))
