"""Cards on the staff's start page: families to telephone about unexcused absence, passed thresholds."""

from collections.abc import Sequence

from skolnav.boxes.absence.models import FollowUp, UnexcusedCase
from skolnav.boxes.absence.rules import may_follow_up
from skolnav.core.access.viewer import Viewer
from skolnav.core.boxes.registry import StaffCard

from .cases import in_order, to_answer, to_telephone
from .followups import follow_ups

# As many names as a card shows; the rest stands on the page.
SHOWN = 5


def cases_cards(viewer: Viewer) -> list[StaffCard]:
    """Families to telephone about unexcused absence, explanations to answer, and pupils who have passed a threshold.

    Three statements for mentors and leaders, none for others.
    """
    if not may_follow_up(viewer):
        return []
    return [
        *_card("to_call", 10, list(in_order(to_telephone(viewer))[: SHOWN + 1])),
        *_card("to_answer", 20, list(in_order(to_answer(viewer))[: SHOWN + 1])),
        *_card("follow_ups", 30, list(follow_ups(viewer)[: SHOWN + 1])),
    ]


def _card(kind: str, order: int, rows: Sequence[UnexcusedCase | FollowUp]) -> list[StaffCard]:
    """One card, or none where nothing waits."""
    if not rows:
        return []
    context = {"kind": kind, "rows": rows[:SHOWN], "has_more": len(rows) > SHOWN}
    return [StaffCard("absence/cases/card.html", context, order=order)]
