"""What guardians have agreed on about two homes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from skolnav.core.access.viewer import Viewer
from skolnav.core.tenancy import clock

from ..models import HomeAgreement
from .people import GuardianName

SHOWN = 8  # weeks


@dataclass(frozen=True, slots=True)
class Homes:
    """An agreement or a proposal; `weeks` are the coming Mondays with whose they are: None is one's own."""

    agreement: HomeAgreement
    is_in_force: bool
    is_own_proposal: bool
    weeks: Sequence[tuple[date, str | None]]


def homes_of(viewer: Viewer, pupil_id: int, guardians: Sequence[GuardianName]) -> list[Homes]:
    """What holds, then what is proposed. Two statements."""
    names: dict[int, str | None] = {one.id: one.name for one in guardians}
    names[viewer.person_id] = None
    rows = HomeAgreement.objects.visible_to(viewer).filter(pupil=pupil_id, ended_at=None)
    this = clock.monday_of(viewer.today)
    found = []
    for row in rows.prefetch_related("home_weeks"):
        owners = {one.week: one.guardian_id for one in row.home_weeks.all()}
        start = max(this, row.cycle_start) if row.agreed_at is None else this
        mondays = [start + timedelta(days=7 * number) for number in range(SHOWN)]
        weeks = [
            (monday, names.get(owners.get((monday - row.cycle_start).days // 7 % row.weeks, 0), ""))
            for monday in mondays
        ]
        is_own = row.proposed_by_id == viewer.person_id
        found.append(Homes(row, row.agreed_at is not None, is_own, weeks))
    return sorted(found, key=lambda one: not one.is_in_force)
