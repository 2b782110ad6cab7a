"""The office's desk: a day's absence, class by class."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q
from django.utils.translation import gettext

from skolnav.core.access.viewer import Viewer
from skolnav.core.people.models import Group
from skolnav.core.people.validity import valid_on
from skolnav.core.presence.models import Absence
from skolnav.core.presence.reading import AbsencesByPupil, absences_in_groups, minutes_away
from skolnav.core.tenancy import clock
from skolnav.core.timetable.computing import timetable_of_groups
from skolnav.core.timetable.occurrences import Occurrence
from skolnav.core.web.words import say_time

from .desk_rows import Written, names_in, taken_on, written_on
from .groups_today import Taken
from .occasions import Occasion, of_class_day, of_lesson
from .own_lessons import is_taken
from .registers import RollPupil, State, in_order, said_absence
from .settings import settings_of
from .youngest import GroupFacts, facts_of_groups

# Where a class's timetable has no lunch.
USUAL_LUNCH = time(11, 30), time(12, 0)


@dataclass(frozen=True, slots=True)
class Named:
    """A pupil on the desk, and what is known: "Anmäld sjuk"; `lines` of registers as (words, address)."""

    pupil: RollPupil
    words: str = ""
    lines: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class ClassToday:
    """One class's day. `not_taken` is its first register when nobody has taken it by the school's hour."""

    public_id: str
    name: str
    school_id: int
    pupils: int
    reported: Sequence[Named] = ()
    leave: Sequence[Named] = ()
    late: Sequence[Named] = ()
    unreported: Sequence[Named] = ()
    unheard: Sequence[Named] = ()
    not_taken: Occasion | None = None
    lunch: int = 0
    is_held: bool = True


@dataclass(frozen=True)
class _Known:
    """What the day's rows say, by pupil."""

    absences: AbsencesByPupil
    lines: Mapping[int, list[Written]]
    members: Mapping[int, list[RollPupil]]


def has_desk(viewer: Viewer) -> bool:
    """Who has a class of their own, or leads a school."""
    return bool(viewer.led_school_ids or viewer.mentor_group_ids)


def desk_of(viewer: Viewer, day: date) -> list[ClassToday]:
    """The viewer's classes on a day: a mentor's own, every one of a school that they lead. Ten statements."""
    classes = _classes(viewer, day)
    if not classes:
        return []
    ids = [group.pk for group in classes]
    schools = {group.school_id for group in classes}
    facts = facts_of_groups(ids, day, day)
    known = _known(ids, schools, day)
    taken = taken_on(schools, day)
    found = timetable_of_groups(viewer.organiser_id, ids, day, day)
    lessons: dict[int, list[Occurrence]] = defaultdict(list)
    for lesson in found.on(day):
        for group_id in lesson.group_ids:
            lessons[group_id].append(lesson)
    hours = {school: one.heard_by for school, one in settings_of(schools).items()}
    return [
        _class_today(
            group,
            facts.get(group.pk),
            known,
            _occasions(group, day, lessons[group.pk], facts.get(group.pk)),
            lessons[group.pk],
            taken,
            hour=datetime.combine(day, hours[group.school_id], clock.STOCKHOLM),
            is_held=found.calendar.is_school_day(group.school_id, day),
        )
        for group in classes
    ]


def _classes(viewer: Viewer, day: date) -> list[Group]:
    theirs = Q(pk__in=viewer.mentor_group_ids) | Q(school__in=viewer.led_school_ids)
    found = Group.objects.visible_to(viewer).filter(theirs, valid_on(day), kind=Group.Kind.CLASS)
    return sorted(found, key=lambda group: (group.school_id, _by_year(group.name)))


def _by_year(name: str) -> tuple[int, str]:
    """9A before 10A."""
    digits = "".join(one for one in name if one.isdigit())
    return int(digits[:4] or 0), name


def _known(group_ids: Sequence[int], schools: set[int], day: date) -> _Known:
    """Who of the classes is away, late or left on the day, with names. Three statements."""
    absences = absences_in_groups(group_ids, day)
    lines = written_on(schools, day)
    return _Known(absences, lines, names_in(group_ids, {*absences, *lines}, day))


