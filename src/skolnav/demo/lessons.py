"""A week of lessons for each class: what the cast, the demo towns and the tests share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from skolnav.core.people.models import AssignmentRole, Group, Person
from skolnav.core.schools.models import SchoolUnit
from skolnav.core.tenancy import clock
from skolnav.core.timetable.models import Activity, ActivityGroup, ActivityTeacher, Lesson, LessonMark, Room

from .cast import Cast
from .people import school_year_start

SUBJECTS = {
    "MA": "Matematik", "SV": "Svenska", "EN": "Engelska", "NO": "NO", "SO": "SO", "IDH": "Idrott och hälsa",
    "MU": "Musik", "BL": "Bild", "SL": "Slöjd", "TK": "Teknik", "": "Lunch", "MT": "Mentorstid",
}  # fmt: skip
BRING = {"IDH": "Gympapåse"}

# weekday -> (from, to, subject); "NO/A" in A weeks alone
MIDDLE_YEARS: Mapping[int, Sequence[tuple[str, str, str]]] = {
    0: [("08:10", "09:00", "MA"), ("09:00", "09:50", "SV"), ("10:10", "11:10", "NO"), ("11:10", "11:50", ""),
        ("11:50", "12:50", "EN"), ("13:10", "14:20", "BL")],
    1: [("08:10", "09:10", "SV"), ("09:10", "10:00", "MA"), ("10:20", "11:20", "SO"), ("11:20", "12:00", ""),
        ("12:00", "13:00", "IDH"), ("13:20", "14:20", "EN")],
    2: [("08:10", "09:10", "EN"), ("09:30", "10:30", "MA"), ("10:30", "11:20", "TK"), ("11:20", "12:00", ""),
        ("12:00", "13:30", "SL/A"), ("12:00", "13:30", "MU/B"), ("13:40", "14:20", "MT")],
    3: [("08:10", "09:10", "MA"), ("09:30", "10:30", "SV"), ("10:30", "11:20", "SO"), ("11:20", "12:00", ""),
        ("12:00", "13:00", "IDH"), ("13:20", "14:20", "NO")],
    4: [("08:10", "09:10", "SV"), ("09:30", "10:30", "NO"), ("10:30", "11:20", "MA"), ("11:20", "12:00", ""),
        ("12:00", "13:20", "SO")],
}  # fmt: skip
FIRST_YEARS: Mapping[int, Sequence[tuple[str, str, str]]] = {
    day: [("08:10", "09:30", first), ("09:50", "10:50", second), ("10:50", "11:40", ""), ("11:40", "13:10", third)]
    for day, (first, second, third) in enumerate(
        [("SV", "MA", "SO"), ("MA", "IDH", "SV"), ("SV", "NO", "BL"), ("MA", "SV", "IDH"), ("SV", "MA", "MU")]
    )
}  # fmt: skip


@dataclass(frozen=True)
class Staffing:
    """Who teaches what: `special` by subject, everything else is the class teacher's."""

    teacher: Person | None
    special: Mapping[str, Person]


def teach(
    school: SchoolUnit,
    group: Group,
    week: Mapping[int, Sequence[tuple[str, str, str]]],
    staffing: Staffing,
    rooms: Mapping[str, str],
) -> dict[str, Activity]:
    """Give a class its week for the whole school year. Needs the organiser's scope; gives activities by subject."""
    since = school_year_start()
    activities: dict[str, Activity] = {}
    for weekday, lessons in week.items():
        for starts, ends, said in lessons:
            code, _, letter = said.partition("/")
            if code not in activities:
                activities[code] = _activity(school, group, code, staffing, since)
            lesson = Lesson.everything.create(
                organiser_id=school.organiser_id,
                activity=activities[code],
                weekday=weekday,
                starts_at=time.fromisoformat(starts),
                ends_at=time.fromisoformat(ends),
                weeks=2 if letter else 1,
                week=1 if letter == "B" else 0,
                cycle_start=clock.monday_of(since),
                first_day=since,
                last_day=date(since.year + 1, 6, 11),
                room=_room(school, rooms.get(code, rooms["*"])) if code else None,
            )
            if code in BRING:
                _bring(lesson, BRING[code])
    return activities


