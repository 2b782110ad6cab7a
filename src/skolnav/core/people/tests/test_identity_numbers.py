"""Identity numbers: every written form reads the same; every slip is named."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
import time_machine
from hypothesis import assume, given
from hypothesis import strategies as st

from skolnav.core.people.identity_numbers import IdentityNumberError, Kind, Reason, check_digit, parse
from skolnav.demo.identity import TEST_SERIALS, number_for, tax_agency_test_number, temporary_number

pytestmark = pytest.mark.requirement("15-security-1")

days = st.dates(date(1850, 1, 1), date(2026, 11, 1))
serials = st.integers(0, TEST_SERIALS - 1)


def reason_for(text, **kwargs):
    with pytest.raises(IdentityNumberError) as caught:
        parse(text, **kwargs)
    return caught.value.reason


def coordination_number(day, serial):
    first_nine = f"{day:%y%m}{day.day + 60}{980 + serial}"
    return f"{day:%Y}"[:2] + first_nine + str(check_digit(first_nine))


@given(days, serials)
def test_a_test_number_reads_to_itself_in_every_form_with_a_century(day, serial):
    twelve = tax_agency_test_number(day, serial)

    for text in (
        twelve,
        f"{twelve[:8]}-{twelve[8:]}",
        f" {twelve[:8]} {twelve[8:]} ",
        f"{twelve[:8]}–{twelve[8:]}",
    ):
        number = parse(text)
        assert (number.value, number.kind, number.birth_date) == (twelve, Kind.PERSONAL, day)


@given(days, serials)
def test_the_short_form_finds_its_century_by_birth_date(day, serial):
    twelve = tax_agency_test_number(day, serial)

    assert parse(f"{twelve[2:8]}-{twelve[8:]}", birth_date=day).value == twelve
    assert parse(twelve[2:], birth_date=day).value == twelve


@given(st.integers(0, 99), st.integers(0, 365), serials)
def test_the_short_form_finds_its_century_by_the_minus_sign(age, days_back, serial):
    day = date(2026 - age, 11, 1) - timedelta(days_back)
    assume(2026 - day.year <= 99)
    twelve = tax_agency_test_number(day, serial)

    with time_machine.travel(date(2026, 11, 23)):
        assert parse(f"{twelve[2:8]}-{twelve[8:]}").value == twelve


@given(st.dates(date(1850, 1, 1), date(1926, 12, 31)), serials)
def test_the_plus_sign_is_for_the_year_one_turns_hundred_and_later(day, serial):
    twelve = tax_agency_test_number(day, serial)

    with time_machine.travel(date(2026, 11, 23)):
        assert parse(f"{twelve[2:8]}+{twelve[8:]}").value == twelve


@given(days, serials, st.integers(2, 11), st.integers(1, 9))
def test_one_changed_digit_never_passes(day, serial, position, change):
    twelve = tax_agency_test_number(day, serial)
    changed = twelve[:position] + str((int(twelve[position]) + change) % 10) + twelve[position + 1 :]

    assert reason_for(changed) in (Reason.CHECKSUM, Reason.DATE, Reason.FUTURE)


@given(days, serials)
def test_a_coordination_number_has_sixty_added_to_its_day(day, serial):
    twelve = coordination_number(day, serial)

    number = parse(f"{twelve[:8]}-{twelve[8:]}")

    assert (number.value, number.kind, number.birth_date) == (twelve, Kind.COORDINATION, day)


def test_a_coordination_number_may_leave_month_and_day_open():
    for start in ("150060980", "150360981"):
        number = parse("20" + start + str(check_digit(start)))
        assert (number.kind, number.birth_date) == (Kind.COORDINATION, None)
    for start in ("150000980", "150092980", "151360980"):
        assert reason_for("20" + start + str(check_digit(start))) == Reason.DATE


@given(days, st.integers(1, 99))
def test_a_temporary_number_reads_to_itself(day, serial):
    twelve = temporary_number(day, serial)

    for text in (twelve, twelve.lower(), f"{twelve[:8]} {twelve[8:]}", f"{twelve[:8]}-{twelve[8:]}"):
        number = parse(text)
        assert (number.value, number.kind, number.birth_date) == (twelve, Kind.TEMPORARY, day)


def test_leap_days():
    assert parse(tax_agency_test_number(date(2024, 2, 29), 0)).birth_date == date(2024, 2, 29)
    assert reason_for("20230229" + "980" + str(check_digit("230229980"))) == Reason.DATE
    assert reason_for("19000229" + "980" + str(check_digit("000229980"))) == Reason.DATE
    assert reason_for("20230229TF01") == Reason.DATE


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.EMPTY),
        ("   ", Reason.EMPTY),
        ("abc", Reason.FORMAT),
        ("20130612-980", Reason.FORMAT),
        ("20130612--9805", Reason.FORMAT),
        ("٢٠١٣٠٦١٢٩٨٠٥", Reason.FORMAT),
        ("20130612TF1", Reason.FORMAT),
        ("130612" + "9800", Reason.CENTURY),
        ("20131312" + "9800", Reason.DATE),
        ("00000101TF01", Reason.DATE),
        ("20990101TF01", Reason.FUTURE),
        ("20130612" + "0007", Reason.SERIAL),
    ],
)
def test_what_is_wrong_is_named(text, reason):
    assert reason_for(text) == reason


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_words_for_the_reader(reason):
    assert (
        "Skriv" in IdentityNumberError(reason).message
        or "Personnumret" in IdentityNumberError(reason).message
    )


def test_the_day_turns_over_in_stockholm():
    born = tax_agency_test_number(date(2026, 11, 24), 4)

    with time_machine.travel("2026-11-23T22:59:00Z"):
        assert reason_for(born) == Reason.FUTURE
    with time_machine.travel("2026-11-23T23:00:00Z"):
        assert parse(born).value == born


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text):
    with suppress(IdentityNumberError):
        assert len(parse(text).value) == 12


def test_a_number_does_not_show_itself_in_logs():
    number = parse(tax_agency_test_number(date(2013, 6, 12), 0))

    assert "2013" not in f"{number} {number!r}"
    assert number.written.startswith("20130612-98")


def test_the_range_for_invented_people_ends_in_temporary_numbers():
    numbers = [number_for(date(2013, 6, 12), serial) for serial in range(119)]

    assert len(set(numbers)) == 119
    assert {parse(number).kind for number in numbers[:20]} == {Kind.PERSONAL}
    assert {parse(number).kind for number in numbers[20:]} == {Kind.TEMPORARY}
    with pytest.raises(ValueError):
        number_for(date(2013, 6, 12), 119)
