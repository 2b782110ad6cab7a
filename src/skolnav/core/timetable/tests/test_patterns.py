"""Patterns over a year: cycles of N weeks, both changes of the clock, holidays and the limits of terms and lessons."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skolnav.core.schools.breaks import set_breaks
from skolnav.core.schools.calendar import SchoolCalendar, Span, red_days
from skolnav.core.tenancy import clock
from skolnav.core.timetable.computing import lesson_days, lesson_on, timetable_of_groups, timetable_of_room
from skolnav.core.timetable.models import Lesson, LessonOccurrence, Room
from skolnav.core.timetable.models.lessons import MOST_WEEKS
from skolnav.core.timetable.storing import stored
from skolnav.demo.people import school_year_start

days = st.dates(date(2024, 1, 1), date(2031, 12, 31))
mondays = days.map(lambda day: day - timedelta(days=day.weekday()))


@st.composite
def patterns(draw):
    weeks = draw(st.integers(1, MOST_WEEKS))
    first = draw(days)
    return {
        "weekday": draw(st.integers(0, 6)),
        "weeks": weeks,
        "week": draw(st.integers(0, weeks - 1)),
        "cycle_start": draw(mondays),
        "first": first,
        "last": first + timedelta(days=draw(st.integers(0, 800))),
    }


@given(patterns())
def test_a_cycle_comes_every_nth_week_on_its_day_and_within_its_limits(pattern):
    found = list(lesson_days(**pattern))

    assert all(day.weekday() == pattern["weekday"] for day in found)
    assert all(pattern["first"] <= day <= pattern["last"] for day in found)
    gap = timedelta(weeks=pattern["weeks"])
    assert all(later - earlier == gap for earlier, later in pairwise(found))
    if pattern["last"] - pattern["first"] >= gap:
        assert found


@given(patterns())
def test_the_weeks_of_a_cycle_share_the_days_among_them(pattern):
    whole = pattern | {"weeks": 1, "week": 0}

    parts = [list(lesson_days(**pattern | {"week": week})) for week in range(pattern["weeks"])]

    assert sorted(day for part in parts for day in part) == list(lesson_days(**whole))


@given(days, days)
def test_a_school_day_is_a_weekday_in_a_term_and_no_red_day(first, day):
    term = Span(first, first + timedelta(days=120))
    calendar = SchoolCalendar((term,), {})

    is_open = calendar.is_school_day(1, day)

    assert is_open == (day in term and day.weekday() <= 4 and day not in red_days(day.year))


@pytest.mark.usefixtures("tuesday")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    weekday=st.integers(0, 4), begins=st.times(time(6), time(16)), minutes=st.integers(5, 180),
    weeks=st.integers(1, 5), offset=st.integers(0, 4),
)  # fmt: skip
def test_a_lesson_keeps_the_clock_on_the_wall_all_year(cast, weekday, begins, minutes, weeks, offset):
    """Summer time ends in October and begins in March: a lesson at 08.10 is at 08.10 before and after."""
    starts = begins.replace(second=0, microsecond=0)
    ends = (datetime.combine(date(2000, 1, 1), starts) + timedelta(minutes=minutes)).time()
    lesson = a_lesson(cast, weekday=weekday, starts_at=starts, ends_at=ends, weeks=weeks, week=offset % weeks)
    year = school_year_start().year

    found = [
        one for one in of_5b(cast, date(year, 8, 1), date(year + 1, 6, 30)) if one.lesson_id == lesson.pk
    ]

    assert {(one.starts.time(), one.ends.time()) for one in found} == {(starts, ends)}
    assert {one.minutes for one in found} == {minutes}
    assert {one.starts.utcoffset() for one in found} == {timedelta(hours=1), timedelta(hours=2)}
    assert all(lesson.first_day <= one.day <= lesson.last_day for one in found)
    assert not {one.day for one in found} & set(red_days(year) | red_days(year + 1))
    lesson.delete()


@pytest.mark.usefixtures("tuesday")
def test_the_night_of_the_long_hour_and_of_the_short_one_is_counted_as_it_passes(cast):
    """Nobody is taught then, but a trip may be: in October the night is an hour longer, in March an hour shorter."""
    year = school_year_start().year
    activity = of_5b(cast, clock.today(), clock.today())[0].activity_id
    for day, hours in ((last_sunday(year, 10), 5), (last_sunday(year + 1, 3), 3)):
        LessonOccurrence.everything.create(
            organiser_id=cast.ekdal.pk, activity_id=activity, day=day,
            starts=datetime.combine(day, time(0, 30), clock.STOCKHOLM),
            ends=datetime.combine(day, time(4, 30), clock.STOCKHOLM),
        )  # fmt: skip

        (trip,) = of_5b(cast, day, day)

        assert trip.minutes == hours * 60
        assert (trip.starts.hour, trip.ends.hour) == (0, 4)


@pytest.mark.usefixtures("tuesday")
def test_a_holiday_a_term_and_a_lessons_last_day_end_its_lessons(cast):
    today = clock.today()
    lesson = a_lesson(
        cast, weekday=1, starts_at=time(15), ends_at=time(16), last_day=today + timedelta(days=21)
    )

    def taught():
        return [
            one.day for one in of_5b(cast, today, today + timedelta(days=60)) if one.lesson_id == lesson.pk
        ]

    weeks = [today + timedelta(weeks=number) for number in range(4)]
    assert set(taught()) <= set(weeks)
    set_breaks(
        "test:2", kind="study_day", name="Studiedag", first_day=weeks[1], last_day=weeks[1],
        school_ids=[cast.ekdalsskolan.pk],
    )  # fmt: skip
    assert weeks[1] not in taught()
    assert weeks[0] in taught()


@pytest.mark.usefixtures("tuesday")
def test_what_is_moved_beyond_its_last_day_or_into_another_room_is_known_there_too(cast):
    today = clock.today()
    lesson = a_lesson(cast, weekday=1, starts_at=time(15), ends_at=time(16), last_day=today)
    other = Room.everything.create(organiser_id=cast.ekdal.pk, school=cast.ekdalsskolan, name="Aulan")
    one = lesson_on(cast.ekdal.pk, lesson.public_id, today)
    row = stored(one, cast.ekdal.pk)
    row.starts, row.ends, row.room = one.starts + timedelta(days=7), one.ends + timedelta(days=7), other
    row.save()
    later = today + timedelta(days=7)

    met = next(one for one in of_5b(cast, later, later) if one.lesson_id == lesson.pk)
    (here,) = timetable_of_room(cast.ekdal.pk, other.pk, later, later).occurrences

    assert met == here
    assert (met.public_id, met.day, met.was.starts) == (lesson.public_id, today, one.starts)
    assert lesson_on(cast.ekdal.pk, met.public_id, met.day) == met


def of_5b(cast, first, last):
    return timetable_of_groups(cast.ekdal.pk, [cast.class_5b.pk], first, last).occurrences


def a_lesson(cast, **fields):
    since = school_year_start()
    activity = of_5b(cast, clock.today(), clock.today())[0].activity_id
    return Lesson.everything.create(
        **{
            "organiser_id": cast.ekdal.pk,
            "activity_id": activity,
            "cycle_start": since - timedelta(days=since.weekday()),
            "first_day": since,
            "last_day": date(since.year + 1, 6, 11),
        }
        | fields
    )


def last_sunday(year, month):
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)
