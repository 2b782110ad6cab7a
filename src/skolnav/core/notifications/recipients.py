"""Whom a notice concerns today: the same rules as the Viewer's, asked for a whole school in one statement."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from skolnav.core.access.building import day_parameters
from skolnav.core.feed.models import Entry, Side
from skolnav.core.people.models import Duty, Enrolment, Guardianship, Membership, Person
from skolnav.core.people.validity import valid_on
from skolnav.core.tenancy import clock

from .addresses import people_with_accounts
from .kinds import find_kind
from .models import Notice
from .terms import Who


def recipients_of(notice: Notice, day: date | None = None) -> QuerySet[Person]:
    """Those whom a notice concerns on a Stockholm day (today) and who have an account; one organiser's, in scope."""
    kind = find_kind(notice.kind)
    if kind is None:
        return Person.everything.none()
    people = Person.everything.filter(
        _concerned(notice, kind.who, day or clock.today()), is_active=True, pk__in=people_with_accounts()
    )
    if notice.entry is None or notice.person_ids:
        people = people.filter(pk__in=notice.person_ids)
    return people


def concerns(notice: Notice, person_id: int) -> bool:
    """Whether a notice concerns one person at this moment."""
    return recipients_of(notice).filter(pk=person_id).exists()


def families_of(entry: Entry, day: date | None = None, who: Who = Who.FAMILY) -> QuerySet[Person]:
    """Everybody whom an entry reaches as family on a day, with or without an account; newcomers are left out.

    Somebody whose custody, class or school began after the entry was published meets it, but never as news.
    """
    return Person.everything.filter(_behind(entry, who, day or clock.today()), is_active=True)


def _concerned(notice: Notice, who: Who, day: date) -> Q:
    if notice.entry is not None:
        return _behind(notice.entry, who, day)
    if notice.pupil_id is not None:
        return _family(Q(pk=notice.pupil_id), who, day)
    on_duty = Q(pk__in=Duty.everything.filter(valid_on(day)).values("person"))
    return _family(Q(), who, day) | (on_duty if who & Who.STAFF else Q(pk__in=[]))


def _behind(entry: Entry, who: Who, day: date) -> Q:
    """The families behind an entry's keys, each key on the sides it is for."""
    if entry.visible_until is not None and entry.visible_until <= clock.now():
        return Q(pk__in=[])
    since = entry.published_at.astimezone(clock.STOCKHOLM).date()
    keys = list(entry.audiences.values_list("key", "sides"))
    found = Q(pk__in=[])
    for side, role in ((Side.GUARDIANS, Who.GUARDIANS), (Side.PUPILS, Who.PUPILS)):
        if role & who:
            pupils = _pupils_of((key for key, sides in keys if sides & side), day, since)
            found |= _family(pupils, role, day, since)
    return found


def _family(pupils: Q, who: Who, day: date, since: date | None = None) -> Q:
    """Those of the pupils' families that `who` means: the pupils themselves, and whoever has custody of them.

    A child without a school today opens no page; custody ends at eighteen.
    """
    at_school = Person.everything.filter(
        pupils, pk__in=Enrolment.everything.filter(valid_on(day)).values("pupil")
    )
    found = Q(pk__in=at_school.values("pk")) if who & Who.PUPILS else Q(pk__in=[])
    if who & Who.GUARDIANS:
        a_child = Q(pupil__birth_date=None) | Q(pupil__birth_date__gt=day_parameters(day)["adult_born"])
        custody = Guardianship.everything.filter(
            a_child, Guardianship.gives_access_on(day), pupil__in=at_school, **_begun(since)
        )
        found |= Q(pk__in=custody.values("guardian"))
    return found


def _pupils_of(keys: Iterable[str], day: date, since: date) -> Q:
    """The pupils behind audience keys (`s:12`, `y:12:5`, `g:345`, `p:678`)."""
    ids: dict[str, list[int]] = {"s": [], "g": [], "p": []}
    at = Q(pk__in=[])
    for key in keys:
        name, first, *rest = key.split(":")
        if name == "y":
            at |= Q(school=int(first), school_year=int(rest[0]))
        else:
            ids[name].append(int(first))
    enrolled = Enrolment.everything.filter(at | Q(school__in=ids["s"]), valid_on(day), **_begun(since))
    members = Membership.everything.filter(Membership.valid_on(day), group__in=ids["g"], **_begun(since))
    return Q(pk__in=ids["p"]) | Q(pk__in=enrolled.values("pupil")) | Q(pk__in=members.values("person"))


def _begun(since: date | None) -> dict[str, Any]:
    return {"valid_from__lte": since} if since else {}
