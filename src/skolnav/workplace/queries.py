"""What the staff's start page shows: their own latest pieces, and what they may write."""

from collections.abc import Sequence
from dataclasses import dataclass

from skolnav.core.access.viewer import Viewer
from skolnav.core.boxes.choices import staff_boxes
from skolnav.core.boxes.registry import Box, StaffCard, WrittenLine


@dataclass(frozen=True, slots=True)
class Written:
    box: Box
    line: WrittenLine


def latest_of(viewer: Viewer, most: int = 8) -> Sequence[Written]:
    """The viewer's own pieces over all boxes, the last touched first. One query a box."""
    pieces = [
        Written(box, line) for box in staff_boxes(viewer) if box.written for line in box.written(viewer)
    ]
    return sorted(pieces, key=lambda piece: piece.line.at, reverse=True)[:most]


def cards_for(viewer: Viewer) -> list[StaffCard]:
    """What waits for the viewer in the boxes, the lesson that is on first."""
    cards = [card for box in staff_boxes(viewer) if box.staff_cards for card in box.staff_cards(viewer)]
    return sorted(cards, key=lambda card: card.order)


def found_by(viewer: Viewer, words: str) -> Sequence[Written]:
    """What the viewer may change and that holds the words, over all boxes; none for no words. One query a box."""
    if not words:
        return []
    return [Written(box, line) for box in staff_boxes(viewer) if box.find for line in box.find(viewer, words)]


def writable_boxes(viewer: Viewer) -> list[Box]:
    """The boxes that the viewer may write in today."""
    return [box for box in staff_boxes(viewer) if box.write_name and (box.may_publish or _nobody)(viewer)]


def _nobody(viewer: Viewer) -> bool:
    return False
