"""The staff's side of leave: what waits for whose decision, and the figures that it rests on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery, Sum

from skolnav.boxes.absence.models import AbsenceSettings, LeaveApplication, LeaveState, LessonAttendance
from skolnav.boxes.absence.models.settings import MOST_DELEGATED_DAYS
from skolnav.core.access.viewer import Viewer
from skolnav.core.people.models import Group, Membership
from skolnav.core.schools.calendar import school_calendar
from skolnav.core.tenancy.managers import DoorQuerySet

from .cases import class_names
from .leave_days import YearCount, count_of, granted_days, is_long, is_principals_alone, school_year_of
from .settings import settings_of


@dataclass(frozen=True, slots=True)
class LeaveCase:
    """An application as staff meet it, with its figures of the school year."""

    leave: LeaveApplication
    viewer: Viewer
    count: YearCount
    is_principals: bool
    class_name: str = ""

    @property
    def state(self) -> LeaveState:
        return self.leave.state

    @property
    def is_principal(self) -> bool:
        return leads_as_principal(self.viewer, self.leave)

    @property
    def may_decide(self) -> bool:
        """Whether it waits for this very viewer, or (the principal) could be decided by them."""
        return self.leave.is_open and may_decide(
            self.viewer, self.leave, is_mentor=self.is_mentor, is_principals=self.is_principals
        )

    @property
    def waits_for_me(self) -> bool:
        return self.state in (LeaveState.WAITING, LeaveState.DISAGREED) and self.may_decide

    @property
    def is_mentor(self) -> bool:
        return is_mentor_of(self.leave)

    @property
    def may_change(self) -> bool:
        """A decision is changed by the principal alone, while days of it lie ahead."""
        standing = self.state in (LeaveState.GRANTED, LeaveState.REFUSED) and not self.leave.given_up_from
        mine = self.leave.pupil_id not in self.viewer.child_ids
        return standing and mine and self.is_principal and self.leave.last_day >= self.viewer.today

    @property
    def is_long(self) -> bool:
        return is_long(self.leave.first_day, self.leave.last_day)


def leads_as_principal(viewer: Viewer, leave: LeaveApplication) -> bool:
    """Whether the viewer is principal of the application's school. An administrator is not."""
    return (leave.school_id, "principal") in viewer.roles


def may_decide(viewer: Viewer, leave: LeaveApplication, *, is_mentor: bool, is_principals: bool) -> bool:
    """Who may decide about an application: the principal always; the mentor up to the school's number of days.

    Nobody about their own child (Förvaltningslagen 2017:900, 16 §); a mentor only where all guardians agree.
    """
    if leave.pupil_id in viewer.child_ids:
        return False
    if leads_as_principal(viewer, leave):
        return True
    return is_mentor and not is_principals and leave.state == LeaveState.WAITING


def leaves_for_staff(viewer: Viewer) -> DoorQuerySet[LeaveApplication]:
    """The applications of pupils whose mentor the viewer is, or whose school they lead.

    Each knows whether the viewer is its mentor (`is_mentor_of`) and what the school delegates (`mentor_days_of`).
    """
    rows: Any = LeaveApplication.objects.visible_to(viewer).filter(LeaveApplication.of_staff_q(viewer))
    settings = AbsenceSettings.everything.filter(school=OuterRef("school")).values("mentor_leave_days")[:1]
    found: DoorQuerySet[LeaveApplication] = rows.annotate(
        is_mine=Exists(_mentored(viewer)), mentor_days=Subquery(settings)
    )
    return found


def is_mentor_of(leave: LeaveApplication) -> bool:
    """Whether the viewer of `leaves_for_staff` is the pupil's mentor."""
    return bool(getattr(leave, "is_mine", False))


def mentor_days_of(leave: LeaveApplication) -> int:
    """How many days of a school year the school lets a mentor decide about; of `leaves_for_staff`."""
    chosen: int | None = getattr(leave, "mentor_days", None)
    return MOST_DELEGATED_DAYS if chosen is None else chosen


def with_parts(rows: DoorQuerySet[LeaveApplication]) -> DoorQuerySet[LeaveApplication]:
    """With everything that a page says of them. Two statements more."""
    related: Any = rows.select_related("pupil", "school", "applied_by")
    found: DoorQuerySet[LeaveApplication] = related.prefetch_related(
        "decisions__decided_by", "consents__guardian"
    )
    return found


def in_class(rows: DoorQuerySet[LeaveApplication], group: Group, day: date) -> DoorQuerySet[LeaveApplication]:
    """Those of the pupils who are in a class on a day."""
    members = Membership.everything.filter(Membership.valid_on(day), group=group)
    return rows.filter(pupil__in=members.values("person_id"))


