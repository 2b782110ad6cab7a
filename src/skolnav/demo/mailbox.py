"""The demo's mail server: real SMTP on loopback, which keeps every letter as a file instead of sending it on."""

import logging
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from django.conf import settings

from skolnav.core.tenancy import clock

log = logging.getLogger(__name__)

KEPT = 500
OK = "250 OK"


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of the mailbox. `name` is its file's, and its id to the world."""

    name: str
    to: str
    subject: str
    at: datetime
    text: str


def folder() -> Path:
    """Where the letters lie."""
    return Path(settings.DATA) / "mailbox"


class Keeper:
    """What aiosmtpd calls for each letter."""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 (the name is aiosmtpd's)
        keep(envelope.content)
        return OK


def open_mailbox(port: int | None = None) -> Controller | None:
    """Answer SMTP on loopback in a thread of this process; None when something answers there already."""
    controller = Controller(Keeper(), hostname="127.0.0.1", port=port or settings.EMAIL_PORT)
    try:
        controller.start()
    except OSError as failure:
        log.warning(
            "The demo's mailbox does not open on port %s: %s. What answers there gets the letters of this demo too; "
            "SKOLNAV_SMTP_PORT chooses another port.",
            controller.port,
            failure.strerror,
        )
        return None
    return controller


def keep(content: bytes) -> Path:
    """Lay a letter in the mailbox; the oldest beyond five hundred go."""
    folder().mkdir(parents=True, exist_ok=True)
    name = f"{clock.now():%Y%m%d%H%M%S%f}-{secrets.token_hex(8)}"
    unfinished = folder() / f"{name}.part"
    unfinished.write_bytes(content)
    finished = unfinished.rename(folder() / f"{name}.eml")
    for old in _newest_first()[KEPT:]:
        old.unlink(missing_ok=True)
    return finished


def letters(to: str = "") -> Iterator[Letter]:
    """The letters, newest first; those to one address where `to` is given."""
    for file in _newest_first():
        letter = find_letter(file.stem)
        if letter and (not to or to.casefold() in letter.to.casefold()):
            yield letter


def find_letter(name: str) -> Letter | None:
    """The letter of a name, or None."""
    file = folder() / f"{name}.eml"
    try:
        message = message_from_bytes(file.read_bytes(), policy=policy.default)
    except OSError:
        return None
    return Letter(name, str(message["To"]), str(message["Subject"]), _moment(message, file), _text(message))


def _newest_first() -> list[Path]:
    return sorted(folder().glob("*.eml"), reverse=True)


def _moment(message: EmailMessage, file: Path) -> datetime:
    try:
        said = parsedate_to_datetime(str(message["Date"]))
        return said if said.tzinfo else said.replace(tzinfo=clock.UTC)  # "-0000" is UTC without a place
    except ValueError:
        return datetime.fromtimestamp(file.stat().st_mtime, clock.UTC)


def _text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    return str(body.get_content()) if body else ""
