"""How dates, times, sizes and names are said: template filters, in the reader's language, in Stockholm's time."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils.translation import get_language, get_language_bidi, gettext
from markupsafe import Markup, escape

from skolnav.core.tenancy import clock

CHILD_HUES = 12
LONGEST_TIGHT_WEEKDAY = 4  # letters


def _language() -> str:
    return (get_language() or "sv").replace("-", "_")


def _day_of(value: date | datetime) -> date:
    """The Stockholm day of a moment; a date is itself."""
    if isinstance(value, datetime):
        return value.astimezone(clock.STOCKHOLM).date() if value.tzinfo else value.date()
    return value


@lru_cache(maxsize=4096)
def _written_day(day: date, pattern: str, language: str) -> str:
    return format_date(day, pattern, locale=language).replace(".", "")


def say_date(value: date | datetime) -> str:
    """ "tors 26 nov", with the year when it is another one."""
    day = _day_of(value)
    pattern = "EEE d MMM" if day.year == clock.today().year else "EEE d MMM y"
    return _written_day(day, pattern, _language())


def say_day(value: date | datetime) -> str:
    """ "i går", "i dag", "i morgon", else "tors 26 nov"."""
    distance = (_day_of(value) - clock.today()).days
    if distance == 0:
        return gettext("i dag")
    if distance == 1:
        return gettext("i morgon")
    if distance == -1:
        return gettext("i går")
    return say_date(value)


def say_long_day(value: date | datetime) -> str:
    """ "måndag 23 november", for headings."""
    day = _day_of(value)
    pattern = "EEEE d MMMM" if day.year == clock.today().year else "EEEE d MMMM y"
    return _written_day(day, pattern, _language())


def say_days(first: date | datetime, last: date | datetime) -> str:
    """One day or a span: "26 nov", "23–27 nov", "30 nov–2 dec"."""
    start, end, language = _day_of(first), _day_of(last), _language()
    if start == end:
        return say_date(start)
    year = "" if end.year == clock.today().year else " y"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{_written_day(end, 'd MMM' + year, language)}"
    return f"{_written_day(start, 'd MMM', language)}–{_written_day(end, 'd MMM' + year, language)}"


def say_month(value: date) -> str:
    """ "november 2026"."""
    return _written_day(value, "LLLL y", _language())


def say_weekday(value: date | datetime) -> str:
    """ "mån"."""
    return _written_day(_day_of(value), "EEE", _language())


def say_weekday_tightly(value: date | datetime) -> str:
    """For a column of a few letters: "mån", or where that is a whole word (Arabic) its shorter form."""
    said = say_weekday(value)
    return said if len(said) <= LONGEST_TIGHT_WEEKDAY else _written_day(_day_of(value), "EEEEE", _language())


def say_time(value: time | datetime) -> str:
    """ "08.10" in Swedish, "08:10" elsewhere."""
    if isinstance(value, datetime) and value.tzinfo:
        value = value.astimezone(clock.STOCKHOLM)
    return f"{value.hour:02}{'.' if _language() == 'sv' else ':'}{value.minute:02}"


def say_times(start: time | datetime, end: time | datetime) -> str:
    """ "08.10–14.20"; held together from left to right also in a text that runs the other way."""
    return _from_left(f"{say_time(start)}–{say_time(end)}")


def _from_left(text: str) -> str:
    return f"\u2066{text}\u2069" if get_language_bidi() else text


def say_moment(value: datetime) -> str:
    """ "i dag 07.02", "tors 26 nov 16.30"."""
    return f"{say_day(value)} {say_time(value)}"


def say_until(value: datetime) -> str:
    """Until when something can be done. Midnight belongs to the day that ends: "sön 29 nov 24.00"."""
    local = value.astimezone(clock.STOCKHOLM)
    if local.time() != time.min:
        return say_moment(value)
    return f"{say_day(local.date() - timedelta(days=1))} {'24.00' if _language() == 'sv' else '24:00'}"


def say_left(value: date | datetime) -> str:
    """How long is left to a day: "i dag", "i morgon", "om 3 dagar", then the date."""
    distance = (_day_of(value) - clock.today()).days
    if 1 < distance < 7:
        return gettext("om %(days)s dagar") % {"days": distance}
    return say_day(value)


def iso_week(value: date | datetime) -> int:
    """The week's number as Swedish schools count it."""
    return _day_of(value).isocalendar().week


def machine(value: date | datetime | time) -> str:
    """For `<time datetime=…>`."""
    return value.isoformat()


def say_size(octets: int) -> str:
    """ "340 kB", "1,2 MB"."""
    if octets < 1_000_000:
        return _from_left(f"{max(1, round(octets / 1000))} kB")
    return _from_left(f"{format_decimal(octets / 1_000_000, format='#,##0.#', locale=_language())} MB")


def say_number(value: float) -> str:
    """ "12 300"."""
    return format_decimal(value, locale=_language())


def say_length(value: timedelta) -> str:
    """ "40 min", "1 h 20 min"."""
    hours, minutes = divmod(int(value.total_seconds()) // 60, 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def initials(name: str) -> str:
    """The first letters of the first and the last word, "Kim Larsson" -> "KL"."""
    parts = [part for part in name.replace("-", " ").split() if part[0].isalpha()]
    if not parts:
        return "?"
    return (parts[0][0] + (parts[-1][0] if len(parts) > 1 else "")).upper()


def hue_class(number: int) -> str:
    """A child's colour: "hue-1" to "hue-12"."""
    return f"hue-{(number - 1) % CHILD_HUES + 1}"


def box_hue_class(degrees: int) -> str:
    """A box's colour on the wheel of 360 degrees, in steps of five: "box-hue-245"."""
    return f"box-hue-{round(degrees / 5) * 5 % 360}"


def upper_first(text: str) -> str:
    """A sentence's beginning; the rest is left alone."""
    return text[:1].upper() + text[1:]


def nl2p(text: str) -> Markup:
    """Plain text as paragraphs: an empty line parts them, a single line break stays one."""
    blocks = text.replace("\r\n", "\n").strip().split("\n\n")
    return Markup("").join(
        Markup("<p>{}</p>").format(Markup("<br>").join(escape(line) for line in block.strip().split("\n")))
        for block in blocks
        if block.strip()
    )


FILTERS: dict[str, Callable[..., object]] = {
    said.__name__: said
    for said in (
        say_date, say_day, say_long_day, say_days, say_month, say_weekday, say_weekday_tightly, say_time, say_times,
        say_moment, say_until, say_left, iso_week, machine, say_size, say_number, say_length, initials, hue_class,
        box_hue_class, upper_first, nl2p,
    )
}  # fmt: skip
