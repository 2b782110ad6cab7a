"""Identity numbers for invented people: nobody's, now or ever.

The Swedish Tax Agency publishes test numbers whose birth numbers are 980 to 999 and never gives them to
people: twenty for each day of birth. What goes beyond them gets a temporary (TF) number, which is no
identity number of the population register at all.
"""

from datetime import date

from skolnav.core.people.identity_numbers import check_digit

FIRST_TEST_SERIAL = 980
TEST_SERIALS = 20
MOST_TEMPORARY = 99


def tax_agency_test_number(birth_date: date, serial: int) -> str:
    """Twelve digits from the test range: `serial` is 0 to 19; even ones are women's, odd ones men's.

    Raises ValueError past the range: use `temporary_number` there.
    """
    if not 0 <= serial < TEST_SERIALS:
        raise ValueError(f"There are {TEST_SERIALS} test numbers for a day: {serial} is not one of them.")
    first_nine = f"{birth_date:%y%m%d}{FIRST_TEST_SERIAL + serial}"
    return f"{birth_date.year // 100}{first_nine}{check_digit(first_nine)}"


def temporary_number(birth_date: date, serial: int) -> str:
    """A TF number of twelve characters: `serial` is 1 to 99."""
    if not 1 <= serial <= MOST_TEMPORARY:
        raise ValueError(
            f"There are {MOST_TEMPORARY} temporary numbers for a day: {serial} is not one of them."
        )
    return f"{birth_date:%Y%m%d}TF{serial:02}"


def number_for(birth_date: date, serial: int) -> str:
    """The `serial`th (from 0) invented person born that day: the test range first, then TF numbers."""
    if serial < TEST_SERIALS:
        return tax_agency_test_number(birth_date, serial)
    return temporary_number(birth_date, serial - TEST_SERIALS + 1)
