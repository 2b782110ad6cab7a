"""A class as its staff meet it: who they are, and who is here today."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from skolnav.boxes.absence.models import LessonAttendance
from skolnav.core.access.viewer import Viewer
from skolnav.core.files.portraying import portraits_of
from skolnav.core.people.models import Group, Membership
from skolnav.core.presence.reading import absences_of
from skolnav.core.tenancy import clock

from .registers import OF_MEMBER, RollPupil, State, in_order, said_absence


@dataclass(frozen=True, slots=True)
class ClassPupil:
    """A pupil of the list; `portrait` is the address of their picture, empty where there is none."""

    pupil: RollPupil
    today: str
    is_away: bool
    portrait: str = ""


def class_list(viewer: Viewer, group: Group) -> Sequence[ClassPupil]:
    """The pupils of a group that came through a door, by given name, as they stand today. Five statements."""
    today = clock.today()
    members = Membership.everything.filter(Membership.valid_on(today), group=group, person__is_active=True)
    pupils = in_order({RollPupil(*row) for row in members.values_list(*OF_MEMBER)})
    ids = [pupil.id for pupil in pupils]
    absences = absences_of(ids, today)
    taken = LessonAttendance.everything.filter(pupil__in=ids, day=today).order_by("register__starts")
    last = {row[0]: row[1:] for row in taken.values_list("pupil_id", "state", "minutes", "register__subject")}
    pictures = portraits_of(viewer, ids)
    found = []
    for pupil in pupils:
        reported = absences.get(pupil.id)
        words, is_away = _state(*last[pupil.id]) if pupil.id in last else ("", False)
        if reported and (is_away or not words):
            words, is_away = said_absence(reported[0]), True
        picture = pictures.get(pupil.id)
        found.append(ClassPupil(pupil, words, is_away, picture.small if picture else ""))
    return found


def _state(state: str, minutes: int, subject: str) -> tuple[str, bool]:
    """As the last register of the day has it."""
    where = f" ({subject})" if subject else ""
    said = {
        State.PRESENT: gettext("här"),
        State.ABSENT: gettext("borta"),
        State.LATE: gettext("sen %(minutes)s min") % {"minutes": minutes},
        State.LEFT_EARLY: gettext("har gått"),
    }[State(state)]
    return said + where, state in (State.ABSENT, State.LEFT_EARLY)
