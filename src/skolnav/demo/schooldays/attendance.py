"""The registers that teachers have taken, with a few that are missing and a few pupils who were."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import groupby

from skolnav.boxes.absence.actions.registers import take_register
from skolnav.boxes.absence.models import LessonAttendance
from skolnav.boxes.absence.queries.occasions import Occasion, of_class_day, of_lesson
from skolnav.boxes.absence.queries.registers import Mark, RollPupil, pupils_of
from skolnav.core.access.building import build_viewer
from skolnav.core.access.viewer import Viewer
from skolnav.core.people.models import AssignmentRole, Group
from skolnav.core.tenancy import clock
from skolnav.core.timetable.computing import timetable_of_groups
from skolnav.core.timetable.occurrences import Occurrence
from skolnav.demo.autumn.travel import acting_at
from skolnav.demo.cast import Cast

from .absence import past_days

State = LessonAttendance.State
Marks = Mapping[RollPupil, Mark | None]
SAVED_AFTER = timedelta(minutes=6)


def take_registers(cast: Cast) -> None:
    """Each class of both schools, lesson by lesson or in the youngest years day by day, until now."""
    chance = random.Random(717)
    days = past_days()
    for group in Group.everything.filter(kind=Group.Kind.CLASS).select_related("school").order_by("name"):
        found = timetable_of_groups(cast.ekdal.pk, [group.pk], days[0], days[-1]).occurrences
        lessons = [one for one in found if one.is_teaching and one.starts + SAVED_AFTER < clock.now()]
        if group.school_id == cast.lillaskolan.pk:
            _take_days(group, lessons, chance)
        else:
            _take_lessons(cast, group, lessons, chance)


def _take_days(group: Group, lessons: Sequence[Occurrence], chance: random.Random) -> None:
    role = AssignmentRole.everything.filter(group=group, kind=AssignmentRole.Kind.MENTOR).first()
    for day, of_day in groupby(lessons, key=lambda one: one.starts.date()):
        occasion = of_class_day(group, day, list(of_day), is_held=True)
        if role:
            _take(occasion, role.duty.person_id, _some_late(occasion, chance))


def _take_lessons(cast: Cast, group: Group, lessons: Sequence[Occurrence], chance: random.Random) -> None:
    is_5b = group.pk == cast.class_5b.pk
    for lesson in lessons:
        occasion = of_lesson(cast.ekdal.pk, lesson)
        if chance.random() < 0.02 or not lesson.teachers:
            continue  # forgotten: it stands on the list of missing registers
        marks = _marks_of_5b(cast, lesson, occasion, chance) if is_5b else _some_late(occasion, chance)
        _take(occasion, lesson.teachers[0].id, marks)


def _some_late(occasion: Occasion, chance: random.Random) -> dict[RollPupil, Mark | None]:
    """Nobody is touched, but for one who comes late now and then."""
    marks: dict[RollPupil, Mark | None] = dict.fromkeys(pupils_of(occasion))
    if marks and chance.random() < 0.15:
        marks[chance.choice(list(marks))] = Mark(State.LATE, chance.choice((5, 8, 10)))
    return marks


def _marks_of_5b(cast: Cast, lesson: Occurrence, occasion: Occasion, chance: random.Random) -> Marks:
    """As elsewhere; but Kim went home from yesterday's last lesson, and a classmate misses every Monday's first."""
    marks = _some_late(occasion, chance)
    day = lesson.starts.date()
    truant = sorted(marks, key=lambda pupil: pupil.id)[-1]
    if lesson.starts.hour == 8 and day.weekday() in (0, 2):
        marks[truant] = Mark(State.ABSENT)
    if day == _last_whole_day() and lesson.starts.hour >= 13:
        marks |= {pupil: Mark(State.ABSENT) for pupil in marks if pupil.id == cast.kim.pk}
    return marks


def _last_whole_day() -> date:
    return max(day for day in past_days() if day < clock.today())


def _take(occasion: Occasion, teacher: int, marks: Marks) -> None:
    with acting_at(occasion.starts + SAVED_AFTER):
        take_register(actor=_viewer(teacher, occasion.held_on), occasion=occasion, marks=marks, version=0)


def forget_teachers() -> None:
    """Nobody is remembered past the demo's own days."""
    _viewer.cache_clear()


@cache
def _viewer(person_id: int, day: date) -> Viewer:
    """The teacher as of that day."""
    return build_viewer(person_id)
