from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from skolnav.core.web import words

MONDAY = datetime(2026, 11, 23, 6, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _monday_morning(swedish: None):
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 22), "i går"),
        (date(2026, 11, 23), "i dag"),
        (date(2026, 11, 24), "i morgon"),
        (date(2026, 11, 26), "tors 26 nov"),
        (date(2025, 11, 26), "ons 26 nov 2025"),
    ],
)
def test_days_are_said_as_people_say_them(day, said):
    assert words.say_day(day) == said


def test_a_moment_late_in_the_evening_belongs_to_the_day_in_stockholm():
    just_after_midnight_in_stockholm = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)

    assert words.say_moment(just_after_midnight_in_stockholm) == "i morgon 00.30"


def test_what_ends_at_midnight_ends_with_the_day_before():
    midnight = datetime(2026, 11, 29, 23, 0, tzinfo=UTC)

    assert words.say_until(midnight) == "sön 29 nov 24.00"
    assert words.say_until(midnight - timedelta(hours=1)) == "sön 29 nov 23.00"
    with translation.override("en"):
        assert words.say_until(midnight) == "Sun 29 Nov 24:00"


def test_times_have_a_dot_in_swedish_and_a_colon_elsewhere():
    assert words.say_times(time(8, 10), time(14, 20)) == "08.10–14.20"
    with translation.override("en"):
        assert words.say_time(time(8, 10)) == "08:10"
        assert words.say_date(date(2026, 11, 26)) == "Thu 26 Nov"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 11, 26), date(2026, 11, 26), "tors 26 nov"),
        (date(2026, 11, 23), date(2026, 11, 27), "23–27 nov"),
        (date(2026, 11, 30), date(2026, 12, 2), "30 nov–2 dec"),
        (date(2026, 12, 21), date(2027, 1, 8), "21 dec–8 jan 2027"),
    ],
)
def test_spans_of_days(first, last, said):
    assert words.say_days(first, last) == said


def test_weeks_months_and_what_is_left():
    assert words.iso_week(date(2027, 1, 1)) == 53
    assert words.say_month(date(2026, 11, 1)) == "november 2026"
    assert words.say_long_day(date(2026, 11, 23)) == "måndag 23 november"
    assert words.say_left(date(2026, 11, 26)) == "om 3 dagar"
    assert words.say_left(date(2026, 12, 24)) == "tors 24 dec"


@pytest.mark.parametrize(("language", "said"), [("sv", "tors"), ("en", "Thu"), ("ar", "خ")])
def test_a_weekday_fits_in_a_column_of_a_phone(language, said):
    with translation.override(language):
        assert words.say_weekday_tightly(date(2026, 11, 26)) == said


def test_sizes_lengths_and_numbers():
    assert words.say_size(340_000) == "340 kB"
    assert words.say_size(1_234_567) == "1,2 MB"
    assert words.say_length(timedelta(minutes=80)) == "1 h 20 min"
    assert words.say_number(12300) == "12\xa0300"


def test_times_and_sizes_run_from_the_left_in_arabic_too():
    with translation.override("ar"):
        assert words.say_times(time(8, 10), time(14, 20)) == "\u206608:10–14:20\u2069"
        assert words.say_size(33_000) == "\u206633 kB\u2069"


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Kim Larsson", "KL"), ("Kim", "K"), ("", "?"), ("Anna-Karin von Öberg", "AÖ"), ("نور", "ن")],
)
def test_initials(name, letters):
    assert words.initials(name) == letters


@given(st.integers(-1000, 1000))
def test_every_number_is_one_of_the_twelve_colours(number):
    assert 1 <= int(words.hue_class(number).removeprefix("hue-")) <= 12


@given(st.text())
def test_plain_text_as_paragraphs_lets_no_markup_through(text):
    html = words.nl2p(text)

    bare = html.replace("<p>", "").replace("</p>", "").replace("<br>", "")
    assert "<" not in bare
    assert ">" not in bare


def test_paragraphs_and_lines():
    assert (
        words.nl2p("Hej!\r\nVi ses.\n\n<b>Sara</b>") == "<p>Hej!<br>Vi ses.</p><p>&lt;b&gt;Sara&lt;/b&gt;</p>"
    )
