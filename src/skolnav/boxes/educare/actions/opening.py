"""When fritids is open, which days it is shut, and what a school has chosen."""

from collections.abc import Mapping
from datetime import date, time

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from skolnav.core.access.viewer import Viewer
from skolnav.core.audit.log import record
from skolnav.core.notifications.outbox import Telling, notify_many
from skolnav.core.people.actions.refusals import NotAllowed, Refused
from skolnav.core.schools.models import SchoolUnit
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.versions import lock_version

from ..models import ClosingDay, EducareSettings, OpeningHours
from ..queries.families import guardians_of, planned_on, pupils_of_school


@transaction.atomic
def change_opening(
    *,
    actor: Viewer,
    school: SchoolUnit,
    version: int,
    lock_days: int,
    late_after_minutes: int,
    holiday_reminder_days: int,
    hours: Mapping[int, tuple[time, time]],
) -> EducareSettings:
    """Set a school's hours by weekday (0 is Monday; a weekday left out is closed) and what it has chosen.

    `version` is 0 while the school has chosen nothing. Raises NotAllowed, and EditedMeanwhile.
    """
    if school.pk not in actor.led_school_ids:
        raise NotAllowed("The actor does not lead this school.")
    row, _made = EducareSettings.everything.get_or_create(
        school=school, defaults={"organiser_id": actor.organiser_id, "version": 0}
    )
    now = lock_version(row, version)
    now.lock_days, now.late_after_minutes = lock_days, late_after_minutes
    now.holiday_reminder_days = holiday_reminder_days
    now.save()
    OpeningHours.everything.filter(school=school).delete()
    OpeningHours.everything.bulk_create(
        OpeningHours(
            organiser_id=actor.organiser_id, school=school, weekday=weekday, opens=opens, closes=closes
        )
        for weekday, (opens, closes) in hours.items()
    )
    record(actor, "change_educare_opening", now)
    return now


@transaction.atomic
def close_day(*, actor: Viewer, school_id: int, day: date, reason: str) -> ClosingDay:
    """Shut fritids for a day and tell the families that have times on it. Raises NotAllowed, and Refused."""
    require_work_at(actor, school_id)
    if day < clock.today():
        raise Refused(_("Dagen har redan varit. Välj en dag från och med i dag."))
    try:
        with transaction.atomic():
            closing = ClosingDay.everything.create(
                organiser_id=actor.organiser_id,
                school_id=school_id,
                day=day,
                reason=reason,
                closed_by_id=actor.person_id,
                closed_at=clock.now(),
            )
    except IntegrityError:
        raise Refused(_("Fritids är redan stängt den dagen.")) from None
    record(actor, "close_educare_day", closing)
    _tell_families(closing)
    return closing


@transaction.atomic
def reopen_day(*, actor: Viewer, closing: ClosingDay) -> None:
    """Take a closing day away; what it has told stays in people's bells. Raises NotAllowed."""
    if not ClosingDay.objects.editable_by(actor).filter(pk=closing.pk).exists():
        raise NotAllowed("The actor may not open this day.")
    record(actor, "reopen_educare_day", closing)
    closing.delete()


def require_work_at(actor: Viewer, school_id: int) -> None:
    """Raise NotAllowed unless the actor works at the school's fritids or leads the school."""
    mine = {group.school_id for group in actor.staff_groups if group.role == "educare"}
    if school_id not in mine | actor.led_school_ids:
        raise NotAllowed("The actor works at no fritids of this school.")


def _tell_families(closing: ClosingDay) -> None:
    """One notice a child, since custody is the child's; a family with no times that day is left alone."""
    coming = planned_on(pupils_of_school(closing.school_id, closing.day), closing.day)
    tellings = [
        Telling(
            fact=f"closing:{closing.pk}:{pupil_id}",
            revision=1,
            person_ids=guardians,
            pupil_id=pupil_id,
            params={"day": closing.day.isoformat(), "reason": closing.reason},
            link_name="educare:index",
        )
        for pupil_id, guardians in guardians_of(coming).items()
    ]
    notify_many("educare.closed", tellings, organiser_id=closing.organiser_id, due_at=clock.now())