def build_lessons(cast: Cast) -> dict[str, Activity]:
    """The weeks of 5B (Sara's, with Erik for NO and Teknik) and 2A (Ulla's); gives 5B's activities by subject code."""
    of_5b = teach(
        cast.ekdalsskolan,
        cast.class_5b,
        MIDDLE_YEARS,
        Staffing(cast.sara, {"NO": cast.erik, "TK": cast.erik}),
        {"*": "Sal 214", "NO": "NO-salen", "IDH": "Idrottshallen", "SL": "Slöjdsalen"},
    )
    teach(
        cast.lillaskolan,
        cast.class_2a,
        FIRST_YEARS,
        Staffing(cast.ulla, {}),
        {"*": "Klassrum 2A", "IDH": "Gympasalen"},
    )
    return of_5b


def fill_lessons(cast: Cast) -> None:
    """Weeks for every other class of Ekdal, each class its own days and its mentor's. Needs Ekdal's scope."""
    known = (cast.class_5b.pk, cast.class_2a.pk)
    classes = Group.everything.filter(kind=Group.Kind.CLASS).exclude(pk__in=known).select_related("school")
    for number, group in enumerate(classes.order_by("school", "name"), start=1):
        week, rooms = MIDDLE_YEARS, {"*": f"Sal {200 + number}", "IDH": "Idrottshallen", "SL": "Slöjdsalen"}
        if group.school_id == cast.lillaskolan.pk:
            week, rooms = FIRST_YEARS, {"*": f"Klassrum {group.name}", "IDH": "Gympasalen"}
        teach(group.school, group, _turned(week, number), Staffing(_mentor(group), {}), rooms)


def fill_granbys_lessons(school: SchoolUnit) -> None:
    """The one class of the small school. Needs Granby's scope."""
    group = Group.everything.get(school=school, kind=Group.Kind.CLASS)
    teach(school, group, FIRST_YEARS, Staffing(None, {}), {"*": "Klassrummet", "IDH": "Bygdegården"})


def _turned(
    week: Mapping[int, Sequence[tuple[str, str, str]]], by: int
) -> dict[int, Sequence[tuple[str, str, str]]]:
    """The same days in another order, so that not all classes have their gym at once."""
    return {(day + by) % 5: lessons for day, lessons in week.items()}


def _mentor(group: Group) -> Person | None:
    role = AssignmentRole.everything.filter(group=group, kind=AssignmentRole.Kind.MENTOR).first()
    return role.duty.person if role else None


def _activity(school: SchoolUnit, group: Group, code: str, staffing: Staffing, since: date) -> Activity:
    activity = Activity.everything.create(
        organiser_id=school.organiser_id,
        school=school,
        kind=Activity.Kind.TEACHING if code else Activity.Kind.BREAK,
        name=f"{SUBJECTS[code]} {group.name}",
        subject_code=code,
        subject=SUBJECTS[code],
        valid_from=since,
    )
    ActivityGroup.objects.create(activity=activity, group=group)
    teacher = staffing.special.get(code, staffing.teacher)
    if code and teacher:
        ActivityTeacher.objects.create(activity=activity, person=teacher, valid_from=since)
    return activity


def _room(school: SchoolUnit, name: str) -> Room:
    room, _ = Room.everything.get_or_create(organiser_id=school.organiser_id, school=school, name=name)
    return room


def _bring(lesson: Lesson, what: str) -> None:
    LessonMark.everything.create(
        organiser_id=lesson.organiser_id,
        lesson=lesson,
        kind=LessonMark.Kind.BRING,
        text=what,
        created_at=clock.now(),
    )
