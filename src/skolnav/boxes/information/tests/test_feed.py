"""The feed that lives is the feed that would be made anew, after any history."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skolnav.boxes.information.actions import news as actions
from skolnav.boxes.information.actions.shelf import change_link, place_link, take_away
from skolnav.boxes.information.models import Link, NewsItem
from skolnav.boxes.information.telling import feed_items
from skolnav.core.feed.models import Audience, Entry, SearchText, Side
from skolnav.core.feed.rebuild import rebuild_feed
from skolnav.core.publishing.models import Target
from skolnav.core.tenancy import clock

STEPS = ("write", "publish", "plan", "change", "mark", "withdraw", "link", "move_link", "drop_link")


class History:
    """What a writer may do with the box, each step on one of the pieces that are there."""

    def __init__(self, actor, cast):
        self.actor = actor
        self.audiences = [
            [Target(f"g:{cast.class_5b.pk}", cast.ekdalsskolan.pk, side)] for side in Side if side
        ] + [
            [
                Target(f"s:{cast.ekdalsskolan.pk}", cast.ekdalsskolan.pk),
                Target(f"y:{cast.ekdalsskolan.pk}:5", cast.ekdalsskolan.pk),
            ]
        ]

    def take(self, step, number, important):
        rows = list((Link if "link" in step else NewsItem).everything.select_related(None).order_by("pk"))
        audience = self.audiences[number % len(self.audiences)]
        if step == "link":
            return place_link(actor=self.actor, audience=audience, **self.link(number))
        content = actions.Content(f"Nyhet {number}", "*Hej*", audience, important)
        if step == "write":
            return actions.write_news(actor=self.actor, content=content)
        if not rows:
            return None
        row = rows[number % len(rows)]
        return getattr(self, step)(row, content, audience, number)

    def link(self, number):
        return {
            "title": f"Länk {number}",
            "address": "https://a.example",
            "description": "",
            "folder": f"{number % 2}",
        }

    def publish(self, item, *_):
        actions.publish_news(actor=self.actor, item=item)

    def plan(self, item, _content, _audience, number):
        actions.publish_news(actor=self.actor, item=item, at=clock.now() + timedelta(hours=number))

    def change(self, item, content, *_):
        actions.change_news(actor=self.actor, item=item, version=item.version, content=content)

    def mark(self, item, content, *_):
        actions.change_news(
            actor=self.actor, item=item, version=item.version, content=content, is_minor=False
        )

    def withdraw(self, item, *_):
        actions.withdraw_news(actor=self.actor, item=item)

    def move_link(self, link, _content, audience, number):
        change_link(actor=self.actor, link=link, version=link.version, audience=audience, **self.link(number))

    def drop_link(self, link, *_):
        take_away(actor=self.actor, item=link)


def _feed():
    """The whole feed, ids aside."""
    audiences = Audience.objects.order_by("key").values_list("entry_id", *_columns(Audience))
    return {
        (entry.source_type, entry.source_id): (
            [getattr(entry, name) for name in _columns(Entry)],
            [row[1:] for row in audiences if row[0] == entry.pk],
            SearchText.objects.get(pk=entry.pk).text,
        )
        for entry in Entry.everything.all()
    }


def _columns(model):
    return [field.attname for field in model._meta.concrete_fields if field.attname not in ("id", "entry_id")]


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 9), st.booleans()), min_size=5, max_size=25))
def test_the_rebuilt_feed_is_the_living_one(cast, ingrid, viewer_of, steps):
    from django.db import transaction

    with transaction.atomic():
        history = History(viewer_of(ingrid), cast)
        for step, number, important in steps:
            history.take(step, number, important)
        living = _feed()

        # Once over what is there, and once from nothing.
        rebuild_feed(cast.ekdal, feed_items())
        assert _feed() == living
        Entry.everything.all().delete()
        rebuild_feed(cast.ekdal, feed_items())
        assert _feed() == living
        transaction.set_rollback(True)
