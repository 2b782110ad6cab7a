"""Cards on the staff's start page: the lesson that is on, or the first one not yet reported."""

from django.db.models import Count, Exists, OuterRef

from skolnav.core.access.viewer import Viewer
from skolnav.core.boxes.registry import StaffCard
from skolnav.core.people.models import Membership
from skolnav.core.presence.models import Absence
from skolnav.core.tenancy import clock

from .occasions import Occasion
from .own_lessons import first_to_take, own_registers


def lessons_cards(viewer: Viewer) -> list[StaffCard]:
    """The lesson that is on, or the first one not yet reported, else the next; how many are left when it is saved.

    Three statements for who has none, seven at most (nine for the mentor of a class that takes whole days).
    """
    registers = own_registers(viewer, viewer.today)
    now = clock.now()
    first = first_to_take(registers, now)
    if first is None:
        return []
    pupils, away = _counts(first.occasion) if first.takes_now else (first.pupils, 0)
    context = {
        "occasion": first.occasion,
        "takes_now": first.takes_now,
        "is_closed": first.is_closed,
        "is_now": first.takes_now and first.occasion.is_on(now),
        "is_next": first.occasion.starts > now,
        "pupils": pupils,
        "away": away,
        "others": sum(1 for one in registers if one.takes_now and not one.is_taken and one.occasion.is_held)
        - 1,
    }
    return [StaffCard("absence/staff/card.html", context, order=1)]


def _counts(occasion: Occasion) -> tuple[int, int]:
    """How many pupils the occasion has, and how many are reported away for all of it. One statement."""
    away = Absence.everything.filter(
        pupil=OuterRef("person_id"), starts__lte=occasion.starts, ends__gte=occasion.ends
    )
    of_day = Membership.everything.filter(
        Membership.valid_on(occasion.held_on), group__in=occasion.group_ids, person__is_active=True
    )
    counts = (
        of_day.annotate(is_away=Exists(away))
        .values_list("is_away")
        .annotate(Count("person_id", distinct=True))
    )
    by_state = dict(counts)
    return sum(by_state.values()), by_state.get(True, 0)
