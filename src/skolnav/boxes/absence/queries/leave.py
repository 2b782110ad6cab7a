"""The families' side of leave: what they have applied for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from skolnav.boxes.absence.models import LeaveApplication, LeaveConsent, LeaveState
from skolnav.core.access.viewer import PupilInCare, Viewer
from skolnav.core.people.models import Guardianship
from skolnav.core.tenancy.managers import DoorQuerySet

Named = frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class LeaveView:
    """An application as one of its family reads it."""

    leave: LeaveApplication
    pupil: PupilInCare
    viewer: Viewer
    named: Named

    @property
    def state(self) -> LeaveState:
        return self.leave.state

    @property
    def is_guardian(self) -> bool:
        return self.pupil.id in self.viewer.child_ids

    @property
    def applicant(self) -> str:
        return self.name_of(self.leave.applied_by)

    @property
    def consents(self) -> list[LeaveConsent]:
        """The guardians' answers: for guardians, not for the pupil."""
        return list(self.leave.consents.all()) if self.is_guardian else []

    @property
    def awaited(self) -> LeaveConsent | None:
        """The question that the viewer has not answered."""
        if self.state not in (LeaveState.CONSENT, LeaveState.DISAGREED):
            return None
        mine = [one for one in self.consents if one.guardian_id == self.viewer.person_id]
        return next((one for one in mine if one.agrees is None), None)

    @property
    def may_withdraw(self) -> bool:
        """The applicant, while it waits."""
        return self.is_guardian and self.leave.is_open and self.leave.applied_by_id == self.viewer.person_id

    @property
    def may_give_up(self) -> bool:
        """Either guardian, while granted days lie ahead."""
        ahead = self.leave.last_day > self.viewer.today or self.leave.first_day == self.viewer.today
        return (
            self.is_guardian and self.state == LeaveState.GRANTED and ahead and not self.leave.given_up_from
        )

    def name_of(self, person: Any) -> str:
        """ "du", the other guardian's name, or who they are where the name is not the reader's to know."""
        if person is not None and person.pk == self.viewer.person_id:
            return _("du")
        if person is not None and (self.pupil.id, person.pk) in self.named:
            return str(person.full_name)
        return _("den andra vårdnadshavaren")


def leaves_of(viewer: Viewer, pupils: Sequence[PupilInCare]) -> DoorQuerySet[LeaveApplication]:
    """The pupils' applications, the latest period first; for `views_of`. Not more than the viewer's own pupils'."""
    ids = [pupil.id for pupil in pupils if pupil.id in viewer.pupil_ids]
    rows: Any = LeaveApplication.objects.visible_to(viewer).filter(pupil__in=ids)
    rows = rows.select_related("applied_by", "given_up_by").prefetch_related("decisions__decided_by")
    found: DoorQuerySet[LeaveApplication] = rows.prefetch_related("consents__guardian").order_by(
        "-first_day", "-pk"
    )
    return found


def views_of(
    viewer: Viewer, pupils: Sequence[PupilInCare], leaves: Iterable[LeaveApplication]
) -> list[LeaveView]:
    """The applications as the viewer reads them. One statement more."""
    by_id = {pupil.id: pupil for pupil in pupils}
    named = _named(viewer, by_id)
    return [LeaveView(leave, by_id[leave.pupil_id], viewer, named) for leave in leaves]


def _named(viewer: Viewer, pupil_ids: Iterable[int]) -> Named:
    """(pupil, guardian) whose names each other's may know: custody today, nothing restricted, nobody protected."""
    rows = Guardianship.everything.filter(
        Guardianship.gives_access_on(viewer.today), pupil__in=list(pupil_ids), guardian__is_protected=False
    )
    return frozenset(rows.values_list("pupil_id", "guardian_id"))
