"""Which days are school days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skolnav.core.schools.breaks import set_breaks
from skolnav.core.schools.calendar import Break, SchoolCalendar, Span, red_days, school_calendar
from skolnav.demo.people import school_year_start

SCHOOL = 7
TERMS = (Span(date(2026, 8, 17), date(2026, 12, 18)), Span(date(2027, 1, 11), date(2027, 6, 11)))
DAYS = st.dates(date(2026, 8, 1), date(2027, 7, 1))


def calendar_with(*breaks: Break) -> SchoolCalendar:
    return SchoolCalendar(TERMS, {SCHOOL: breaks})


def autumn_break() -> Break:
    return Break("holiday", "Höstlov", Span(date(2026, 10, 26), date(2026, 10, 30)))


def test_red_days_have_their_names_and_sundays_as_such_none():
    names = red_days(2027)

    assert names[date(2027, 1, 6)] == "Trettondedag jul"
    assert names[date(2027, 5, 6)] == "Kristi himmelsfärdsdag"
    assert date(2027, 1, 17) not in names


def test_the_day_after_the_break_comes_next():
    calendar = calendar_with(autumn_break())

    assert calendar.next_school_day(SCHOOL, date(2026, 10, 23)) == date(2026, 11, 2)
    assert calendar.break_on(SCHOOL, date(2026, 10, 28)).name == "Höstlov"
    assert calendar.next_school_day(SCHOOL + 1, date(2026, 10, 23)) == date(2026, 10, 26)


def test_after_the_last_day_of_the_year_no_school_day_comes():
    assert calendar_with().next_school_day(SCHOOL, date(2027, 6, 11)) is None


@given(day=DAYS)
def test_a_school_day_lies_in_a_term_on_a_weekday_and_in_no_break(day):
    calendar = calendar_with(autumn_break())

    if calendar.is_school_day(SCHOOL, day):
        assert day.weekday() < 5
        assert any(day in term for term in TERMS)
        assert day not in autumn_break().span
        assert day not in red_days(day.year)


@given(first=DAYS, length=st.integers(0, 200))
def test_the_days_of_a_span_are_what_stepping_from_one_to_the_next_gives(first, length):
    calendar = calendar_with(autumn_break())
    last = first + timedelta(days=length)
    stepped, day = [], calendar.next_school_day(SCHOOL, first - timedelta(days=1))
    while day is not None and day <= last:
        stepped.append(day)
        day = calendar.next_school_day(SCHOOL, day)

    assert calendar.school_days(SCHOOL, first, last) == stepped


@pytest.mark.parametrize("breaks", [1, 3])
def test_all_schools_of_an_organiser_cost_one_statement(breaks, cast, django_assert_num_queries):
    first = school_year_start() + timedelta(days=30)
    for number in range(breaks):
        day = first + timedelta(days=number)
        schools = [cast.ekdalsskolan.pk, cast.lillaskolan.pk]
        set_breaks(
            f"test:{number}",
            kind="study_day",
            name="Studiedag",
            first_day=day,
            last_day=day,
            school_ids=schools,
        )

    with django_assert_num_queries(1):
        calendar = school_calendar(cast.ekdal.pk, first, first + timedelta(days=10))

    assert len(calendar.breaks[cast.ekdalsskolan.pk]) == breaks
    assert calendar.is_in_term(first)
