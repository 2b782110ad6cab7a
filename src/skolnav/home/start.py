"""The family's start page: what it shows, gathered in three statements of the feed beside session and viewer."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from skolnav.core.access.viewer import PupilInCare, Viewer
from skolnav.core.boxes.choices import family_boxes
from skolnav.core.boxes.registry import Box, find_box
from skolnav.core.feed.reading import DayLine, Line, entries_for, happenings_for, todo_for
from skolnav.core.web.addresses import url
from skolnav.core.web.words import say_day

DAYS_AHEAD = 7
DAYS_ON_A_CARD = 30
LINES_OF_A_DAY = 4
LINES_ON_A_CARD = 3


@dataclass(frozen=True, slots=True)
class CardLine:
    """One line on a box's card."""

    text: str
    children: Sequence[PupilInCare]
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class BoxCard:
    box: Box
    address: str
    lines: Sequence[CardLine]
    news: int


@dataclass(frozen=True, slots=True)
class DayCard:
    """A child's day: what happens today, and the nearest of the week to come."""

    child: PupilInCare
    address: str
    today: Sequence[DayLine]
    ahead: Sequence[DayLine]


@dataclass(frozen=True, slots=True)
class Todo:
    """Something that waits for the reader; `answer` is where one tap is posted, if one tap is enough."""

    line: Line
    address: str
    answer: str
    label: str


@dataclass(frozen=True, slots=True)
class StartPage:
    todo: Sequence[Todo]
    days: Sequence[DayCard]
    boxes: Sequence[BoxCard]


def start_page(viewer: Viewer, child: PupilInCare | None) -> StartPage:
    """Everything on the start page of all the viewer's children, or of one of them."""
    pupils = [child] if child else viewer.pupils
    on = family_boxes(viewer, pupils)
    keys = {box.key for box in on}
    todo = [line for line in todo_for(viewer, pupils) if line.box in keys]
    found = happenings_for(viewer, viewer.today, viewer.today + timedelta(days=DAYS_ON_A_CARD), pupils)
    happenings = [day for day in found if day.line.box in keys]
    return StartPage(
        todo=[_todo(line, viewer) for line in todo],
        days=[_day(pupil, viewer, happenings) for pupil in pupils],
        boxes=_boxes(viewer, pupils, on, child, happenings),
    )


def address_of(line: Line, viewer: Viewer) -> str:
    """Where an entry leads: to the child's own page when it is about one of several."""
    return url(line.link_name, **_pupil_of(line, viewer), **line.link_args)


def _pupil_of(line: Line, viewer: Viewer) -> dict[str, str]:
    if len(line.pupils) == 1 and len(viewer.pupils) > 1:
        return {"pupil": line.pupils[0].public_id}
    return {}


def _todo(line: Line, viewer: Viewer) -> Todo:
    box = find_box(line.box)
    one_tap = box.one_tap.get(line.kind) if box else None
    answer = url(one_tap[0], **line.link_args) if one_tap else ""
    return Todo(line, address_of(line, viewer), answer, str(one_tap[1]) if one_tap else "")


def _day(pupil: PupilInCare, viewer: Viewer, happenings: Sequence[DayLine]) -> DayCard:
    mine = [day for day in happenings if pupil in day.line.pupils]
    last = viewer.today + timedelta(days=DAYS_AHEAD)
    return DayCard(
        child=pupil,
        address=url("home:child", pupil=pupil.public_id),
        today=[day for day in mine if day.first_day <= viewer.today][:LINES_OF_A_DAY],
        ahead=[day for day in mine if viewer.today < day.first_day <= last][:LINES_OF_A_DAY],
    )


def _boxes(
    viewer: Viewer,
    pupils: Sequence[PupilInCare],
    boxes: Sequence[Box],
    child: PupilInCare | None,
    happenings: Sequence[DayLine],
) -> list[BoxCard]:
    """The cards in the school's order; those with nothing in them stand last."""
    lines: dict[str, list[Line]] = defaultdict(list)
    for line in entries_for(viewer, pupils):
        lines[line.box].append(line)
    cards = []
    for box in boxes:
        address = url(f"{box.key}:index", pupil=child.public_id) if child else url(f"{box.key}:index")
        shown = _card_lines(box, lines[box.key], happenings, viewer, pupils)
        news = lines[box.key][0].unread_in_box if lines[box.key] else 0
        cards.append(BoxCard(box, address, shown, news))
    return sorted(cards, key=lambda card: not card.lines)


def _card_lines(
    box: Box,
    lines: Sequence[Line],
    happenings: Sequence[DayLine],
    viewer: Viewer,
    pupils: Sequence[PupilInCare],
) -> list[CardLine]:
    """At most three: a state of the box's own, the coming days, or the newest entries."""
    if box.preview:
        found = [CardLine(one.text, one.pupils) for one in box.preview(viewer, pupils)]
    elif box.card_shows == "days":
        found = [
            CardLine(f"{day.line.title} {say_day(day.first_day)}", day.line.pupils)
            for day in happenings[:LINES_ON_A_CARD]
        ]
    else:
        found = [CardLine(one.title, one.pupils, one.is_new) for one in lines]
    if len(pupils) == 1:  # no badge where there is nobody to tell apart
        found = [CardLine(one.text, (), one.is_new) for one in found]
    return found[:LINES_ON_A_CARD]
