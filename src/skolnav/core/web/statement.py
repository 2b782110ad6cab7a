"""What an installation says of itself on its accessibility statement and in security.txt."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings

# Change both when the pages have been assessed anew.
ASSESSED_ON = date(2026, 11, 23)
REPORTS_TO = "https://www.digg.se/tdosanmalan"


@dataclass(frozen=True)
class Statement:
    """The facts of the accessibility statement, as Digg's rules ask for them."""

    organisation: str
    email: str
    phone: str
    security_contact: str
    assessed_on: date
    reports_to: str


def statement() -> Statement:
    """From the settings of the installation."""
    return Statement(
        organisation=settings.OPERATOR,
        email=settings.CONTACT_EMAIL,
        phone=settings.CONTACT_PHONE,
        security_contact=settings.SECURITY_CONTACT,
        assessed_on=ASSESSED_ON,
        reports_to=REPORTS_TO,
    )
