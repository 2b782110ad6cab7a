"""What an installation says of itself: its name, whom to write to, how accessible it is. From the environment."""

import os
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.conf import settings


@dataclass(frozen=True)
class Statement:
    """The facts of the accessibility statement and of security.txt."""

    organisation: str
    email: str
    phone: str
    security_contact: str
    assessed_on: date
    reports_to: str


@cache
def statement() -> Statement:
    """Read once. SKOLNAV_OPERATOR, SKOLNAV_CONTACT_EMAIL, SKOLNAV_CONTACT_PHONE, SKOLNAV_SECURITY_CONTACT."""
    sender = settings.DEFAULT_FROM_EMAIL
    email = os.environ.get("SKOLNAV_CONTACT_EMAIL") or sender.rsplit("<", 1)[-1].rstrip(">")
    return Statement(
        organisation=os.environ.get("SKOLNAV_OPERATOR", ""),
        email=email,
        phone=os.environ.get("SKOLNAV_CONTACT_PHONE", ""),
        security_contact=os.environ.get("SKOLNAV_SECURITY_CONTACT") or f"mailto:{email}",
        assessed_on=date(2026, 11, 23),
        reports_to="https://www.digg.se/tdosanmalan",
    )
