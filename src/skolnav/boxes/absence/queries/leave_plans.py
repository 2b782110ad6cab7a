"""What a period of leave would mean, while it is chosen and when it is applied for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q
from django.utils.translation import gettext as _

from skolnav.boxes.absence.models import LeaveApplication, LeaveDecision
from skolnav.core.access.viewer import PupilInCare, Viewer
from skolnav.core.feed.reading import DayLine, happenings_for
from skolnav.core.schools.calendar import SchoolCalendar, school_calendar
from skolnav.core.web.words import say_days

from .leave_days import count_of, granted_days, is_long, is_principals_alone, last_day_to_apply_for
from .settings import settings_of

# What of the school's calendar is no reason to think twice: there is no school then.
FREE_KINDS = frozenset({"study_day", "holiday", "term_date"})


@dataclass(frozen=True, slots=True)
class LeavePlan:
    """One child's part of a period: its school days, the school year's figures, who decides, or why it cannot be."""

    pupil: PupilInCare
    school_id: int
    days: Sequence[date]
    used: int
    total: int
    mentor_days: int
    is_principals: bool
    needs_both: bool
    refusal: str = ""


def period_fault(first: date, last: date, today: date) -> str:
    """Why nobody may apply for a period, in the reader's language; empty when one may."""
    if last < first:
        return _("Sista dagen ligger före den första.")
    if first < today:
        return _("Det går inte att söka ledighet för dagar som har varit. Prata med mentorn.")
    if last > last_day_to_apply_for(today):
        return _("Sök ledighet för det här läsåret eller nästa.")
    return ""


def plans_of(viewer: Viewer, pupils: Sequence[PupilInCare], first: date, last: date) -> list[LeavePlan]:
    """What the period would mean for each of the viewer's pupils. Four statements."""
    ids = [pupil.id for pupil in pupils]
    calendar = school_calendar(viewer.organiser_id, first, last)
    granted = granted_days(ids, first, last)
    settings = settings_of(pupil.school_id for pupil in pupils)
    taken = _taken(ids, first, last)
    plans = []
    for pupil in pupils:
        school_id, chosen = pupil.school_id, settings[pupil.school_id]
        days = calendar.school_days(school_id, first, last) if school_id else []
        count = count_of(days, granted.get(pupil.id, ()), first)
        plans.append(
            LeavePlan(
                pupil,
                school_id,
                days,
                count.used,
                count.total,
                chosen.mentor_leave_days,
                is_principals_alone(count.total, chosen.mentor_leave_days, first, last),
                chosen.leave_needs_both,
                _refusal(pupil, days, calendar, first, taken.get(pupil.id)),
            )
        )
    return plans


def happenings_in(viewer: Viewer, pupils: Sequence[PupilInCare], first: date, last: date) -> list[DayLine]:
    """What the school has planned for the pupils in the period, national tests first. One statement."""
    found = happenings_for(viewer, first, last, pupils)
    planned = [one for one in found if one.line.kind not in FREE_KINDS]
    return sorted(planned, key=lambda one: one.line.kind != "national_test")


def touches_school_duty(first: date, last: date) -> bool:
    """Whether the period is so long that the page warns about the duty to attend school."""
    return is_long(first, last)


def _refusal(
    pupil: PupilInCare,
    days: Sequence[date],
    calendar: SchoolCalendar,
    first: date,
    taken: LeaveApplication | None,
) -> str:
    if taken:
        period = say_days(taken.first_day, taken.last_day)
        return _("Det finns redan en ansökan om ledighet för %(name)s %(days)s.") % {
            "name": pupil.short_name,
            "days": period,
        }
    if days:
        return ""
    if calendar.terms and all(term.last_day < first for term in calendar.terms):
        return _("Skolan har inte lagt in terminerna så långt fram. Sök när de finns i kalendern.")
    return _("%(name)s har ingen skola de dagarna. Ni behöver inte söka ledigt.") % {"name": pupil.short_name}


def _taken(pupil_ids: Sequence[int], first: date, last: date) -> dict[int, LeaveApplication]:
    """Pupil id -> an application that waits for an answer or was granted, and shares days with the period."""
    granted = LeaveDecision.objects.filter(is_granted=True, replaced_at=None).values("application_id")
    begun = Q(given_up_from__gt=F("first_day")) & Q(given_up_from__gt=first)
    still_off = Q(given_up_from=None) | begun
    rows = LeaveApplication.everything.filter(
        LeaveApplication.open_q() | Q(withdrawn_at=None, pk__in=granted) & still_off,
        pupil__in=pupil_ids,
        first_day__lte=last,
        last_day__gte=first,
    )
    return {row.pupil_id: row for row in rows}
