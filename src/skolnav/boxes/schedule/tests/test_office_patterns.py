"""Two weekly times are in each other's way exactly when some day has both at overlapping hours."""

from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from skolnav.boxes.schedule.queries.patterns import Pattern, first_meeting

START = date(2026, 8, 17)


def monday(day):
    return day - timedelta(days=day.weekday())


def pattern(weekday, starts, begins, lasts, weeks, week, shift):
    first = START + timedelta(days=begins)
    return Pattern(
        weekday=weekday,
        starts_at=time(8, starts),
        ends_at=time(9, starts),
        first_day=first,
        last_day=first + timedelta(days=lasts),
        cycle_start=monday(START) + timedelta(weeks=shift),
        weeks=weeks,
        week=week % weeks,
    )


PATTERNS = st.builds(
    pattern,
    st.integers(0, 1), st.sampled_from([0, 10, 50]), st.integers(0, 400), st.integers(0, 500),
    st.sampled_from([1, 2, 2, 3, 4, 5, 51, 52]), st.integers(0, 51), st.integers(-60, 60),
)  # fmt: skip


def days_by_hand(one):
    """Day by day, week by week: another way to the same."""
    days, day, week = set(), one.cycle_start, 0
    while day > one.first_day:
        day, week = day - timedelta(days=7), week - 1
    while day <= one.last_day:
        if week % one.weeks == one.week:
            days.add(day + timedelta(days=one.weekday))
        day, week = day + timedelta(days=7), week + 1
    return {day for day in days if one.first_day <= day <= one.last_day}


@given(one=PATTERNS, other=PATTERNS)
def test_they_meet_exactly_when_a_day_has_both(one, other):
    shared = days_by_hand(one) & days_by_hand(other)
    overlap = one.starts_at < other.ends_at and other.starts_at < one.ends_at

    found = first_meeting(one, other)

    assert found == (min(shared) if shared and overlap else None)
    assert first_meeting(other, one) == found


@given(one=PATTERNS)
def test_the_days_of_a_pattern_are_those_reckoned_by_hand(one):
    days = set(one.days(one.first_day, one.last_day))

    assert days == days_by_hand(one)
    assert all(one.takes_place_on(day) for day in days)


@given(one=PATTERNS, shift=st.integers(-30, 30))
def test_a_rhythm_is_the_same_from_whichever_monday_it_is_counted(one, shift):
    moved = Pattern(
        one.weekday, one.starts_at, one.ends_at, one.first_day, one.last_day,
        one.cycle_start + timedelta(weeks=shift), one.weeks, (one.week - shift) % one.weeks,
    )  # fmt: skip

    assert moved.rhythm == one.rhythm
    assert days_by_hand(moved) == days_by_hand(one)
