"""The absence box's tables, a noun each."""

from .followup import FollowUp, Investigation, InvestigationMeasure, InvestigationMember, InvestigationNote
from .leave import LeaveApplication, LeaveConsent, LeaveDecision, LeaveState
from .registers import AttendanceChange, LessonAttendance, Register
from .reports import AbsenceReport
from .settings import AbsenceSettings
from .unexcused import CaseContact, Excusal, Excuse, UnexcusedCase

BOX = "absence"

__all__ = [
    "BOX",
    "AbsenceReport",
    "AbsenceSettings",
    "AttendanceChange",
    "CaseContact",
    "Excusal",
    "Excuse",
    "FollowUp",
    "Investigation",
    "InvestigationMeasure",
    "InvestigationMember",
    "InvestigationNote",
    "LeaveApplication",
    "LeaveConsent",
    "LeaveDecision",
    "LeaveState",
    "LessonAttendance",
    "Register",
    "UnexcusedCase",
]
