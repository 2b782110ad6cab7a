"""Locks, cycles and patterns over whole years, against plain counting."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skolnav.boxes.educare.models import CarePattern, CareTime, PatternTime
from skolnav.boxes.educare.queries.locks import closed_because, is_locked, lock_moment, locks_at
from skolnav.boxes.educare.queries.opening import Opening, Round
from skolnav.boxes.educare.queries.plans import plans, week_of_cycle
from skolnav.boxes.educare.queries.weeks import asked_week
from skolnav.core.tenancy import clock

YEAR = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
MOMENTS = st.integers(0, 3 * 365 * 24 * 60).map(lambda minutes: YEAR + timedelta(minutes=minutes))


@given(day=DAYS, lock_days=st.integers(0, 28))
def test_a_day_locks_at_a_midnight_in_stockholm(day, lock_days):
    moment = lock_moment(lock_days, [], day).astimezone(clock.STOCKHOLM)

    assert (moment.date(), moment.time()) == (day - timedelta(days=lock_days), time(0))


@given(now=MOMENTS, ahead=st.integers(-3, 40), lock_days=st.integers(0, 28))
def test_today_and_as_many_days_ahead_are_locked_at_every_hour_of_the_year(now, ahead, lock_days):
    with time_machine.travel(now, tick=False):
        day = clock.today() + timedelta(days=ahead)

        assert is_locked(Opening(1, lock_days=lock_days), day) == (ahead <= lock_days)


@given(day=DAYS, before=st.integers(-10 * 24, 60 * 24))
def test_lov_locks_at_its_deadline_and_never_after_it_has_begun(day, before):
    deadline = clock.start_of(day) - timedelta(hours=before)
    lov = Round("a", "Lov", day - timedelta(days=2), day + timedelta(days=2), deadline)

    assert locks_at(Opening(1, rounds=[lov]), day) == min(deadline, clock.start_of(day))


@pytest.mark.parametrize(
    ("day", "hours_before"),
    [(date(2027, 3, 28), 7 * 24), (date(2027, 3, 29), 7 * 24 - 1), (date(2026, 10, 26), 7 * 24 + 1)],
)
def test_over_the_days_of_23_and_25_hours_it_is_midnight_all_the_same(day, hours_before):
    moment = lock_moment(7, [], day)

    assert clock.start_of(day).astimezone(UTC) - moment.astimezone(UTC) == timedelta(hours=hours_before)


@given(start=DAYS, weeks=st.integers(1, 52), days=st.integers(-800, 800))
def test_a_cycle_comes_round_also_over_the_years_of_53_weeks(start, weeks, days):
    monday, day = clock.monday_of(start), clock.monday_of(start) + timedelta(days=days)
    week = week_of_cycle(day, monday, weeks)

    assert 0 <= week < weeks
    assert week_of_cycle(day + timedelta(days=7 * weeks), monday, weeks) == week
    assert week_of_cycle(clock.monday_of(day), monday, weeks) == week
    assert week_of_cycle(day + timedelta(days=7), monday, weeks) == (week + 1) % weeks


@given(today=DAYS, text=st.text(max_size=12))
def test_any_text_asks_for_some_monday_near_by(today, text):
    monday = asked_week(text, today)

    assert monday.weekday() == 0
    assert abs((monday - today).days) <= 407


@given(day=DAYS)
def test_week_numbers_find_the_week(day):
    year, week, _ = day.isocalendar()
    assert asked_week(f"{year}-W{week:02}", day) == clock.monday_of(day)
    assert asked_week(str(week), day) == clock.monday_of(day)


def test_at_the_weekend_one_meets_the_week_to_come():
    monday = date(2026, 11, 30)
    for day, met in (
        (date(2026, 11, 27), date(2026, 11, 23)),
        (date(2026, 11, 28), monday),
        (monday, monday),
    ):
        assert asked_week("", day) == met


def test_closed_says_why():
    opening = Opening(1, closed={date(2026, 10, 5): "Planering"})

    assert closed_because(opening, date(2026, 10, 5)) == "Planering"
    assert closed_because(opening, date(2026, 10, 6)) is None
    assert closed_because(opening, date(2026, 10, 10)) == ""
    assert closed_because(opening, date(2026, 12, 25)) == "Juldagen"


PATTERNS = st.lists(
    st.tuples(
        st.integers(1, 5),  # weeks
        st.integers(0, 60),  # begins so many days into the period
        st.one_of(st.none(), st.integers(0, 60)),  # lasts
        st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=8),  # week, weekday
    ),
    max_size=3,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=DAYS, patterns=PATTERNS, own=st.sets(st.integers(0, 60), max_size=5))
def test_plans_are_what_counting_by_hand_says(cast, first, patterns, own):
    alva, anna = cast.alva, cast.anna
    CarePattern.everything.all().delete()
    CareTime.everything.all().delete()
    rows = []
    for number, (weeks, begins, lasts, places) in enumerate(patterns):
        day = first + timedelta(days=begins)
        pattern = CarePattern.everything.create(
            organiser=cast.ekdal,
            pupil=alva,
            owner=anna,
            weeks=weeks,
            cycle_start=clock.monday_of(day),
            first_day=day,
            last_day=None if lasts is None else day + timedelta(days=lasts),
            begun_at=clock.now() + timedelta(seconds=number),
        )
        inside = {place for place in places if place[0] < weeks}
        for week, weekday in inside:
            PatternTime.objects.create(
                pattern=pattern, week=week, weekday=weekday, leaves_at=time(12 + number)
            )
        rows.append((pattern, inside, time(12 + number)))
    for number in own:
        CareTime.everything.create(
            organiser=cast.ekdal,
            pupil=alva,
            day=first + timedelta(days=number),
            leaves_at=time(9),
            set_at=clock.now(),
        )

    found = plans([alva.pk], first, first + timedelta(days=60))

    for number in range(61):
        day = first + timedelta(days=number)
        plan = found[alva.pk, day]
        covering = [
            (pattern.first_day, index)
            for index, (pattern, _inside, _leaves) in enumerate(rows)
            if pattern.first_day <= day and (pattern.last_day is None or day <= pattern.last_day)
        ]
        if number in own:
            assert (plan.source, plan.leaves_at) == ("day", time(9))
        elif not covering:
            assert plan.source == "none"
        else:
            pattern, inside, leaves = rows[max(covering)[1]]
            week = (day - pattern.cycle_start).days // 7 % pattern.weeks
            wanted = leaves if (week, day.weekday()) in inside else None
            assert (plan.source, plan.leaves_at, plan.is_off) == ("pattern", wanted, wanted is None)
