"""Whether the guardians have been told of a case: by what the books of deliveries and the school's contacts say."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat

from skolnav.boxes.absence.models import AbsenceSettings, CaseContact, UnexcusedCase
from skolnav.core.notifications.models import Delivery
from skolnav.core.notifications.terms import Channel
from skolnav.core.tenancy import clock

# A letter that was put in the box a moment ago has not failed yet.
GRACE = timedelta(minutes=15)
# Nights on which no worker ran are made up for.
LOOKS_BACK = timedelta(days=7)

# A bell that has rung has reached nobody before it is read; what has left the house and was not refused has.
REACHED = Q(read_at__isnull=False) | (
    ~Q(channel=Channel.BELL) & Q(failed_at=None) & (Q(sent_at__isnull=False) | Q(delivered_at__isnull=False))
)


def told_by_contact() -> Exists:
    """For a queryset of cases: that somebody of the school has reached a guardian, or need not."""
    return Exists(CaseContact.objects.filter(case=OuterRef("pk"), outcome__in=CaseContact.TOLD))


def told_by_delivery() -> Exists:
    """For a queryset of cases: that a bell was read, or a letter or SMS went out and was not refused."""
    fact = Concat(Value(UnexcusedCase.FACT), Cast(OuterRef("pk"), CharField()))
    rows = Delivery.everything.filter(REACHED, notice__kind="absence.unexcused", notice__fact=fact)
    return Exists(rows.filter(organiser=OuterRef("organiser")))


def undelivered(today: date) -> list[UnexcusedCase]:
    """Open cases of the last days that nobody has escalated or settled, over the organisers in scope, and that no
    delivery has reached a guardian about. Two statements."""
    waiting = UnexcusedCase.everything.filter(
        ~told_by_contact(),
        Q(day__gt=today - LOOKS_BACK) | Q(opened_at__gt=clock.start_of(today - LOOKS_BACK)),
        escalated_at=None,
        excused_at=None,
    )
    cases = list(waiting.select_related("pupil").order_by("organiser_id", "pk"))
    reached = facts_reached(cases)
    return [case for case in cases if (case.organiser_id, case.fact) not in reached]


def facts_reached(cases: Iterable[UnexcusedCase]) -> set[tuple[int, str]]:
    """(organiser, fact) of the cases of which a guardian has been reached. One statement."""
    facts = [case.fact for case in cases]
    rows = Delivery.everything.filter(REACHED, notice__kind="absence.unexcused", notice__fact__in=facts)
    return set(rows.values_list("organiser_id", "notice__fact").distinct()) if facts else set()


def deadline_of(case: UnexcusedCase, settings: AbsenceSettings) -> datetime:
    """The moment at which it is somebody's to telephone: the school's hour on the day, or a quarter of an hour after
    a case that opened later."""
    hour = datetime.combine(case.day, settings.deliver_by, clock.STOCKHOLM)
    return max(hour, case.opened_at + GRACE)


def overdue(
    cases: Sequence[UnexcusedCase], settings: dict[int, AbsenceSettings], now: datetime
) -> list[UnexcusedCase]:
    """Those of the cases whose deadline has passed."""
    return [case for case in cases if deadline_of(case, settings[case.school_id]) <= now]
