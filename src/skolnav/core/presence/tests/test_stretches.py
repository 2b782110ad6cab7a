"""Stretches are cut and joined without losing or winning a moment, also on the days of 23 and 25 hours."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from skolnav.core.presence.stretches import Away, after, before, joined
from skolnav.core.tenancy import clock

SPRING, AUTUMN, PLAIN = date(2027, 3, 28), date(2026, 10, 25), date(2026, 11, 26)
days = st.sampled_from([SPRING, AUTUMN, PLAIN, PLAIN + timedelta(days=1)])


@st.composite
def moments(draw):
    day = draw(days)
    return clock.start_of(day).astimezone(clock.UTC) + timedelta(minutes=draw(st.integers(0, 23 * 60)))


@st.composite
def stretches(draw):
    day = draw(days)
    if draw(st.booleans()):
        return Away(day)
    first, last = sorted(draw(st.lists(st.integers(0, 23 * 60), min_size=2, max_size=2, unique=True)))
    midnight = clock.start_of(day).astimezone(clock.UTC)
    return Away(day, midnight + timedelta(minutes=first), midnight + timedelta(minutes=last))


def minutes(away):
    """Every minute that is covered."""
    found = set()
    for one in away:
        at, until = one.begins.astimezone(clock.UTC), one.until.astimezone(clock.UTC)
        while at < until:
            found.add(at)
            at += timedelta(minutes=1)
    return found


@given(st.lists(stretches(), max_size=5))
def test_joining_covers_the_same_minutes_in_order_and_apart(away):
    found = joined(away)

    assert minutes(found) == minutes(away)
    assert all(one.until < other.begins or one.day != other.day for one, other in pairwise(found))


@given(st.lists(stretches(), max_size=4), moments())
def test_what_is_cut_at_a_moment_can_be_put_together_again(away, moment):
    first, last = before(moment, away), after(moment, away)

    assert minutes(first).isdisjoint(minutes(last))
    assert joined([*first, *last]) == joined(away)


def test_a_day_is_whole_however_long_it_is():
    hours = {SPRING: 23, AUTUMN: 25, PLAIN: 24}
    for day, length in hours.items():
        assert len(minutes([Away(day)])) == length * 60
        noon = datetime.combine(day, time(12), clock.STOCKHOLM)
        assert joined([*before(noon, [Away(day)]), *after(noon, [Away(day)])]) == [Away(day)]
