"""E-mail: a letter of their own to each person, in their language, naming neither child nor school."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse
from django.utils.translation import gettext, override

from .addresses import Contact
from .channels import GiveUp, Letter, Send, TryAgain
from .terms import Channel

PREFERENCES_PAGE = "account:notices"


class Mail:
    """The channel `email`, over SMTP."""

    key = str(Channel.EMAIL)
    label = Channel.EMAIL.label

    def is_configured(self) -> bool:
        return bool(settings.EMAIL_HOST)

    def reaches(self, contact: Contact) -> bool:
        return bool(contact.email)

    @contextmanager
    def open(self) -> Iterator[Send]:
        """One connection for the batch; when the server is away the rest of the batch does not wait for it."""
        postman = Postman(get_connection())
        try:
            yield postman.send
        finally:
            postman.hang_up()


class Postman:
    """Sends letters over one connection, and says of each failure whether it is worth another try."""

    def __init__(self, connection: BaseEmailBackend) -> None:
        self._connection = connection
        self._away = ""

    def send(self, letter: Letter) -> None:
        if self._away:
            raise TryAgain(self._away)
        try:
            self._connection.open()
        except (OSError, smtplib.SMTPException) as failure:
            self._away = type(failure).__name__
            raise TryAgain(self._away) from failure
        try:
            self._connection.send_messages([written(letter, self._connection)])
        except smtplib.SMTPRecipientsRefused as refusal:
            raise _verdict([code for code, _ in refusal.recipients.values()], refusal) from refusal
        except smtplib.SMTPResponseException as refusal:
            self.hang_up()
            raise _verdict([refusal.smtp_code], refusal) from refusal
        except (OSError, smtplib.SMTPException) as failure:
            self.hang_up()
            raise TryAgain(type(failure).__name__) from failure

    def hang_up(self) -> None:
        """Close the connection; the next letter opens another."""
        self._connection.close()


def _verdict(codes: list[int], refusal: Exception) -> TryAgain | GiveUp:
    """RFC 5321: 5xx is final, 4xx passes."""
    said = f"{type(refusal).__name__} {max(codes, default=0)}"
    return GiveUp(said) if any(code >= 500 for code in codes) else TryAgain(said)


def written(letter: Letter, connection: BaseEmailBackend | None = None) -> EmailMessage:
    """The mail itself, plain text."""
    choices = settings.PUBLIC_URL + reverse(PREFERENCES_PAGE)
    with override(letter.contact.language):
        body = "\n\n".join(
            (
                gettext("Hej!"),
                f"{letter.text}.\n{gettext('Läs det här: %(link)s') % {'link': letter.link}}",
                gettext(
                    "Länken leder till inloggningen och sedan rätt. Vad det gäller står inte i mejlet, eftersom det "
                    "kan handla om ditt barn."
                ),
                gettext("Välj vilka mejl du vill ha: %(link)s") % {"link": choices},
                gettext("Det går inte att svara på det här mejlet."),
            )
        )
    return EmailMessage(
        subject=letter.text,
        body=body + "\n",
        to=[letter.contact.email],
        connection=connection,
        headers={
            "Message-ID": f"<{letter.reference}@{urlsplit(settings.PUBLIC_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{choices}>",
        },
    )
