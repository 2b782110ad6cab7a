"""Lov that families answer for, and who has not answered. From what is read already: no statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from skolnav.core.access.viewer import PupilInCare, Viewer
from skolnav.core.tenancy import clock

from .locks import closed_because
from .opening import Opening, Round
from .plans import Known


@dataclass(frozen=True, slots=True)
class Holiday:
    """A lov still to come, the viewer's children it is asked of, and those of them without an answer."""

    round: Round
    pupils: Sequence[PupilInCare]
    unanswered: Sequence[PupilInCare]
    is_open: bool  # the deadline has not passed


def holidays_of(viewer: Viewer, known: Known, pupils: Sequence[PupilInCare]) -> list[Holiday]:
    """The lov of the children's schools that are not over, the nearest first. A day left open is no answer."""
    asked: dict[str, tuple[Round, list[PupilInCare], list[PupilInCare]]] = {}
    for pupil in pupils:
        opening = known.of_school(pupil.id)
        for one in opening.rounds if opening else ():
            if opening is None or one.last_day < viewer.today:
                continue
            days = _days(viewer, known, opening, pupil, one)
            if days:
                _round, mine, unanswered = asked.setdefault(one.public_id, (one, [], []))
                mine.append(pupil)
                if pupil.id in viewer.child_ids and any(
                    known.plan(pupil.id, day).source == "none" for day in days
                ):
                    unanswered.append(pupil)
    found = [
        Holiday(one, mine, unanswered, clock.now() < one.deadline) for one, mine, unanswered in asked.values()
    ]
    return sorted(found, key=lambda holiday: holiday.round.first_day)


def _days(viewer: Viewer, known: Known, opening: Opening, pupil: PupilInCare, one: Round) -> list[date]:
    """Its days when fritids is open and that are the viewer's by agreement."""
    days = (
        one.first_day + timedelta(days=number) for number in range((one.last_day - one.first_day).days + 1)
    )
    return [
        day
        for day in days
        if closed_because(opening, day) is None and known.owner(pupil.id, day) in (None, viewer.person_id)
    ]
