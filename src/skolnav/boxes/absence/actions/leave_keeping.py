"""An application under lock, and its granted days as absences that everybody reads."""

from collections.abc import Iterable
from datetime import date

from skolnav.boxes.absence.models import LeaveApplication
from skolnav.core.presence.models import Absence, Reason
from skolnav.core.presence.writing import Away, add_absences, drop_absences, rows_of
from skolnav.core.tenancy import clock

from .afterwards import presence_changed


def locked(leave: LeaveApplication) -> LeaveApplication:
    """The application as it stands now, locked until the transaction ends, with its parts. Four statements."""
    rows = LeaveApplication.everything.select_for_update(of=("self",)).select_related("pupil")
    return rows.prefetch_related("decisions", "consents").get(pk=leave.pk)


def days_kept(leave: LeaveApplication) -> list[date]:
    """The days that now stand as leave. One statement."""
    rows = Absence.everything.filter(source=leave.source).order_by("day")
    return list(rows.values_list("day", flat=True))


def keep_days(leave: LeaveApplication, days: Iterable[date], *, by_id: int, is_new: bool = False) -> None:
    """Make the days of a leave these and no others; registers already taken follow.

    `is_new`: it has none yet, which spares a statement. Days to come have no registers to bring in line.
    """
    if not is_new:
        drop_absences(leave.source)
    rows = rows_of(
        leave.source,
        organiser_id=leave.organiser_id,
        pupil_id=leave.pupil_id,
        kind=Absence.Kind.LEAVE,
        reason=Reason.LEAVE,
        away=[Away(day) for day in days],
        reported_by_id=by_id,
        reported_at=clock.now(),
    )
    add_absences(rows)
    if leave.first_day <= clock.today():
        presence_changed(leave.pupil_id, leave.first_day, min(leave.last_day, clock.today()))
