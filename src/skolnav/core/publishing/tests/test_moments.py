"""Moments by the Stockholm clock."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from skolnav.core.publishing.moments import MomentField, SkippedHour, stockholm


def test_winter_and_summer_are_an_hour_apart():
    assert stockholm(datetime.fromisoformat("2026-11-23T07:30")) == datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
    assert stockholm(datetime.fromisoformat("2026-06-01T07:30")) == datetime(2026, 6, 1, 5, 30, tzinfo=UTC)


def test_the_hour_that_summer_time_skips_is_refused_with_words():
    with pytest.raises(SkippedHour):
        stockholm(datetime.fromisoformat("2027-03-28T02:30"))
    with pytest.raises(ValidationError, match="sommartid"):
        MomentField().clean("2027-03-28T02:30")

    assert MomentField().clean("2027-03-28T03:00") == datetime(2027, 3, 28, 1, 0, tzinfo=UTC)


def test_the_doubled_hour_of_october_is_its_first():
    assert MomentField().clean("2026-10-25T02:30") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_moment_from_the_database_is_shown_by_the_clock_on_the_wall():
    field = MomentField(required=False)

    assert field.prepare_value(datetime(2026, 6, 1, 5, 30, tzinfo=UTC)) == "2026-06-01T07:30"
    assert field.clean("") is None
    with pytest.raises(ValidationError, match="dag och klockslag"):
        field.clean("i morgon")
