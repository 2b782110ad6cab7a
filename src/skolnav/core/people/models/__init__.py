from .duties import AssignmentRole, Duty
from .groups import Enrolment, Group, Membership
from .guardianship import Guardianship
from .person import Person
from .protection import Protection

__all__ = [
    "AssignmentRole",
    "Duty",
    "Enrolment",
    "Group",
    "Guardianship",
    "Membership",
    "Person",
    "Protection",
]
