"""The family's start page: what it shows, gathered from the feed, the timetable and the boxes that have a state."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext

from skolnav.core.access.viewer import PupilInCare, Viewer
from skolnav.core.boxes.choices import family_boxes
from skolnav.core.boxes.registry import Box, DayFact, PupilDay, find_box
from skolnav.core.feed.reading import DayLine, Line, entries_for, happenings_for, todo_for
from skolnav.core.tenancy import clock
from skolnav.core.web.addresses import url
from skolnav.core.web.words import say_day, say_left, upper_first

from .days import Today, today_of

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
    nothing: str = ""


@dataclass(frozen=True, slots=True)
class DayCard:
    """A child's day: its hours and states, what to think of, what happens then, and the nearest of the week to come."""

    child: PupilInCare
    address: str
    day: PupilDay
    states: Sequence[DayFact]
    facts: Sequence[DayFact]
    actions: Sequence[DayFact]
    happens: Sequence[DayLine]
    ahead: Sequence[DayLine]


@dataclass(frozen=True, slots=True)
class Todo:
    """Something that waits for the reader; `answer` is where one tap is posted, if one tap is enough."""

    title: str
    soft: str
    pupils: Sequence[PupilInCare]
    address: str
    button: str
    answer: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    whole_button: str = ""

    @property
    def label(self) -> str:
        """The button, to who does not see what it stands beside."""
        return f"{self.whole_button or self.button}: {self.title}"


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
    today = today_of(viewer, pupils, on)
    return StartPage(
        todo=[*_waiting(today), *(_todo(line, viewer) for line in todo)],
        days=[_day(day, today, happenings) for day in today.days],
        boxes=_boxes(viewer, pupils, on, child, happenings, today),
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
    return Todo(
        title=line.title,
        soft=gettext("Senast %(day)s") % {"day": say_left(line.due)}
        if line.due
        else upper_first(say_day(line.published_at)),
        pupils=line.pupils,
        address=address_of(line, viewer),
        button=str(one_tap[1]) if one_tap else gettext("Läs"),
        answer=url(one_tap[0], **line.link_args) if one_tap else "",
    )


def _waiting(today: Today) -> list[Todo]:
    """What waits in the boxes that have a state: it stands first, since it is about these very days."""
    return [
        Todo(
            one.title,
            one.soft,
            one.pupils,
            one.address,
            one.button,
            one.answer,
            one.post or {},
            one.whole_button,
        )
        for box in today.of_box.values()
        for one in box.todo
    ]


def _day(day: PupilDay, today: Today, happenings: Sequence[DayLine]) -> DayCard:
    mine = [one for one in happenings if day.pupil in one.line.pupils]
    shown = day.day or day.today
    last = day.today + timedelta(days=DAYS_AHEAD)
    return DayCard(
        child=day.pupil,
        address=url("home:child", pupil=day.pupil.public_id),
        day=day,
        states=today.facts_of(day.pupil, "state"),
        facts=today.facts_of(day.pupil, "line"),
        actions=today.facts_of(day.pupil, "action"),
        happens=[one for one in mine if _is_on(one, shown) and one.line.box not in today.of_box][
            :LINES_OF_A_DAY
        ],
        ahead=[
            one
            for one in mine
            if not _is_on(one, shown) and day.today <= one.first_day <= last and not _is_over(one)
        ][:LINES_OF_A_DAY],
    )


def _is_on(happening: DayLine, day: date) -> bool:
    return happening.first_day <= day <= happening.last_day


def _is_over(happening: DayLine) -> bool:
    moment = happening.ends or happening.starts
    return moment is not None and moment < clock.now()


def _boxes(
    viewer: Viewer,
    pupils: Sequence[PupilInCare],
    boxes: Sequence[Box],
    child: PupilInCare | None,
    happenings: Sequence[DayLine],
    today: Today,
) -> list[BoxCard]:
    """The cards in the school's order; those with nothing in them stand last."""
    lines: dict[str, list[Line]] = defaultdict(list)
    for line in entries_for(viewer, pupils):
        lines[line.box].append(line)
    cards = []
    for box in boxes:
        address = url(f"{box.key}:index", pupil=child.public_id) if child else url(f"{box.key}:index")
        shown = _card_lines(box, lines[box.key], happenings, today, pupils)
        news = lines[box.key][0].unread_in_box if lines[box.key] else 0
        nothing = today.of_box[box.key].nothing if box.key in today.of_box else ""
        cards.append(BoxCard(box, address, shown, news, nothing))
    return sorted(cards, key=lambda card: not (card.lines or card.nothing))


def _card_lines(
    box: Box,
    lines: Sequence[Line],
    happenings: Sequence[DayLine],
    today: Today,
    pupils: Sequence[PupilInCare],
) -> list[CardLine]:
    """At most three: a state of the box's own, the coming days, or the newest entries."""
    if box.key in today.of_box:
        found = [CardLine(one.text, one.pupils) for one in today.of_box[box.key].lines]
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
