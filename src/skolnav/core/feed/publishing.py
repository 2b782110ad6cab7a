"""Telling the feed: `publish` and `withdraw`, called by a box's action in its own transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models

from skolnav.core.tenancy import clock

from .models import Audience, Entry, Happening, SearchText, Side, Wants, longest


@dataclass(frozen=True)
class Reach:
    """A key and the sides of the families behind it."""

    key: str
    sides: Side = Side.BOTH


@dataclass(frozen=True)
class When:
    """An occurrence: whole days (Stockholm), or from one moment to another (aware)."""

    first_day: date
    last_day: date
    starts: datetime | None = None
    ends: datetime | None = None


@dataclass(frozen=True)
class FeedItem:
    """All that the feed knows of one fact. A box's `feed_items()` yields one for each that is published."""

    source: models.Model
    box: str
    kind: str
    title: str
    link_name: str
    reaches: Sequence[Reach]
    published_at: datetime
    link_args: dict[str, str] = field(default_factory=dict)
    part: str = ""
    params: dict[str, Any] = field(default_factory=dict)
    icon: str = ""
    is_important: bool = False
    wants: Wants = Wants.NOTHING
    due: datetime | None = None
    visible_until: datetime | None = None
    happens: Sequence[When] = ()
    search_text: str = ""
    revision: int = 1


def publish(item: FeedItem) -> Entry:
    """Put a fact into the feed, or bring what stands there up to date; read marks survive.

    A higher `item.revision` makes the entry new again for everybody; the same one is a minor edit.
    Needs the tenant's scope and an open transaction (the action's). Raises ValueError for a happening
    that lasts longer than the calendar's index reaches.
    """
    if not all(longest(when.first_day, when.last_day) for when in item.happens):
        raise ValueError(f"A happening lasts {Happening.LONGEST_DAYS} days at the most.")
    columns = {
        "organiser_id": item.source.organiser_id,  # type: ignore[attr-defined]
        "box": item.box,
        "kind": item.kind,
        "revision": item.revision,
        "title": item.title,
        "params": item.params,
        "link_name": item.link_name,
        "link_args": item.link_args,
        "icon": item.icon,
        "is_important": item.is_important,
        "wants": item.wants,
        "due": item.due,
        "published_at": item.published_at,
        "visible_until": item.visible_until,
    }
    key = natural_key(item.source, item.part)
    entry, is_new = Entry.everything.update_or_create(**key, defaults=columns)
    if not is_new:
        # They are few and carry no marks: made anew at each telling.
        entry.audiences.all().delete()
        entry.happenings.all().delete()
    Audience.objects.bulk_create(_audience(entry, reach) for reach in item.reaches)
    Happening.objects.bulk_create(
        _happening(entry, reach, when) for when in item.happens for reach in item.reaches
    )
    SearchText.objects.bulk_create(
        [SearchText(entry=entry, text=f"{item.title}\n{item.search_text}")],
        update_conflicts=True,
        unique_fields=["entry"],
        update_fields=["text"],
    )
    return entry


def withdraw(source: models.Model, part: str | None = None) -> None:
    """Take a fact (or one part of it) out of the feed, with its marks; nothing happens when it is not there."""
    found = Entry.everything.filter(source_type=source._meta.label_lower, source_id=source.pk)
    (found if part is None else found.filter(source_part=part)).delete()


def natural_key(source: models.Model, part: str = "") -> dict[str, Any]:
    """How an entry is found by the row that tells it."""
    return {"source_type": source._meta.label_lower, "source_id": source.pk, "source_part": part}


def entry_of(source: models.Model, part: str = "") -> Entry | None:
    """The entry that a row has told, if it stands in the feed."""
    return Entry.everything.filter(**natural_key(source, part)).first()


def _audience(entry: Entry, reach: Reach) -> Audience:
    return Audience(
        entry=entry,
        key=reach.key,
        sides=reach.sides,
        box=entry.box,
        revision=entry.revision,
        wants=entry.wants,
        published_at=entry.published_at,
        visible_until=entry.visible_until,
    )


def _happening(entry: Entry, reach: Reach, when: When) -> Happening:
    return Happening(
        entry=entry,
        key=reach.key,
        sides=reach.sides,
        first_day=when.first_day,
        last_day=when.last_day,
        starts=when.starts,
        ends=when.ends,
    )


def days_of(starts: datetime, ends: datetime) -> When:
    """A timed occurrence, with the Stockholm days it touches."""
    return When(
        starts.astimezone(clock.STOCKHOLM).date(),
        ends.astimezone(clock.STOCKHOLM).date(),
        starts=starts,
        ends=ends,
    )
