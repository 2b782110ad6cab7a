"""Marks of what families have read, so that "who has not read" and the badges look as they do in November."""

import random
from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from skolnav.boxes.information.actions.reading import confirm_news, open_news
from skolnav.boxes.information.models import NewsItem
from skolnav.core.accounts.models import Account
from skolnav.core.feed.models import Entry, Wants
from skolnav.core.feed.seen import mark_seen
from skolnav.core.notifications.recipients import families_of
from skolnav.core.people.models import Guardianship, Membership
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.scope import of_organiser
from skolnav.demo.cast import Cast

from .travel import acting_at
from .whom import viewer_of

# How much of what reaches them people open. The cast's own habits; everybody else draws one.
HABITS = {"anna": 1.0, "omar": 0.5, "kim": 0.4, "maja": 0.9, "erik": 0.8, "elis": 0.3}
DRAWN = (0.95, 0.8, 0.5, 0.15)
# What was told since then is still new to the cast, and half as often read by everybody else.
STILL_NEW = timedelta(days=4)


def read_some(cast: Cast) -> None:
    """Let families have read what they were told, each as their habit is, and a third confirm the important piece."""
    with of_organiser(cast.ekdal.pk):
        _read_at_home(cast)
        _confirm_important(cast)
    with of_organiser(cast.granby.pk):
        _read_at_home(cast)


def _read_at_home(cast: Cast) -> None:
    """In one statement for each person: thousands of marks by the action would take minutes."""
    draw = random.Random(53)
    habits = {cast.people[name].pk: habit for name, habit in HABITS.items()}
    new_since = clock.now() - STILL_NEW
    for person_id, entries in _told_by_reader().items():
        habit = habits.get(person_id) or draw.choice(DRAWN)
        lately = 0.0 if person_id in habits else habit / 2
        met = [
            entry
            for entry in entries
            if draw.random() < (habit if entry.published_at < new_since else lately)
        ]
        mark_seen(person_id, (entry for entry in met if entry.wants == Wants.NOTHING))
        mark_seen(person_id, (entry for entry in met if entry.wants != Wants.NOTHING), done=True)


def _told_by_reader() -> dict[int, list[Entry]]:
    """Everybody with an account, and what has reached them; what has its deadline ahead is left alone."""
    with_account = set(Account.objects.values_list("person_id", flat=True))
    told = Entry.everything.filter(published_at__lt=clock.now()).order_by("pk")
    families: dict[tuple[object, ...], list[int]] = {}
    found: dict[int, list[Entry]] = defaultdict(list)
    for entry in told.prefetch_related("audiences"):
        if entry.due is not None and entry.due >= clock.now():
            continue
        # Many pieces are for the same families: they are asked for once.
        audience = tuple(sorted((row.key, row.sides) for row in entry.audiences.all()))
        if audience not in families:
            families[audience] = sorted(with_account & set(families_of(entry).values_list("pk", flat=True)))
        for person_id in families[audience]:
            found[person_id].append(entry)
    return found


def _confirm_important(cast: Cast) -> None:
    """A third of 5B's guardians have confirmed, a few have only opened it; Anna and Omar have it before them."""
    item = (
        NewsItem.everything.filter(is_important=True, due__gte=clock.today())
        .select_related("publication")
        .get()
    )
    readers = [pk for pk in _guardians_of(cast) if pk not in {cast.anna.pk, cast.omar.pk, cast.robin.pk}]
    for number, person_id in enumerate(readers[: len(readers) // 2]):
        with acting_at(min(item.publication.published_at + timedelta(minutes=7 + 41 * number), clock.now())):
            act = open_news if number % 3 == 2 else confirm_news
            act(actor=viewer_of(person_id), item=item)


def _guardians_of(cast: Cast) -> Iterable[int]:
    """5B's guardians with an account, in an order that mixes the families."""
    pupils = Membership.everything.filter(group=cast.class_5b).values("person_id")
    guardians = set(Guardianship.everything.filter(pupil__in=pupils).values_list("guardian_id", flat=True))
    with_account = Account.objects.filter(person__in=guardians).values_list("person_id", flat=True)
    return random.Random(5).sample(sorted(with_account), len(with_account))
