"""What the worker does about unexcused absence: nobody reached in time is somebody's to telephone; the night counts."""

from datetime import timedelta
from itertools import groupby

from django.db import transaction

from skolnav.boxes.absence.models import UnexcusedCase
from skolnav.boxes.absence.queries.delivered import overdue, undelivered
from skolnav.boxes.absence.queries.settings import settings_of
from skolnav.core.schools.models import Organiser
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.scope import of_organiser, over_all_organisers

from .case_notices import escalate
from .followups import follow_month

# Registers of the month before are still corrected in the first days of the next.
SETTLES_AFTER = 7


def escalate_undelivered() -> int:
    """Hand cases that no guardian has been reached about in time to mentors and office; gives how many.

    Over all organisers. Whoever is interrupted does it again: an escalated case is not looked at twice.
    """
    now = clock.now()
    with over_all_organisers():
        waiting = undelivered(clock.today())
        late = overdue(waiting, settings_of(case.school_id for case in waiting), now) if waiting else []
    for organiser_id, cases in groupby(late, key=lambda case: case.organiser_id):
        with of_organiser(organiser_id), transaction.atomic():
            ids = [case.pk for case in cases]
            rows = UnexcusedCase.everything.filter(pk__in=ids, escalated_at=None, excused_at=None)
            escalate(list(rows.select_related("pupil").select_for_update(of=("self",)).order_by("pk")), now)
    return len(late)


def follow_thresholds() -> None:
    """Each night: hold the month of yesterday against the thresholds, and in a month's first days the one before."""
    yesterday = clock.today() - timedelta(days=1)
    days = [yesterday]
    if yesterday.day < SETTLES_AFTER:
        days.append(yesterday.replace(day=1) - timedelta(days=1))
    for organiser_id in Organiser.objects.order_by("pk").values_list("pk", flat=True):
        with of_organiser(organiser_id):
            for day in days:
                follow_month(organiser_id, day)
