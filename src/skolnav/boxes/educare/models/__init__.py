"""The tables of Fritidshem, a noun each."""

from .asking import ChangeRequest, Collector, CommentSeen, DayComment
from .checks import CheckEvent
from .opening import ClosingDay, EducareSettings, HolidayRound, OpeningHours
from .times import CarePattern, CareTime, HomeAgreement, HomeWeek, PatternTime

BOX = "educare"

__all__ = [
    "BOX",
    "CarePattern",
    "CareTime",
    "ChangeRequest",
    "CheckEvent",
    "ClosingDay",
    "Collector",
    "CommentSeen",
    "DayComment",
    "EducareSettings",
    "HolidayRound",
    "HomeAgreement",
    "HomeWeek",
    "OpeningHours",
    "PatternTime",
]
