"""A person's own details."""

from datetime import date
from typing import Any, TypedDict, Unpack

from django.db import IntegrityError, transaction

from skolnav.core.audit.log import record
from skolnav.core.people.identity_numbers import IdentityNumber
from skolnav.core.people.models import Person
from skolnav.core.people.secrets import keyed_hash, keyed_hashes
from skolnav.core.tenancy.viewer import Viewer

from .loading import to_change
from .refusals import EditedMeanwhile, NotAllowed, NumberTaken


class Details(TypedDict, total=False):
    """What the office writes about a person; what is left out stays as it is."""

    given_name: str
    family_name: str
    birth_date: date | None
    sex: str
    email: str
    mobile: str
    phone: str
    street_address: str
    postal_code: str
    locality: str
    is_active: bool


def find_by_number(number: IdentityNumber) -> Person | None:
    """The person of the organiser in scope with this number. For whom the reader may see, ask the door."""
    return Person.everything.filter(identity_number_hash__in=keyed_hashes(number.value)).first()


@transaction.atomic
def create_person(
    *,
    actor: Viewer | None,
    organiser_id: int,
    identity_number: IdentityNumber | None = None,
    source_id: str = "",
    **details: Unpack[Details],
) -> Person:
    """A new person without ties; the same transaction gives them a school, a duty or a child.

    Raises NotAllowed unless the actor administers a school of the organiser, NumberTaken for a number in use.
    """
    if actor and (not actor.administered_school_ids or actor.organiser_id != organiser_id):
        raise NotAllowed
    person = Person(organiser_id=organiser_id, source_id=source_id, **details)
    _set_number(person, identity_number)
    _save(person, identity_number)
    record(actor, "create_person", person)
    return person


@transaction.atomic
def change_person(
    *,
    actor: Viewer | None,
    person_id: int,
    version: int | None = None,
    identity_number: IdentityNumber | None = None,
    **details: Unpack[Details],
) -> Person:
    """Change what is given. `version` is the one that the form showed; an import gives none.

    Raises NotAllowed, EditedMeanwhile (with the person as it stands now) and NumberTaken. What is already so is not
    written, and leaves no trace in the log.
    """
    person = to_change(Person, actor, person_id)
    if version is not None and person.version != version:
        raise EditedMeanwhile(person)
    changed = [name for name, value in details.items() if getattr(person, name) != value]
    for name in changed:
        setattr(person, name, details[name])  # type: ignore[literal-required]
    if identity_number and identity_number.value != person.identity_number:
        _set_number(person, identity_number)
        changed.append("identity_number")
    if changed:
        person.version += 1
        _save(person, identity_number)
        record(actor, "change_person", person, fields=sorted(changed))
    return person


def _set_number(person: Person, number: IdentityNumber | None) -> None:
    if number is None:
        return
    person.identity_number = number.value
    person.identity_number_hash = keyed_hash(number.value)
    person.birth_date = person.birth_date or number.birth_date


def _save(person: Person, number: IdentityNumber | None) -> None:
    """Save, or raise NumberTaken: asked first, and told by the constraint when two come at the same moment."""
    if number and (other := _somebody_else(person, number)):
        raise NumberTaken(other)
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:
        if number and (other := _somebody_else(person, number)):
            raise NumberTaken(other) from None
        raise


def _somebody_else(person: Person, number: IdentityNumber) -> Person | None:
    other = find_by_number(number)
    return None if other is None or other.pk == person.pk else other


def values_of(person: Person, names: list[str]) -> dict[str, Any]:
    """The person's values of these fields, for a form that compares two versions."""
    return {name: getattr(person, name) for name in names}
