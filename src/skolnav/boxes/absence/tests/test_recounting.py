"""A report, a leave, or its undoing changes the minutes of registers that were taken before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skolnav.boxes.absence.actions.reckoning import reckon
from skolnav.boxes.absence.actions.recounting import recount
from skolnav.core.presence.models import Absence
from skolnav.core.presence.writing import drop_absences
from skolnav.core.tenancy import clock

from .attendance_parts import Mark, at, lesson_of, line_of, minutes_of, reported, take

STATES = ("present", "absent", "late", "left")


@pytest.fixture
def absent(sara, cast, viewer_of, tuesday):
    """Kim was away from Svenska 08.10 to 09.10, and nobody had said so."""
    tuesday.move_to(at(8, 12))
    take(viewer_of(sara), cast, lesson_of(cast), kim=Mark("absent"), elis=Mark("late", 20))
    return cast.kim


def test_a_report_afterwards_makes_it_valid_and_undoing_it_unmakes_it(absent, cast):
    today = clock.today()
    assert minutes_of(absent) == (0, 0, 60)

    reported(absent)
    recount(absent.pk, today, today)
    assert (line_of(absent).state, minutes_of(absent)) == ("absent", (0, 60, 0))

    drop_absences("report:1")
    recount(absent.pk, today, today)
    assert (line_of(absent).state, minutes_of(absent)) == ("absent", (0, 0, 60))


def test_a_report_of_part_of_the_lesson_counts_for_that_part(absent, cast):
    reported(absent, starts=at(8, 30), ends=at(10))

    recount(absent.pk, clock.today(), clock.today())

    assert minutes_of(absent) == (0, 40, 20)


def test_late_minutes_follow_too_and_other_pupils_and_days_do_not(absent, cast, django_assert_num_queries):
    reported(cast.elis, starts=at(7), ends=at(8, 25))
    with django_assert_num_queries(3):
        recount(cast.elis.pk, clock.today(), clock.today())

    assert minutes_of(cast.elis) == (40, 15, 5)
    assert minutes_of(absent) == (0, 0, 60)
    reported(absent)
    recount(absent.pk, at(8, days=1).date(), at(8, days=2).date())
    assert minutes_of(absent) == (0, 0, 60)


@given(
    st.sampled_from(STATES),
    st.integers(1, 90),
    st.lists(st.tuples(st.integers(-60, 120), st.integers(1, 120)), max_size=4),
)
def test_the_minutes_always_add_up(state, minutes, stretches):
    from datetime import datetime, timedelta

    starts = datetime(2026, 10, 6, 8, 10, tzinfo=clock.STOCKHOLM)
    absences = [
        Absence(starts=starts + timedelta(minutes=begins), ends=starts + timedelta(minutes=begins + length))
        for begins, length in stretches
    ]

    found = reckon(starts, starts + timedelta(minutes=60), state, minutes, absences)

    assert found.attended + found.valid + found.invalid == 60
    assert min(found.attended, found.valid, found.invalid) >= 0
    if state == "present":
        assert found.attended == 60
    if not absences:
        assert found.valid == 0


def test_a_lesson_over_the_change_of_the_clock_counts_real_minutes():
    from datetime import datetime

    starts = datetime(2026, 10, 25, 1, 30, tzinfo=clock.STOCKHOLM)
    ends = datetime(2026, 10, 25, 3, 30, tzinfo=clock.STOCKHOLM)

    assert reckon(starts, ends, "absent", 0, []).invalid == 180
