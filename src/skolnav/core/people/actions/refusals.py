"""Why an action is not done, in words for the reader."""

from skolnav.core.people.models import Person
from skolnav.core.tenancy.versions import EditedMeanwhile

__all__ = ["EditedMeanwhile", "NotAllowed", "NumberTaken", "Refused"]


class NotAllowed(PermissionError):
    """The actor may not change this row, or there is no such row: the same answer for both."""


class Refused(ValueError):
    """The action makes no sense as asked; `message` says why and what to do instead."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NumberTaken(Exception):
    """The identity number belongs to somebody already. Whether the reader may know whom, the caller asks."""

    def __init__(self, person: Person) -> None:
        super().__init__("The identity number is taken.")
        self.person = person
