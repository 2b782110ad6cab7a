"""Swedish personal identity numbers, as people write them and as Skolnav keeps them: twelve characters.

Sources of the rules:
- Personnummer: Folkbokföringslagen (1991:481) 18 §; Skatteverket SKV 704. Date of birth, a birth number of
  three digits, a check digit; the hyphen turns into a plus sign the year the person turns 100.
- Samordningsnummer (coordination number): lagen (2022:1697) om samordningsnummer; Skatteverket SKV 707. As a
  personnummer with 60 added to the day. Month and day are 00 (so the day reads 60) where they are unknown.
- TF number (temporary, `20130101TF01`): SS 12000, given by a school to a pupil who has no number yet. It has
  no check digit.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from skolnav.core.tenancy import clock

COORDINATION_OFFSET = 60
OLDEST_YEAR = 1840

# People paste hyphens of every length out of word processors.
_DASHES = str.maketrans(
    {"\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-"}
)
_NUMBER = re.compile(
    r"(?P<century>[0-9]{2})?(?P<date>[0-9]{6})(?P<sign>[-+]?)(?P<serial>[0-9]{3})(?P<check>[0-9])"
)
_TEMPORARY = re.compile(r"(?P<date>[0-9]{8})-?TF(?P<serial>[0-9]{2})")


class Kind(StrEnum):
    PERSONAL = "personal"
    COORDINATION = "coordination"
    TEMPORARY = "temporary"


class Reason(StrEnum):
    """Why a number is refused. Stable: import reports and their readers depend on the words."""

    EMPTY = "empty"
    FORMAT = "format"
    CENTURY = "century"
    DATE = "date"
    FUTURE = "future"
    SERIAL = "serial"
    CHECKSUM = "checksum"


_MESSAGES = {
    Reason.EMPTY: _("Skriv ett personnummer."),
    Reason.FORMAT: _("Skriv personnumret med 12 siffror: ÅÅÅÅMMDD-NNNN."),
    Reason.CENTURY: _("Skriv födelseåret med fyra siffror: ÅÅÅÅMMDD-NNNN."),
    Reason.DATE: _("Personnumret börjar inte med ett datum som finns."),
    Reason.FUTURE: _("Personnumrets datum har inte varit än."),
    Reason.SERIAL: _("Personnumrets födelsenummer kan inte vara 000."),
    Reason.CHECKSUM: _("Personnumrets sista siffra stämmer inte. Kontrollera att alla siffror är rätt."),
}


class IdentityNumberError(ValueError):
    """A text is no identity number: `reason` is for programs, `message` for the reader, in their language.

    Neither repeats the number: both may end up in logs and reports.
    """

    def __init__(self, reason: Reason) -> None:
        super().__init__(str(reason))
        self.reason = reason

    @property
    def message(self) -> str:
        return str(_MESSAGES[self.reason])


@dataclass(frozen=True)
class IdentityNumber:
    """A number that holds: `value` is its twelve characters, all digits but the TF of a temporary one."""

    value: str
    kind: Kind

    @property
    def birth_date(self) -> date | None:
        """The date that the number begins with; None where a coordination number leaves it open.

        It is not always the day of birth: when a day's numbers ran out, a neighbouring day was used.
        """
        year, month, day = int(self.value[:4]), int(self.value[4:6]), int(self.value[6:8])
        if self.kind is Kind.COORDINATION:
            day -= COORDINATION_OFFSET
            if not month or not day:
                return None
        return date(year, month, day)

    @property
    def written(self) -> str:
        """As it is written for people: `20130612-9805`; a temporary number has no hyphen."""
        if self.kind is Kind.TEMPORARY:
            return self.value
        return f"{self.value[:8]}-{self.value[8:]}"

    def __repr__(self) -> str:
        # A number in a traceback or a log is a leak: say the kind only.
        return f"<IdentityNumber {self.kind}>"

    __str__ = __repr__


def parse(text: str, *, birth_date: date | None = None) -> IdentityNumber:
    """Read an identity number in any written form: 12 or 10 digits, with `-` or `+`, with spaces.

    The century of a ten-digit form is the one that comes nearest to `birth_date` when it is given; else it
    follows from the sign and today's date. Ten digits with neither are refused rather than guessed.

    Raises IdentityNumberError.
    """
    compact = "".join(text.split()).translate(_DASHES).upper()
    if not compact:
        raise IdentityNumberError(Reason.EMPTY)
    if match := _TEMPORARY.fullmatch(compact):
        return _temporary(match)
    if match := _NUMBER.fullmatch(compact):
        return _permanent(match, birth_date)
    raise IdentityNumberError(Reason.FORMAT)


def check_digit(nine_digits: str) -> int:
    """The last digit: Luhn over the two-digit year, month, day and birth number (SKV 704)."""
    total = 0
    for position, character in enumerate(nine_digits):
        product = int(character) * (2 - position % 2)
        total += product // 10 + product % 10
    return -total % 10


def _temporary(match: re.Match[str]) -> IdentityNumber:
    number = IdentityNumber(f"{match['date']}TF{match['serial']}", Kind.TEMPORARY)
    _check_date(number)
    return number


def _permanent(match: re.Match[str], birth_date: date | None) -> IdentityNumber:
    short, serial, check = match["date"], match["serial"], match["check"]
    year = int(match["century"] + short[:2]) if match["century"] else _year(short, match["sign"], birth_date)
    is_coordination = int(short[4:6]) >= COORDINATION_OFFSET
    number = IdentityNumber(
        f"{year:04}{short[2:]}{serial}{check}", Kind.COORDINATION if is_coordination else Kind.PERSONAL
    )
    _check_date(number)
    if serial == "000":
        raise IdentityNumberError(Reason.SERIAL)
    if check_digit(short + serial) != int(check):
        raise IdentityNumberError(Reason.CHECKSUM)
    return number


def _year(short: str, sign: str, birth_date: date | None) -> int:
    """The four-digit year of a two-digit one."""
    today = clock.today()
    two_digits = int(short[:2])
    latest = today.year - (today.year - two_digits) % 100
    if birth_date:
        return min((latest - 200, latest - 100, latest), key=lambda year: abs(year - birth_date.year))
    if not sign:
        raise IdentityNumberError(Reason.CENTURY)
    # "-" until the year one turns 100, "+" from then on: by the year, not by the birthday.
    return latest if sign == "-" else latest - 100


def _check_date(number: IdentityNumber) -> None:
    try:
        day = number.birth_date
    except ValueError:
        raise IdentityNumberError(Reason.DATE) from None
    year, month_and_day = int(number.value[:4]), number.value[4:8]
    # An open date was not tried by date(): its month and day are still no more than a calendar has.
    if year < OLDEST_YEAR or month_and_day[:2] > "12" or month_and_day[2:] > str(31 + COORDINATION_OFFSET):
        raise IdentityNumberError(Reason.DATE)
    today = clock.today()
    if year > today.year or (day and day > today):
        raise IdentityNumberError(Reason.FUTURE)
