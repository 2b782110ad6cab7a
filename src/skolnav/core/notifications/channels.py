"""The channels that leave the house. The bell is none of them: its rows are there as soon as a notice is due.

A channel is a class like `mail.Mail`, registered here:

    register_carrier(Sms())

From then on its column stands on the page where people choose, and the worker hands it what is due.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from django.utils.functional import Promise
from django.utils.module_loading import import_string

from .addresses import Contact

# Found when first asked for: a carrier's library is loaded by the worker, not by every page.
OWN = ("skolnav.core.notifications.mail.Mail",)


class TryAgain(Exception):
    """It did not go now, and may later: the carrier is away, the mailbox full. Says the class of error only."""


class GiveUp(Exception):
    """It will never go: the address does not exist. Says the class of error only."""


@dataclass(frozen=True)
class Letter:
    """What is told outside: that there is something new, and where. Neither child nor school is in it.

    `reference` is the same each time a delivery is tried, so that a receiver can tell a repeat.
    """

    reference: str
    contact: Contact
    text: str
    link: str


Send = Callable[[Letter], None]


class Carrier(Protocol):
    """A channel outside. `key` is the `Channel` it serves."""

    key: str
    label: str | Promise

    def is_configured(self) -> bool:
        """Whether this installation has it; if not, nobody is asked about it."""
        ...

    def reaches(self, contact: Contact) -> bool:
        """Whether the person has an address of this kind that they have confirmed."""
        ...

    def open(self) -> AbstractContextManager[Send]:
        """A connection for a batch: a function that sends one letter, and raises TryAgain or GiveUp."""
        ...


_carriers: dict[str, Carrier] = {}


def register_carrier(carrier: Carrier) -> None:
    """Add a channel; the same key again replaces it."""
    _carriers[carrier.key] = carrier


def carriers() -> list[Carrier]:
    """The channels outside that this installation has."""
    _load_own()
    return [carrier for carrier in _carriers.values() if carrier.is_configured()]


@cache
def _load_own() -> None:
    for dotted in OWN:
        carrier = import_string(dotted)()
        _carriers.setdefault(carrier.key, carrier)
