"""What differs in 5B's coming days: a substitute, a cancelled lesson, another room, a test and homework."""

from datetime import date

from skolnav.boxes.schedule.actions.changing import cancel_lesson, move_lesson
from skolnav.boxes.schedule.actions.marks import add_mark
from skolnav.boxes.schedule.actions.substitutes import set_substitute
from skolnav.core.access.building import build_viewer
from skolnav.core.tenancy import clock
from skolnav.core.timetable.computing import timetable_of_groups
from skolnav.core.timetable.models import LessonMark, Room
from skolnav.core.timetable.occurrences import Occurrence
from skolnav.demo.autumn.days import school_day
from skolnav.demo.autumn.travel import acting_at
from skolnav.demo.cast import Cast

Kind = LessonMark.Kind


def change_some_lessons(cast: Cast) -> None:
    """Written this morning by Ingrid and Sara, or just now."""
    ingrid, sara = build_viewer(cast.ingrid.pk), build_viewer(cast.sara.pk)
    with acting_at(clock.now()):
        first, *_, last = _lessons(cast, school_day(1))
        set_substitute(actor=ingrid, lesson=first, version=first.version, person=cast.pelle)
        cancelled = _lessons(cast, school_day(2))[-1]
        cancel_lesson(actor=ingrid, lesson=cancelled, version=cancelled.version)
        room = Room.everything.get(school=cast.ekdalsskolan, name="NO-salen")
        move_lesson(
            actor=sara, lesson=last, version=last.version, starts=last.starts, ends=last.ends, room=room
        )
        english = _next(cast, "EN", school_day(3))
        add_mark(actor=sara, lesson=english, kind=Kind.TEST, text="Kapitel 4 till 6, och orden på sidan 58")
        maths = _next(cast, "MA", school_day(2))
        add_mark(actor=sara, lesson=maths, kind=Kind.HOMEWORK, text="Sidan 42, uppgift 1 till 8")


def _lessons(cast: Cast, day: date) -> list[Occurrence]:
    found = timetable_of_groups(cast.ekdal.pk, [cast.class_5b.pk], day, day).occurrences
    return [one for one in found if one.is_teaching and any(who.id == cast.sara.pk for who in one.teachers)]


def _next(cast: Cast, subject: str, since: date) -> Occurrence:
    """The first lesson of a subject from a day on."""
    last = date.fromordinal(since.toordinal() + 30)
    found = timetable_of_groups(cast.ekdal.pk, [cast.class_5b.pk], since, last).occurrences
    return next(one for one in found if one.subject_code == subject and one.is_teaching)
