"""Counting days of leave over breaks, terms and school years."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skolnav.boxes.absence.models import LeaveConsent
from skolnav.boxes.absence.queries.leave_days import (
    count_of,
    is_principals_alone,
    last_day_to_apply_for,
    school_year_of,
)
from skolnav.core.schools.calendar import Break, SchoolCalendar, Span

DAYS = st.dates(date(2026, 8, 1), date(2028, 7, 31))
TERMS = (Span(date(2026, 8, 17), date(2026, 12, 18)), Span(date(2027, 1, 11), date(2027, 6, 11)))
AUTUMN_BREAK = Break("holiday", "Höstlov", Span(date(2026, 10, 26), date(2026, 10, 30)))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(first=DAYS, length=st.integers(0, 90))
def test_no_weekend_break_or_day_between_terms_is_counted(first, length):
    calendar = SchoolCalendar(TERMS, {1: (AUTUMN_BREAK,)})

    days = calendar.school_days(1, first, first + timedelta(days=length))

    assert all(day.weekday() < 5 and any(day in term for term in TERMS) for day in days)
    assert not any(day in AUTUMN_BREAK.span for day in days)
    assert days == sorted(set(days))
    assert len(days) <= length + 1


@settings(max_examples=200, deadline=None)
@given(granted=st.sets(DAYS, max_size=25), asked=st.sets(DAYS, min_size=1, max_size=25))
def test_a_years_count_never_exceeds_its_days_and_never_counts_one_twice(granted, asked):
    count = count_of(asked, granted, min(asked))

    years = {school_year_of(day).first_day for day in asked}
    each = {year: {day for day in granted | asked if school_year_of(day).first_day == year} for year in years}
    assert count.total == max(len(days) for days in each.values())
    assert count.used <= len(granted)


@pytest.mark.parametrize(
    ("day", "begins"),
    [
        (date(2027, 7, 31), 2026),
        (date(2027, 8, 1), 2027),
        (date(2026, 12, 31), 2026),
        (date(2027, 1, 1), 2026),
    ],
)
def test_a_school_year_begins_in_august(day, begins):
    assert school_year_of(day).first_day == date(begins, 8, 1)


def test_one_may_apply_within_this_school_year_and_the_next():
    assert last_day_to_apply_for(date(2026, 10, 6)) == date(2028, 7, 31)


@pytest.mark.parametrize(
    ("total", "mentor_days", "length", "alone"),
    [(10, 10, 12, False), (11, 10, 12, True), (3, 2, 3, True), (1, 0, 1, True), (11, 99, 12, True), (5, 10, 61, True),
     (5, 10, 60, False)],
)  # fmt: skip
def test_the_laws_ten_days_bind_whatever_the_school_has_chosen(total, mentor_days, length, alone):
    first = date(2026, 10, 12)

    assert is_principals_alone(total, mentor_days, first, first + timedelta(days=length - 1)) is alone


def test_a_leave_over_the_summer_is_counted_in_the_year_that_it_fills_most():
    asked = [date(2027, 6, 10), date(2027, 6, 11), date(2027, 8, 18)]

    count = count_of(asked, {date(2027, 3, 1), date(2027, 8, 17)}, asked[0])

    assert (count.used, count.total) == (1, 3)


@given(asked=DAYS, ahead=st.integers(0, 40))
def test_the_last_day_to_answer_is_within_a_week_and_before_the_leave(asked, ahead):
    first = asked + timedelta(days=ahead)

    last = LeaveConsent.last_day_to_answer(asked, first)

    assert asked <= last <= asked + timedelta(days=7)
    assert last < first or ahead == 0
