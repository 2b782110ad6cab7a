"""What the municipality's schools have told: rows in bulk, as the boxes and the feed would have written them."""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from skolnav.boxes.calendar.models import CalendarEntry, EntryAudience, Kind
from skolnav.boxes.information.models import NewsAudience, NewsItem, Publication
from skolnav.core.feed.models import Audience, Entry, Happening, SearchText, Seen, Side, group_key, school_key
from skolnav.core.notifications.models import Delivery, Notice
from skolnav.core.notifications.terms import Channel
from skolnav.core.people.models import Group, Guardianship, Membership, Person
from skolnav.core.schools.models import Organiser
from skolnav.core.tenancy import clock

Save = Callable[[str, Any, Iterable[Any], int], list[Any]]

NEWS_OF_A_CLASS, DAYS_OF_A_CLASS, TOLD_TO_EACH = 20, 12, 5
TITLES = (
    "Friluftsdag på torsdag", "Så jobbar vi med bråk", "Ny matsedel för veckan", "Tack för en fin utflykt",
    "Glöm inte extrakläder", "Läsveckan börjar på måndag", "Anteckningar från mötet", "Vi söker fler läxhjälpare",
)  # fmt: skip
BODY = (
    "Hej!\n\nDet här är en nyhet av vanlig längd. "
    + "Vi har haft en fin vecka och arbetat med många saker. " * 12
)


