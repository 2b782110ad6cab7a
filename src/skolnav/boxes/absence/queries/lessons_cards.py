"""Cards on the staff's start page: the lesson that is on, or the first one not yet reported."""

from skolnav.core.access.viewer import Viewer
from skolnav.core.boxes.registry import StaffCard
from skolnav.core.tenancy import clock

from .own_lessons import first_to_take, own_registers


def lessons_cards(viewer: Viewer) -> list[StaffCard]:
    """The lesson that is on, or the first one not yet reported, else the next; how many are left when it is saved.

    Four statements, three for who has neither lesson nor class.
    """
    registers = own_registers(viewer, viewer.today)
    now = clock.now()
    first = first_to_take(registers, now)
    if first is None:
        return []
    context = {
        "occasion": first.occasion,
        "takes_now": first.takes_now,
        "is_closed": first.is_closed,
        "is_now": first.takes_now and first.occasion.is_on(now),
        "is_next": first.occasion.starts > now,
        "pupils": first.pupils,
        "away": first.away,
        "others": sum(1 for one in registers if one.takes_now and not one.is_taken and one.occasion.is_held)
        - 1,
    }
    return [StaffCard("absence/staff/card.html", context, order=1)]
