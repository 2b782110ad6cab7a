"""The tables of Fritidshem, a noun each."""

from .checks import CheckEvent
from .opening import ClosingDay, EducareSettings, HolidayRound, OpeningHours

__all__ = [
    "BOX",
    "CheckEvent",
    "ClosingDay",
    "EducareSettings",
    "HolidayRound",
    "OpeningHours",
]

BOX = "educare"
