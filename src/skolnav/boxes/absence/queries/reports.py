"""Reports as a family reads them: whose, when, why and by whom."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from skolnav.boxes.absence.models import BOX, AbsenceReport
from skolnav.core.access.viewer import PupilInCare, Viewer
from skolnav.core.boxes.choices import is_on
from skolnav.core.boxes.registry import find_box
from skolnav.core.presence.models import Absence, Reason
from skolnav.core.tenancy.managers import DoorQuerySet
from skolnav.core.web.words import say_moment

from .saying import said_when


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report with what holds of it now. `may_change` is for its guardians while a day of it is left,
    `may_be_undone` until a day of it has passed."""

    report: AbsenceReport
    pupil: PupilInCare
    absences: Sequence[Absence]
    by: str
    may_change: bool
    may_be_undone: bool
    has_begun: bool

    @property
    def when(self) -> str:
        """ "i dag", "26–27 nov", "i dag från 10.20"."""
        return said_when(self.absences)

    @property
    def reason(self) -> str:
        return str(Reason(self.report.reason).label)

    @property
    def is_ill(self) -> bool:
        return self.report.reason == Reason.ILL

    @property
    def is_withdrawn(self) -> bool:
        return self.report.withdrawn_at is not None

    @property
    def may_be_well(self) -> bool:
        """Whether "Frisk igen" makes sense: what has begun and is more than ticked lessons."""
        return self.may_change and self.has_begun and self.report.extent != AbsenceReport.Extent.LESSONS


def children_to_report(viewer: Viewer) -> list[PupilInCare]:
    """The viewer's children whose school uses the box. No statement."""
    box = find_box(BOX)
    return [
        child
        for child in viewer.children
        if box is not None and is_on(viewer, box, [school.id for school in child.schools])
    ]


def reports_of(viewer: Viewer, pupils: Sequence[PupilInCare]) -> DoorQuerySet[AbsenceReport]:
    """The pupils' reports that have not been undone."""
    ids = [pupil.id for pupil in pupils]
    return AbsenceReport.objects.visible_to(viewer).filter(pupil__in=ids, withdrawn_at=None)


def own_report(viewer: Viewer, public_id: str) -> AbsenceReport:
    """A report of one of the viewer's own children, which they may change; Http404 for others."""
    mine = AbsenceReport.objects.editable_by(viewer).filter(pupil__in=viewer.child_ids)
    return mine.get_or_404(public_id=public_id)


def running_report(viewer: Viewer, pupils: Sequence[PupilInCare]) -> AbsenceReport | None:
    """The nearest report of whole days, or of the rest of one, of the viewer's own children. One statement."""
    own = [pupil for pupil in pupils if pupil.id in viewer.child_ids]
    found = reports_of(viewer, own).filter(last_day__gte=viewer.today)
    return found.exclude(extent=AbsenceReport.Extent.LESSONS).order_by("first_day", "reported_at").first()


def coming_reports(viewer: Viewer, pupils: Sequence[PupilInCare]) -> list[ReportLine]:
    """What is reported of today and later, the nearest first. Two statements."""
    rows = reports_of(viewer, pupils).filter(last_day__gte=viewer.today).select_related("reported_by")
    return lines_of(viewer, rows.order_by("first_day", "reported_at"))


def lines_of(viewer: Viewer, reports: Iterable[AbsenceReport]) -> list[ReportLine]:
    """The reports as lines, with the stretches that hold of them. One statement besides the reports' own."""
    rows = list(reports)
    stretches: dict[str, list[Absence]] = defaultdict(list)
    for absence in Absence.everything.filter(source__in=[one.source for one in rows]).order_by("starts"):
        stretches[absence.source].append(absence)
    pupils = {pupil.id: pupil for pupil in viewer.pupils}
    return [_line(viewer, one, pupils[one.pupil_id], stretches[one.source]) for one in rows]


def _line(
    viewer: Viewer, report: AbsenceReport, pupil: PupilInCare, absences: Sequence[Absence]
) -> ReportLine:
    is_open = report.withdrawn_at is None and report.last_day >= viewer.today
    may_change = is_open and pupil.id in viewer.child_ids
    return ReportLine(
        report=report,
        pupil=pupil,
        absences=absences,
        by=said_by(viewer, report),
        may_change=may_change,
        may_be_undone=may_change and report.first_day >= viewer.today,
        has_begun=report.first_day <= viewer.today,
    )


def said_by(viewer: Viewer, report: AbsenceReport) -> str:
    """ "anmäld av dig i dag 07.02"; needs `reported_by`. A guardian with protected identity is not named."""
    moment = {"moment": say_moment(report.reported_at)}
    if report.is_by_staff:
        return _("inskriven av skolan %(moment)s") % moment
    if report.reported_by_id == viewer.person_id:
        return _("anmäld av dig %(moment)s") % moment
    if report.reported_by is None or report.reported_by.is_protected:
        return _("anmäld av en vårdnadshavare %(moment)s") % moment
    return _("anmäld av %(name)s %(moment)s") % {**moment, "name": report.reported_by.given_name}


def receipt_of(viewer: Viewer, public_id: str, beside: Sequence[str]) -> list[AbsenceReport]:
    """What a receipt shows: a report, those sent with it, and others by their public ids; Http404 where the first is
    not the family's. Two statements."""
    family = AbsenceReport.objects.visible_to(viewer).filter(pupil__in=viewer.pupil_ids)
    first = family.get_or_404(public_id=public_id)
    shown = family.filter(Q(batch=first.batch) | Q(public_id__in=beside))
    return list(shown.select_related("reported_by").order_by("pupil_id", "pk"))
