"""Telling that two rows may be one person: never to join them, only to keep a door closed."""

from datetime import date
from typing import Protocol


class Named(Protocol):
    """A person of the source or of the database."""

    @property
    def given_name(self) -> str: ...
    @property
    def family_name(self) -> str: ...
    @property
    def birth_date(self) -> date | None: ...


def full_name(person: Named) -> str:
    """The name without regard to case and spaces."""
    return " ".join(f"{person.given_name} {person.family_name}".casefold().split())


def portrait(person: Named) -> str:
    """Name and day of birth: as much as a register without identity numbers says of somebody."""
    return f"{full_name(person)}, {person.birth_date}"