def classes_of(viewer: Viewer) -> list[Group]:
    """The classes to choose among: one's own as mentor, all of the schools that one leads. One statement."""
    mine = Q(pk__in=viewer.mentor_group_ids) | Q(school__in=viewer.led_school_ids, kind=Group.Kind.CLASS)
    groups = Group.objects.visible_to(viewer).filter(mine, valid_until=None)
    return list(groups.order_by("name"))


def cases_of(viewer: Viewer, leaves: Sequence[LeaveApplication]) -> list[LeaveCase]:
    """Applications of `leaves_for_staff` with the figures they rest on. Three statements, however many they are."""
    ids = {leave.pupil_id for leave in leaves}
    counts = counts_of(viewer, leaves)
    classes = class_names(viewer, ids)
    return [
        LeaveCase(
            leave,
            viewer,
            counts[leave.pk],
            is_principals_alone(
                counts[leave.pk].total,
                mentor_days_of(leave),
                leave.first_day,
                leave.last_day,
            ),
            classes.get(leave.pupil_id, ""),
        )
        for leave in leaves
    ]


def counts_of(viewer: Viewer, leaves: Iterable[LeaveApplication]) -> dict[int, YearCount]:
    """Application's key -> the school year's days without it and with it. Two statements."""
    asked = list(leaves)
    if not asked:
        return {}
    first, last = min(one.first_day for one in asked), max(one.last_day for one in asked)
    calendar = school_calendar(viewer.organiser_id, first, last)
    granted = granted_days({one.pupil_id for one in asked}, first, last)
    found = {}
    for leave in asked:
        days = calendar.school_days(leave.school_id, leave.first_day, leave.last_day)
        others = granted.get(leave.pupil_id, set())
        own = set(days) if leave.decision and leave.decision.is_granted else set()
        found[leave.pk] = count_of(days, others - own, leave.first_day)
    return found


def waiting_for(viewer: Viewer) -> list[LeaveApplication]:
    """The applications that the viewer may decide about now. Two statements."""
    principal = [school for school, role in viewer.roles if role == "principal"]
    of_principal = Q(school__in=principal) & (LeaveApplication.agreed_q() | LeaveApplication.disagreed_q())
    mine = Q(is_mine=True) & LeaveApplication.agreed_q() | of_principal
    rows: Any = leaves_for_staff(viewer).filter(LeaveApplication.open_q(), mine)
    rows = rows.exclude(pupil__in=viewer.child_ids).order_by("first_day", "pk")
    leaves: list[Any] = list(rows.select_related("pupil"))
    if not leaves:
        return []
    first, last = min(one.first_day for one in leaves), max(one.last_day for one in leaves)
    granted = granted_days({one.pupil_id for one in leaves}, first, last)
    return [one for one in leaves if _waits(viewer, one, granted.get(one.pupil_id, set()))]


def absence_share(pupil_id: int, day: date) -> int | None:
    """Per cent of the school year's minutes that a pupil was away, valid or not; None before any attendance was taken.

    One statement. The pupil came through a door.
    """
    year = school_year_of(day)
    sums = LessonAttendance.everything.filter(
        pupil=pupil_id, day__gte=year.first_day, day__lte=day
    ).aggregate(here=Sum("attended_minutes"), valid=Sum("valid_minutes"), invalid=Sum("invalid_minutes"))
    away = (sums["valid"] or 0) + (sums["invalid"] or 0)
    minutes = away + (sums["here"] or 0)
    return round(100 * away / minutes) if minutes else None


def is_for_the_principal(leave: LeaveApplication) -> bool:
    """Whether the principal alone decides about an application, as its school has delegated. Two statements."""
    granted = granted_days([leave.pupil_id], leave.first_day, leave.last_day).get(leave.pupil_id, set())
    days = settings_of([leave.school_id])[leave.school_id].mentor_leave_days
    return is_principals_alone(_total(leave, granted), days, leave.first_day, leave.last_day)


def _total(leave: LeaveApplication, granted: set[date]) -> int:
    """Days of the school year with the application's."""
    year = school_year_of(leave.first_day)
    return leave.school_days + sum(day in year for day in granted)


def _waits(viewer: Viewer, leave: Any, granted: set[date]) -> bool:
    if leads_as_principal(viewer, leave):
        return True
    total = _total(leave, granted)
    return not is_principals_alone(total, mentor_days_of(leave), leave.first_day, leave.last_day)


def _mentored(viewer: Viewer) -> Any:
    return Membership.everything.filter(
        Membership.valid_on(viewer.today), group__in=viewer.mentor_group_ids, person=OuterRef("pupil")
    )
