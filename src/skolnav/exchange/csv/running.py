"""The two steps: a file is read and kept as its rows; then planned against what is here now, and written."""

from dataclasses import dataclass

from django.db import transaction

from skolnav.core.access.viewer import Viewer
from skolnav.core.audit.log import record
from skolnav.core.people.actions.refusals import NotAllowed
from skolnav.core.schools.models import SchoolUnit
from skolnav.core.tenancy import clock
from skolnav.exchange.models import TimetableFile

from .applying import apply_plan
from .planning import Plan, make_plan
from .reading import read_cells
from .snapshot import take_snapshot


class CannotWrite(Exception):
    """The plan may not be written as it is: it is empty or has problems, ends much without a yes, or is another than
    was seen."""

    def __init__(self, plan: Plan) -> None:
        super().__init__("The plan is not to be written as it is.")
        self.plan = plan


@dataclass(frozen=True, slots=True)
class Upload:
    """What somebody chose."""

    name: str
    content: bytes


@transaction.atomic
def keep_file(*, actor: Viewer, school: SchoolUnit, upload: Upload) -> TimetableFile:
    """Read a file and keep its rows for a day. Raises UnreadableFile, and NotAllowed."""
    _require_leader(actor, school.pk)
    cells = read_cells(upload.content)
    return TimetableFile.everything.create(
        organiser_id=actor.organiser_id,
        school=school,
        asked_by_id=actor.person_id,
        asked_at=clock.now(),
        file_name=upload.name[:120],
        rows=cells,
    )


def plan_of(*, actor: Viewer, file: TimetableFile) -> Plan:
    """What the file would change now; remembered as seen, so that another plan is not written in its place."""
    plan = _plan(actor, file)
    if plan.fingerprint != file.fingerprint:
        TimetableFile.everything.filter(pk=file.pk).update(fingerprint=plan.fingerprint)
    return plan


@transaction.atomic
def write_file(*, actor: Viewer, file: TimetableFile, accepts_ends: bool) -> None:
    """Write the plan that was seen, whole. Raises CannotWrite with the plan as it now is, and NotAllowed."""
    _require_leader(actor, file.school_id)
    # Two who write for one school at once: the second plans against what the first has written.
    SchoolUnit.objects.select_for_update().get(pk=file.school_id)
    now = TimetableFile.everything.select_for_update().get(pk=file.pk)
    if now.written_at:
        return
    plan = _plan(actor, now)
    if (
        plan.is_empty
        or plan.problems
        or plan.fingerprint != now.fingerprint
        or (plan.ends_much and not accepts_ends)
    ):
        raise CannotWrite(plan)
    apply_plan(plan)
    now.rows, now.written_at = [], clock.now()
    now.counts = {
        "new": len(plan.new), "changed": len(plan.changed), "ended": len(plan.ended), "unchanged": plan.unchanged,
    }  # fmt: skip
    now.save()
    record(actor, "import_timetable", now, school=file.school_id, **now.counts)


def _plan(actor: Viewer, file: TimetableFile) -> Plan:
    return make_plan(file.rows, take_snapshot(actor.organiser_id, file.school_id, actor.today))


def _require_leader(actor: Viewer, school_id: int) -> None:
    if school_id not in actor.led_school_ids:
        raise NotAllowed("Timetables are brought in by those who lead the school.")
