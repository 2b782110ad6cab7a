"""The feed as the tests compare it."""

from skolnav.core.feed.models import Audience, Entry, Happening, SearchText


def the_feed():
    """The whole feed, ids aside."""
    audiences = Audience.objects.order_by("key").values_list("entry_id", *columns(Audience))
    happenings = Happening.objects.order_by("key").values_list("entry_id", *columns(Happening))
    return {
        (entry.source_type, entry.source_id): (
            [getattr(entry, name) for name in columns(Entry)],
            [row[1:] for row in [*audiences, *happenings] if row[0] == entry.pk],
            SearchText.objects.get(pk=entry.pk).text,
        )
        for entry in Entry.everything.all()
    }


def columns(model):
    return [field.attname for field in model._meta.concrete_fields if field.attname not in ("id", "entry_id")]