def _occasions(
    group: Group, day: date, lessons: Sequence[Occurrence], facts: GroupFacts | None
) -> list[Occasion]:
    """The registers that the class's day demands, in order."""
    if facts and facts.takes_whole_days:
        return [of_class_day(group, day, lessons, is_held=True)]
    return [of_lesson(group.organiser_id, one) for one in lessons if one.is_teaching]


def _class_today(
    group: Group,
    facts: GroupFacts | None,
    known: _Known,
    occasions: Sequence[Occasion],
    lessons: Sequence[Occurrence],
    taken: Taken,
    *,
    hour: datetime,
    is_held: bool,
) -> ClassToday:
    pupils = in_order(set(known.members.get(group.pk, ())))
    number = facts.pupils if facts else 0
    now = clock.now()
    begun = [one for one in occasions if one.starts <= now]
    last_taken = next((one for one in reversed(begun) if is_taken(one, taken)), None)
    is_silent = is_held and now >= hour and bool(begun) and not is_taken(begun[0], taken) and number > 0
    lunch = _lunch(hour.date(), lessons)
    return ClassToday(
        public_id=group.public_id,
        name=group.name,
        school_id=group.school_id,
        pupils=number,
        reported=_away(pupils, known, Absence.Kind.REPORTED),
        leave=_away(pupils, known, Absence.Kind.LEAVE),
        late=_marked(pupils, known, (State.LATE,), only_invalid=False),
        unreported=_marked(pupils, known, (State.ABSENT, State.LEFT_EARLY), only_invalid=True),
        unheard=_unheard(pupils, known, last_taken) if now >= hour else (),
        not_taken=begun[0] if is_silent else None,
        lunch=number - sum(1 for pupil in pupils if _misses_lunch(pupil, known, lunch)) if is_held else 0,
        is_held=is_held,
    )


def _away(pupils: Sequence[RollPupil], known: _Known, kind: str) -> list[Named]:
    return [
        Named(pupil, said_absence(absence))
        for pupil in pupils
        if (absence := next((one for one in known.absences.get(pupil.id, ()) if one.kind == kind), None))
    ]


def _marked(
    pupils: Sequence[RollPupil], known: _Known, states: Sequence[str], *, only_invalid: bool
) -> list[Named]:
    found = []
    for pupil in pupils:
        lines = [
            line
            for line in known.lines.get(pupil.id, ())
            if line.state in states and (line.invalid_minutes or not only_invalid)
        ]
        if lines:
            found.append(Named(pupil, lines=[(_said_line(line), line.address) for line in lines]))
    return found


def _unheard(pupils: Sequence[RollPupil], known: _Known, last: Occasion | None) -> list[Named]:
    """Who was away without a word when somebody last looked."""
    if last is None:
        return []
    return [
        Named(pupil, lines=[(_said_line(line), line.address)])
        for pupil in pupils
        for line in known.lines.get(pupil.id, ())
        if line.starts == last.starts and line.state == State.ABSENT and line.invalid_minutes
    ]


def _said_line(line: Written) -> str:
    what = line.subject or gettext("hela dagen")
    if line.state == State.LATE:
        return gettext("%(lesson)s %(time)s: sen %(minutes)s min") % {
            "lesson": what,
            "time": say_time(line.starts),
            "minutes": line.minutes,
        }
    return f"{what} {say_time(line.starts)}"


def _lunch(day: date, lessons: Sequence[Occurrence]) -> tuple[datetime, datetime]:
    breaks = [one for one in lessons if one.kind == "break" and not one.is_cancelled]
    called_so = [one for one in breaks if "lunch" in one.title.casefold()]
    for one in called_so or breaks:
        return one.starts, one.ends
    return (
        datetime.combine(day, USUAL_LUNCH[0], clock.STOCKHOLM),
        datetime.combine(day, USUAL_LUNCH[1], clock.STOCKHOLM),
    )


def _misses_lunch(pupil: RollPupil, known: _Known, lunch: tuple[datetime, datetime]) -> bool:
    """Reported away over half of it or more, or away when somebody last looked before it."""
    starts, ends = lunch
    if (
        minutes_away(known.absences.get(pupil.id, ()), starts, ends) * 2
        >= (ends - starts).total_seconds() / 60
    ):
        return True
    before = [line for line in known.lines.get(pupil.id, ()) if line.starts < starts]
    return bool(before) and before[-1].state in (State.ABSENT, State.LEFT_EARLY)
