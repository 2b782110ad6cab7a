"""Who has met a piece, and who has not: by pupil, for those who wrote it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from skolnav.core.access.viewer import Viewer
from skolnav.core.feed.models import Seen, Side
from skolnav.core.feed.publishing import entry_of
from skolnav.core.people.models import Group, Membership, Person
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.managers import Guarded

from .counting import custody_on, pupils_behind
from .models import Target


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody whom a piece reaches: a pupil, or one of a pupil's guardians. `at` is when they read it."""

    person_id: int
    name: str
    is_guardian: bool
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Household:
    """A pupil with those of the family whom the piece is for."""

    pupil: str
    class_name: str
    readers: Sequence[Reader]

    @property
    def is_read(self) -> bool:
        """Whether anybody at home has."""
        return any(reader.at for reader in self.readers)


def households_of(
    source: Guarded, targets: Sequence[Target], *, revision: int, asks: bool, viewer: Viewer
) -> list[Household]:
    """Everybody whom a piece reaches today, by class and name, with when they read it as it now stands; where it
    `asks`, when they said so. Six statements.

    Whoever has a protected identity, and a child whose guardian has one, stands in it for those alone who lead
    every school that the piece goes to.
    """
    day = clock.today()
    pupils = {person.pk: person for person in pupils_behind(_keys(targets, Side.PUPILS), day)}
    children = pupils_behind(_keys(targets, Side.GUARDIANS), day)
    custody = list(custody_on(day).filter(pupil__in=children).select_related("pupil", "guardian"))
    if not all(target.school_id in viewer.led_school_ids for target in targets):
        hidden = _protected([*pupils, *(relation.pupil_id for relation in custody)])
        pupils = {pk: pupil for pk, pupil in pupils.items() if pk not in hidden}
        custody = [relation for relation in custody if relation.pupil_id not in hidden]
    marks = _marks(source, revision, asks)
    by_pupil: dict[int, tuple[Person, list[Reader]]] = {
        pk: (pupil, [_reader(pupil, marks, is_guardian=False)]) for pk, pupil in pupils.items()
    }
    for relation in custody:
        _pupil, readers = by_pupil.setdefault(relation.pupil_id, (relation.pupil, []))
        readers.append(_reader(relation.guardian, marks, is_guardian=True))
    classes = _classes(by_pupil)
    found = [Household(pupil.full_name, classes[pk], readers) for pk, (pupil, readers) in by_pupil.items()]
    return sorted(found, key=lambda one: (one.class_name, one.pupil))


def unread_person_ids(source: Guarded, targets: Sequence[Target], *, revision: int, asks: bool) -> set[int]:
    """Everybody whom a piece reaches today and who has not read it, the protected too: to remind, not to show."""
    day = clock.today()
    children = pupils_behind(_keys(targets, Side.GUARDIANS), day)
    reached = set(pupils_behind(_keys(targets, Side.PUPILS), day).values_list("pk", flat=True))
    reached |= set(custody_on(day).filter(pupil__in=children).values_list("guardian_id", flat=True))
    return reached - _marks(source, revision, asks).keys()


def _keys(targets: Iterable[Target], side: Side) -> list[str]:
    return [target.key for target in targets if target.sides & side]


def _protected(pupil_ids: Iterable[int]) -> set[int]:
    """A guardian's protection is the child's too: otherwise the one tells where the other is."""
    either = Q(pupil__is_protected=True) | Q(guardian__is_protected=True)
    ties = custody_on(clock.today()).filter(either, pupil__in=pupil_ids)
    alone = Person.everything.filter(pk__in=pupil_ids, is_protected=True)
    return set(ties.values_list("pupil_id", flat=True).union(alone.values_list("pk", flat=True)))


def _marks(source: Guarded, revision: int, asks: bool) -> dict[int, datetime]:
    """When each person read it (`asks`: said so), for this revision."""
    entry = entry_of(source)
    if entry is None:
        return {}
    done = Q(done_at__isnull=False) if asks else Q()
    column = "done_at" if asks else "seen_at"
    return dict(
        Seen.objects.filter(done, entry=entry, revision__gte=revision).values_list("person_id", column)
    )


def _classes(pupil_ids: Iterable[int]) -> dict[int, str]:
    """The class of each pupil today; empty for those without one."""
    members = Membership.everything.filter(
        Membership.valid_on(clock.today()), person__in=list(pupil_ids), group__kind=Group.Kind.CLASS
    )
    return defaultdict(str, members.values_list("person_id", "group__name"))


def _reader(person: Person, marks: dict[int, datetime], *, is_guardian: bool) -> Reader:
    return Reader(person.pk, person.full_name, is_guardian, marks.get(person.pk))
