"""Whom a command about credentials is for. Within the scope of one organiser."""

import enum
from contextlib import suppress
from typing import TYPE_CHECKING

from .failures import Complaint

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from skolnav.core.people.models import Person


class Kind(enum.StrEnum):
    """Everybody of a kind, who has it today."""

    GUARDIANS = "guardians"
    PUPILS = "pupils"
    STAFF = "staff"


def named(texts: list[str]) -> "list[Person]":
    """The person each text means: a full name, a user name, or a personal identity number."""
    return [_one(text.strip()) for text in texts]


def of_kind(kind: Kind, school: str, group: str, *, also_with_account: bool) -> "list[Person]":
    """Everybody of the kind, at the school or around the class that is named, in the order of their names."""
    from skolnav.core.accounts.models import Account
    from skolnav.core.people.models import Person

    people = Person.everything.filter(pk__in=_ids(kind, school, group), is_active=True)
    if not also_with_account:
        people = people.exclude(pk__in=Account.objects.values("person_id"))
    return list(people.order_by("family_name", "given_name", "pk"))


def _one(text: str) -> "Person":
    from skolnav.core.people.models import Person

    found = list(_matching(text)[:10])
    if not found:
        raise Complaint(
            f'Nobody is called "{text}".', "Give the full name, the user name or the identity number."
        )
    if len(found) > 1:
        choices = ", ".join(
            f"{person.full_name} ({person.birth_date or 'no birth date'})" for person in found
        )
        raise Complaint(f'Several are called "{text}": {choices}.', "Give the identity number.")
    person: Person = found[0]
    return person


def _matching(text: str) -> "QuerySet[Person]":
    from django.db.models import Q, Value
    from django.db.models.functions import Concat

    from skolnav.core.accounts.models import Account
    from skolnav.core.people.identity_numbers import IdentityNumberError, parse
    from skolnav.core.people.models import Person
    from skolnav.core.people.secrets import keyed_hashes

    whole = Concat("given_name", Value(" "), "family_name")
    meant = Q(whole__iexact=text) | Q(pk__in=Account.objects.filter(username=text).values("person_id"))
    with suppress(IdentityNumberError):
        meant |= Q(identity_number_hash__in=keyed_hashes(parse(text).value))
    return Person.everything.annotate(whole=whole).filter(meant)


def _ids(kind: Kind, school: str, group: str) -> "QuerySet[Person]":
    """The ids of the people of a kind."""
    from skolnav.core.people.models import Duty, Guardianship, Person
    from skolnav.core.people.validity import valid_on
    from skolnav.core.tenancy import clock

    today = clock.today()
    if kind is Kind.STAFF:
        duties = Duty.everything.filter(valid_on(today))
        return Person.everything.filter(
            pk__in=(duties.filter(school__name__iexact=school) if school else duties).values("person_id")
        )
    pupils = _pupils(school, group)
    if kind is Kind.PUPILS:
        return pupils
    relations = Guardianship.everything.filter(
        Guardianship.gives_access_on(today), pupil__in=pupils.values("pk")
    )
    return Person.everything.filter(pk__in=relations.values("guardian_id"))


def _pupils(school: str, group: str) -> "QuerySet[Person]":
    from skolnav.core.people.models import Enrolment, Membership, Person
    from skolnav.core.people.validity import valid_on
    from skolnav.core.tenancy import clock

    today = clock.today()
    enrolments = Enrolment.everything.filter(valid_on(today))
    if school:
        enrolments = enrolments.filter(school__name__iexact=school)
    pupils = Person.everything.filter(pk__in=enrolments.values("pupil_id"))
    if group:
        members = Membership.everything.filter(Membership.valid_on(today), group__name__iexact=group)
        pupils = pupils.filter(pk__in=members.values("person_id"))
    return pupils