class News:
    """Writes the boxes' own rows, then the feed that they would have told, then marks and bells."""

    def __init__(self, organiser: Organiser, save: Save) -> None:
        self.organiser, self.save = organiser, save
        self.random = random.Random(200_000)
        self.now = clock.now()

    def tell(self, groups: Sequence[Group]) -> None:
        """News and days for each class, for the whole schools now and then."""
        news = self._pieces("News", NewsItem, self._news(), groups, NEWS_OF_A_CLASS)
        self.save(
            "Publications",
            Publication,
            (Publication(item=item, published_at=item.saved_at) for item, _ in news),
            len(news),
        )
        self._feed("information", "news", "information:news", "item", NewsAudience, news)
        days = self._pieces("Days", CalendarEntry, self._days(), groups, DAYS_OF_A_CLASS)
        self._feed("calendar", "activity", "calendar:entry", "entry", EntryAudience, days)

    def _pieces(
        self, what: str, model: Any, rows: Iterator[Any], groups: Sequence[Group], each: int
    ) -> list[tuple[Any, Group]]:
        """`each` pieces for every class, with the class they are for."""
        for_whom = [group for group in groups for _ in range(each)]
        pieces = self.save(what, model, (next(rows) for _ in for_whom), len(for_whom))
        return list(zip(pieces, for_whom, strict=True))

    def _news(self) -> Iterator[NewsItem]:
        while True:
            title, at = self.random.choice(TITLES), self._moment()
            yield NewsItem(
                organiser=self.organiser,
                title=title,
                body=BODY,
                body_html=f"<p>{BODY}</p>",
                words=title,
                saved_at=at,
            )

    def _days(self) -> Iterator[CalendarEntry]:
        while True:
            day = clock.today() + timedelta(days=self.random.randrange(-20, 60))
            yield CalendarEntry(
                organiser=self.organiser,
                kind=Kind.ACTIVITY,
                title=self.random.choice(TITLES),
                first_day=day,
                last_day=day,
                published_at=self._moment(),
            )

    def _moment(self) -> Any:
        return self.now - timedelta(minutes=self.random.randrange(60 * 24 * 60))

    def _feed(
        self, box: str, kind: str, link: str, argument: str, audience: Any, pieces: list[tuple[Any, Group]]
    ) -> None:
        """The audience in the box, and the entry in the feed, of each piece; one in twelve is for the school."""
        keys = [self._key(number, group) for number, (_, group) in enumerate(pieces)]
        count, items = len(pieces), [piece for piece, _ in pieces]
        self.save(
            f"{box}: audiences",
            audience,
            (
                audience(item=item, key=key, sides=Side.BOTH, school_id=group.school_id)
                for (item, group), key in zip(pieces, keys, strict=True)
            ),
            count,
        )
        entries = self.save(
            f"{box}: entries",
            Entry,
            (
                Entry(
                    organiser=self.organiser,
                    box=box,
                    kind=kind,
                    source_type=type(item)._meta.label_lower,
                    source_id=item.pk,
                    title=item.title,
                    link_name=link,
                    link_args={argument: item.public_id},
                    icon="newspaper",
                    published_at=getattr(item, "published_at", item.saved_at),
                )
                for item in items
            ),
            count,
        )
        self._audiences(box, entries, keys)
        self._happenings(
            [(e, i, k) for e, i, k in zip(entries, items, keys, strict=True) if hasattr(i, "first_day")]
        )

    def _key(self, number: int, group: Group) -> str:
        return group_key(group.pk) if number % 12 else school_key(group.school_id)

    def _audiences(self, box: str, entries: Sequence[Entry], keys: Sequence[str]) -> None:
        self.save(
            f"{box}: reach",
            Audience,
            (
                Audience(
                    entry=entry,
                    key=key,
                    sides=Side.BOTH,
                    box=box,
                    revision=1,
                    wants=0,
                    published_at=entry.published_at,
                )
                for entry, key in zip(entries, keys, strict=True)
            ),
            len(entries),
        )
        texts = (SearchText(entry=entry, text=entry.title) for entry in entries)
        self.save(f"{box}: search", SearchText, texts, len(entries))

    def _happenings(self, days: Sequence[tuple[Entry, Any, str]]) -> None:
        rows = (
            Happening(entry=entry, key=key, sides=Side.BOTH, first_day=item.first_day, last_day=item.last_day)
            for entry, item, key in days
        )
        self.save("Happenings", Happening, rows, len(days))

    def ring(self, guardians: Sequence[Person]) -> None:
        """Each guardian has been told of some of it, and has seen the half."""
        told = self._told()
        mine = [(one, entry) for one in guardians for entry in told.get(one.pk, ())]
        notices = self._notices({entry for _, entry in mine})
        self.save(
            "Bells",
            Delivery,
            (
                Delivery(
                    organiser=self.organiser,
                    notice=notices[entry],
                    person=one,
                    channel=Channel.BELL,
                    due_at=self.now - timedelta(hours=1),
                    sent_at=self.now,
                    read_at=self.now if number % 2 else None,
                )
                for number, (one, entry) in enumerate(mine)
            ),
            len(mine),
        )
        seen = mine[::2]
        self.save(
            "Seen", Seen, (Seen(person=one, entry_id=entry, revision=1) for one, entry in seen), len(seen)
        )

    def _told(self) -> dict[int, list[int]]:
        """Guardian -> the newest entries of their first child's class."""
        newest: dict[str, list[int]] = {}
        for key, entry in Audience.objects.order_by("-published_at").values_list("key", "entry_id"):
            if len(mine := newest.setdefault(key, [])) < TOLD_TO_EACH:
                mine.append(entry)
        group_of = dict(Membership.everything.values_list("person_id", "group_id"))
        pairs = Guardianship.everything.values_list("guardian_id", "pupil_id")
        return {guardian: newest.get(group_key(group_of[pupil]), []) for guardian, pupil in pairs}

    def _notices(self, entries: set[int]) -> dict[int, Notice]:
        rows = (
            Notice(
                organiser=self.organiser,
                kind="information.news_published",
                fact=f"entry:{entry}",
                entry_id=entry,
                due_at=self.now,
                asked_at=self.now,
                fanned_out_at=self.now,
            )
            for entry in sorted(entries)
        )
        return {notice.entry_id: notice for notice in self.save("Notices", Notice, rows, len(entries))}
