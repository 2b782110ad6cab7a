"""What Ekdal's schools have told their families this autumn, written through the boxes' own actions."""

from datetime import date, datetime, time, timedelta

from skolnav.boxes.calendar.actions import Content, add_entry
from skolnav.core.access.building import build_viewer
from skolnav.core.access.viewer import Viewer
from skolnav.core.feed.models import Side, group_key, school_key, year_key
from skolnav.core.people.models import Person
from skolnav.core.publishing.models import Target
from skolnav.core.schools.models import SchoolUnit
from skolnav.core.tenancy import clock

from .cast import Cast


def tell_autumn(cast: Cast) -> None:
    """News, files and calendar days, dated relative to today. Needs Ekdal's scope."""
    _calendar(cast)


def school_day(step: int) -> date:
    """The school day (Monday to Friday) so many from today; a step of 0 on a Sunday is Monday."""
    day = clock.today()
    while day.weekday() > 4:
        day += timedelta(days=1)
    while step:
        day += timedelta(days=1 if step > 0 else -1)
        if day.weekday() < 5:
            step -= 1 if step > 0 else -1
    return day


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), clock.STOCKHOLM)


def viewer_of(person: Person) -> Viewer:
    return build_viewer(person.pk)


def whole(school: SchoolUnit, sides: Side = Side.BOTH) -> Target:
    return Target(school_key(school.pk), school.pk, sides)


def year(school: SchoolUnit, number: int, sides: Side = Side.BOTH) -> Target:
    return Target(year_key(school.pk, number), school.pk, sides)


def _calendar(cast: Cast) -> None:
    ekdalsskolan, lillaskolan = cast.ekdalsskolan, cast.lillaskolan
    class_5b = Target(group_key(cast.class_5b.pk), ekdalsskolan.pk)
    class_2a = Target(group_key(cast.class_2a.pk), lillaskolan.pk)
    lena, ingrid, sara, ulla = (viewer_of(cast.people[name]) for name in ("lena", "ingrid", "sara", "ulla"))
    both = [whole(ekdalsskolan), whole(lillaskolan)]
    autumn = clock.today()
    days = (
        (lena, both, "study_day", "Studiedag", school_day(4), 0, "Skolan är stängd. Fritids har öppet."),
        (lena, both, "holiday", "Höstlov", date(autumn.year, 10, 26), 4, ""),
        (lena, both, "holiday", "Jullov", date(autumn.year, 12, 21), 20, ""),
        (lena, both, "term_date", "Höstterminens sista dag", date(autumn.year, 12, 18), 0, "Skoldagen slutar 12.00."),
        (ingrid, [year(ekdalsskolan, 6)], "national_test", "Nationellt prov i svenska", school_day(8), 0, ""),
        (ingrid, [whole(ekdalsskolan)], "activity", "Luciatåg i aulan", school_day(14), 0, ""),
        (sara, [class_5b], "activity", "Friluftsdag", school_day(2), 0, "Ta med matsäck och varma kläder."),
        (sara, [class_5b], "national_test", "Prov i engelska", school_day(3), 0, "Kapitel 4 till 6."),
        (ulla, [class_2a], "activity", "Bibliotek: ta med låneböckerna", school_day(1), 0, ""),
        (ulla, [class_2a], "activity", "Ute hela eftermiddagen: varma kläder", school_day(0), 0, ""),
    )
    for actor, audience, kind, title, first, more, description in days:
        content = Content(
            kind=kind, title=title, first_day=first, last_day=first + timedelta(days=more), description=description
        )
        add_entry(actor=actor, content=content, audience=audience)
    _meetings(cast, sara, class_5b)


def _meetings(cast: Cast, sara: Viewer, class_5b: Target) -> None:
    evening, morning = school_day(6), school_day(0)
    add_entry(
        actor=sara,
        audience=[Target(class_5b.key, class_5b.school_id, Side.GUARDIANS)],
        content=Content(
            kind="meeting",
            title="Föräldramöte i 5B",
            first_day=evening,
            last_day=evening,
            starts=at(evening, 18),
            ends=at(evening, 19, 30),
            place="Sal 214",
        ),
    )
    add_entry(
        actor=sara,
        audience=[class_5b],
        content=Content(
            kind="activity",
            title="Idrott: ta med gympapåse",
            first_day=morning,
            last_day=morning,
            starts=at(morning, 12),
            ends=at(morning, 13),
            place="Idrottshallen",
        ),
    )
