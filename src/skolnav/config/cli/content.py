"""`skolnav demo` and `skolnav rebuild-feed`."""

import enum
import os
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from . import server
from .console import errors, out, progress
from .database import prepare_installation
from .failures import Complaint
from .surroundings import data_folder, load_settings_file, start_django, write_settings_file

if TYPE_CHECKING:
    from skolnav.core.feed.publishing import FeedItem


class Size(enum.StrEnum):
    """How large a demo: two schools to look at, or a municipality of 100,000 pupils to measure."""

    SMALL = "small"
    MUNICIPALITY = "municipality"


def demo(
    size: Annotated[
        Size, typer.Option(help="'municipality' is for measuring and wants PostgreSQL.")
    ] = Size.SMALL,
    serve: Annotated[
        bool, typer.Option("--serve", help="Then serve it, with the worker and the mailbox.")
    ] = False,
    port: server.Port = 8000,
) -> None:
    """Make the invented municipality once, and print who may log in to it. What is there already is kept."""
    begin_demo(port)
    start_django()
    refuse_real_families()
    if serve:
        server.refuse_taken_port("127.0.0.1", port)
    prepare_installation()
    print_demo(size)
    if serve:
        server.run_server(
            port=port, host="127.0.0.1", workers=1, threads=server.THREADS, companions=["worker"]
        )


def begin_demo(port: int) -> None:
    """Marks the data folder as a demo, so that later commands on it know; an environment that is set wins."""
    load_settings_file()
    os.environ.setdefault("SKOLNAV_ENVIRONMENT", "demo")
    os.environ.setdefault("SKOLNAV_URL", f"http://127.0.0.1:{port}")
    # A mailbox beside each demo, so that two on one machine do not get each other's letters.
    os.environ.setdefault("SKOLNAV_SMTP_PORT", str(port + 25 if port + 25 <= 65535 else port - 25))
    if os.environ["SKOLNAV_ENVIRONMENT"] == "demo" and not (data_folder() / "skolnav.env").exists():
        write_settings_file(SKOLNAV_ENVIRONMENT="demo", DATABASE_URL=os.environ.get("DATABASE_URL", ""))


def refuse_real_families() -> None:
    """Raises a Complaint in production: invented people with a known password do not belong there."""
    from django.conf import settings

    if settings.IS_PRODUCTION:
        raise Complaint(
            f"The data folder {settings.DATA} belongs to an installation in production.",
            "Give the demo a folder of its own: SKOLNAV_DATA=demo skolnav demo",
        )


def print_demo(size: Size) -> None:
    """Builds what is missing and prints the logins."""
    from skolnav.demo.build import build_demo

    with progress() as bars:
        logins = build_demo(size=size.value, progress=bars)
    out.print(logins)


def rebuild_feed() -> None:
    """Make the feed anew from what the boxes hold; what people have read stays read."""
    start_django()
    from skolnav.core.feed.rebuild import rebuild_feed as rebuild
    from skolnav.core.schools.models import Organiser

    organisers = list(Organiser.objects.order_by("name"))
    with progress() as bars:
        for organiser in organisers:
            bar = bars.add_task(organiser.name, total=None)
            told, removed = rebuild(organiser, _told_by_boxes(), advance=partial(bars.advance, bar))
            errors.print(
                f"{organiser.name}: {told} entries told, {removed} removed that no box tells any more."
            )


def _told_by_boxes() -> "Iterator[FeedItem]":
    """What all boxes have published for the organiser in scope, one after the other."""
    from skolnav.core.boxes.registry import all_boxes

    for box in all_boxes():
        if box.feed_items is not None:
            yield from box.feed_items()
