"""Asking families about a lov: opening a round, changing it, reminding those who have not answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from skolnav.core.access.viewer import Viewer
from skolnav.core.audit.log import record
from skolnav.core.notifications.outbox import Telling, notify_many
from skolnav.core.people.actions.refusals import NotAllowed, Refused
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.scope import of_organiser
from skolnav.core.tenancy.versions import lock_version

from ..models import EducareSettings, HolidayRound
from ..queries.families import guardians_of, pupils_of_school, without_answer
from .opening import require_work_at


@dataclass(frozen=True, slots=True)
class RoundContent:
    """A lov as staff write it; `deadline` is aware."""

    name: str
    first_day: date
    last_day: date
    deadline: datetime


@transaction.atomic
def open_round(*, actor: Viewer, school_id: int, content: RoundContent) -> HolidayRound:
    """Ask every family with a place at the school's fritids about a lov. Raises NotAllowed, and Refused."""
    require_work_at(actor, school_id)
    _require_sense(school_id, content)
    opened = HolidayRound.everything.create(
        organiser_id=actor.organiser_id,
        school_id=school_id,
        name=content.name,
        first_day=content.first_day,
        last_day=content.last_day,
        deadline=content.deadline,
        opened_by_id=actor.person_id,
        opened_at=clock.now(),
    )
    record(actor, "open_educare_round", opened)
    _tell("educare.round_opened", opened, pupils_of_school(school_id, clock.today()))
    return opened


@transaction.atomic
def change_round(
    *, actor: Viewer, holiday: HolidayRound, version: int, content: RoundContent
) -> HolidayRound:
    """Change a lov that is asked about; a later deadline is reminded of anew.

    Raises EditedMeanwhile when it is no longer at `version`, NotAllowed, and Refused.
    """
    _require_editable(actor, holiday)
    now = lock_version(holiday, version)
    _require_sense(now.school_id, content, but=now.pk)
    if content.deadline > now.deadline:
        now.reminded_at = None
    now.name, now.deadline = content.name, content.deadline
    now.first_day, now.last_day = content.first_day, content.last_day
    now.save()
    record(actor, "change_educare_round", now)
    return now


@transaction.atomic
def remove_round(*, actor: Viewer, holiday: HolidayRound) -> None:
    """Ask about a lov no longer: its days count as any others, and times that were given stay. Raises NotAllowed."""
    _require_editable(actor, holiday)
    record(actor, "remove_educare_round", holiday)
    holiday.delete()


def remind_of_rounds() -> int:
    """Remind the families that have not answered, some days before each deadline; gives how many rounds.

    For the worker, over all organisers. A round is reminded of once, however often this is called.
    """
    now = clock.now()
    coming = HolidayRound.everything.filter(reminded_at=None, deadline__gt=now)
    due = list(coming.order_by("deadline").values_list("pk", "organiser_id"))
    return sum(_remind(round_id, organiser_id, now) for round_id, organiser_id in due)


def _remind(round_id: int, organiser_id: int, now: datetime) -> bool:
    with of_organiser(organiser_id), transaction.atomic():
        holiday = HolidayRound.everything.select_for_update().filter(pk=round_id, reminded_at=None).first()
        if holiday is None or now < holiday.deadline - timedelta(days=_reminder_days(holiday.school_id)):
            return False
        silent = without_answer(organiser_id, holiday)
        _tell("educare.round_reminder", holiday, silent)
        holiday.reminded_at = now
        holiday.save(update_fields=["reminded_at"])
        record(None, "remind_of_educare_round", holiday, pupils=len(silent))
        return True


def _reminder_days(school_id: int) -> int:
    chosen = EducareSettings.everything.filter(school=school_id).first()
    return chosen.holiday_reminder_days if chosen else EducareSettings().holiday_reminder_days


def _tell(kind: str, holiday: HolidayRound, pupil_ids: Iterable[int]) -> None:
    """One notice a child, since custody is the child's."""
    moment = holiday.deadline.isoformat()
    tellings = [
        Telling(
            fact=f"round:{holiday.pk}:{pupil_id}",
            revision=holiday.version,
            person_ids=guardians,
            pupil_id=pupil_id,
            params={"name": holiday.name, "deadline": moment},
            link_name="educare:index",
        )
        for pupil_id, guardians in guardians_of(pupil_ids).items()
    ]
    notify_many(kind, tellings, organiser_id=holiday.organiser_id, due_at=clock.now())


def _require_editable(actor: Viewer, holiday: HolidayRound) -> None:
    if not HolidayRound.objects.editable_by(actor).filter(pk=holiday.pk).exists():
        raise NotAllowed("The actor may not change this round.")


def _require_sense(school_id: int, content: RoundContent, but: int | None = None) -> None:
    if content.last_day < content.first_day:
        raise Refused(_("Sista dagen ligger före den första."))
    if (content.last_day - content.first_day).days >= HolidayRound.LONGEST_DAYS:
        raise Refused(_("Ett lov kan vara högst %(days)s dagar.") % {"days": HolidayRound.LONGEST_DAYS})
    if content.deadline <= clock.now():
        raise Refused(_("Sista svarsdag har redan varit. Välj en senare."))
    if content.deadline > clock.start_of(content.first_day):
        raise Refused(_("Sista svarsdag måste ligga före lovets första dag."))
    others = HolidayRound.everything.filter(
        school=school_id, first_day__lte=content.last_day, last_day__gte=content.first_day
    ).exclude(pk=but or 0)
    other = others.first()
    if other is not None:
        raise Refused(_("Dagarna ligger redan i ”%(name)s”. Ändra det i stället.") % {"name": other.name})
