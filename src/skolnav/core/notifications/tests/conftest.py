"""A real SMTP server on loopback, a kind of notice, and a day at ten in the morning."""

import socket
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.utils.translation import gettext

from skolnav.core.feed.models import Entry, Side
from skolnav.core.feed.publishing import FeedItem, Reach, publish
from skolnav.core.notifications import kinds
from skolnav.core.notifications.kinds import Kind
from skolnav.core.notifications.models import Notice
from skolnav.core.notifications.outbox import notify
from skolnav.core.tenancy import clock
from skolnav.demo.cast import Cast

NEWS = Kind(
    key="test.news",
    title="Nyheter",
    text=lambda params: gettext("Ny information: %(title)s") % params,
)


class Inbox:
    """An SMTP server that keeps what it gets, and can be told to refuse."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.refusal = ""
        self.on_letter: Callable[[], None] = lambda: None

    async def handle_RCPT(  # noqa: N802 (the names are aiosmtpd's)
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if self.refusal:
            return self.refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        self.on_letter()
        return "250 OK"

    @property
    def addresses(self) -> list[str]:
        return sorted(letter["To"] for letter in self.letters)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def smtp_port(settings: Any) -> int:
    """Where mail goes; nothing answers there until `inbox` is asked for."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.PUBLIC_URL = "https://skolnav.example"
    return int(settings.EMAIL_PORT)


@pytest.fixture
def inbox(smtp_port: int) -> Iterator[Inbox]:
    box = Inbox()
    controller = Controller(box, hostname="127.0.0.1", port=smtp_port)
    controller.start()
    yield box
    controller.stop()


@pytest.fixture
def news_kind(monkeypatch: pytest.MonkeyPatch) -> Kind:
    kinds.all_kinds()
    monkeypatch.setitem(kinds._kinds, NEWS.key, NEWS)
    return NEWS


@pytest.fixture
def ten(cast: Cast) -> Iterator[time_machine.Traveller]:
    """Ten in the morning of the day that the cast lives in; the clock stands still."""
    moment = datetime.combine(clock.today(), time(10), clock.STOCKHOLM)
    with time_machine.travel(moment, tick=False) as traveller:
        yield traveller


Tell = Callable[..., Notice]


@pytest.fixture
def tell(cast: Cast, ten: time_machine.Traveller, news_kind: Kind) -> Tell:
    """`tell(key, …)`: a piece of news to whoever the key reaches, in the feed and in the outbox."""

    def do(
        key: str = f"g:{cast.class_5b.pk}",
        *,
        sides: Side = Side.GUARDIANS,
        title: str = "Friluftsdag",
        revision: int = 1,
        after: timedelta = timedelta(),
        kind: str = news_kind.key,
        **columns: Any,
    ) -> Notice:
        at = clock.now() + after
        item = FeedItem(
            source=cast.class_5b,
            part=columns.pop("part", ""),
            box="information",
            kind="news",
            title=title,
            link_name="home:start",
            reaches=[Reach(key, sides)],
            published_at=at,
            revision=revision,
            **columns,
        )
        return notify(kind, entry=publish(item), revision=revision, due_at=at)

    return do


def entry_of(notice: Notice) -> Entry:
    assert notice.entry is not None
    return notice.entry
