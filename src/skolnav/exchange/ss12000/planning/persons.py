"""Persons, and their protection: a marking in the source raises it, and nothing here lowers it."""

from typing import Any

from skolnav.core.people.models.guardianship import Source
from skolnav.core.people.models.protection import SecurityMarking
from skolnav.core.people.secrets import keyed_hash, keyed_hashes
from skolnav.exchange.ss12000.entities import Person, PersonStatus
from skolnav.exchange.ss12000.problems import Reason
from skolnav.exchange.ss12000.raw import strictness

from .changes import Existing, Wanted
from .context import Context
from .snapshot import PERSON_FIELDS

LIST = "persons"


def plan_persons(context: Context) -> None:
    """Decides who is who first: by the source's id, else by identity number."""
    owners = _adopt(context)
    context.learn_names()
    rows = {context.persons[row.pk]: row for row in context.snapshot.persons if row.pk in context.persons}
    wanted = [
        Wanted(LIST, id, (id,), context.name_of(id), _values(context, person, rows.get(id), owners))
        for id, person in context.reading.persons.rows.items()
    ]
    wanted += _markings_of_unreadable(context, rows)
    existing = [_existing(context, id, row) for id, row in rows.items()]
    with_local_ties = _with_local_ties(context)
    context.compare(
        LIST,
        wanted,
        existing,
        is_kept=lambda row: context.reading.persons.may_hold(row.id) or row.pk in with_local_ties,
        ending=lambda row: {"is_active": False},
    )


def _adopt(context: Context) -> dict[str, str]:
    """Gives every known row its id in the source, and every identity number its one owner."""
    context.persons.update({row.pk: row.source_id for row in context.snapshot.persons if row.source_id})
    pk_by_hash = {
        row.identity_number_hash: row.pk for row in context.snapshot.persons if row.identity_number_hash
    }
    with_own_row = set(context.persons.values())
    owners: dict[str, str] = {}
    for id, person in context.reading.persons.rows.items():
        number = person.identity_number
        if number is None:
            continue
        pk = next((pk_by_hash[one] for one in keyed_hashes(number) if one in pk_by_hash), None)
        if pk is None:
            owners.setdefault(number, id)
            continue
        holder = context.persons.get(pk, "")
        if not _is_in_source(context, holder) and id not in with_own_row:
            # Made here by hand, or under the id of an older register: the number says that it is this person.
            context.persons[pk] = holder = id
        owners[number] = holder
    return owners


def _is_in_source(context: Context, id: str) -> bool:
    return bool(id) and (context.knows_person(id) or context.reading.persons.may_hold(id))


def _values(context: Context, person: Person, row: Any, owners: dict[str, str]) -> dict[str, object]:
    """What the source says. Where it is silent, the value that is here stays."""
    said: dict[str, object | None] = {
        "source_id": person.id,
        "given_name": person.given_name or None,
        "family_name": person.family_name or None,
        "birth_date": person.birth_date,
        "sex": person.sex,
        "email": person.contact.email,
        "is_active": person.status in (None, PersonStatus.ACTIVE),
        **_identity_number(context, person, row, owners),
        **_marking(context, person, row),
        **_reachable_at(context, person, row),
    }
    return {name: value for name, value in said.items() if value is not None}


def _identity_number(
    context: Context, person: Person, row: Any, owners: dict[str, str]
) -> dict[str, object | None]:
    number = person.identity_number
    if number is None:
        return {}
    if owners[number] != person.id:
        context.report(LIST, person.id, Reason.IDENTITY_NUMBER_TAKEN, "civicNo")
        return {}
    if row is not None and row.identity_number_hash in keyed_hashes(number):
        return {}
    return {"identity_number_hash": keyed_hash(number), "identity_number": number}


def _marking(context: Context, person: Person, row: Any) -> dict[str, object | None]:
    """The marking to set; none where what stands here is as strict, and a problem where it is stricter."""
    wanted = context.reading.notes.markings.get(person.id)
    if row is None and wanted is None and (protected := context.protected_like(person)):
        context.report(LIST, person.id, Reason.RESEMBLES_PROTECTED)
        return {"marking": protected}
    current = context.snapshot.markings.get(row.pk) if row is not None else None
    if strictness(wanted) > strictness(current):
        return {"marking": wanted}
    if strictness(wanted) < strictness(current) and (wanted or person.says_unmarked):
        context.report(LIST, person.id, Reason.LOWERING_TAKES_TWO, "securityMarking")
    return {}


def _reachable_at(context: Context, person: Person, row: Any) -> dict[str, object | None]:
    """Telephone and address. Of somebody with protected identity the source's are never taken in, and what
    is here is emptied when the protection comes; what the office writes after that stays."""
    contact, address = person.contact, person.contact.address
    said: dict[str, object | None] = {
        "mobile": contact.mobile,
        "phone": contact.phone,
        "street_address": address.street_address if address else None,
        "postal_code": address.postal_code if address else None,
        "locality": address.locality if address else None,
    }
    is_marked = person.id in context.reading.notes.markings or (
        row is None and context.protected_like(person)
    )
    is_protected_here = row is not None and row.pk in context.snapshot.markings
    if not is_marked and not is_protected_here:
        return said
    given = [name for name, value in {"email": contact.email, **said}.items() if value]
    if given:
        context.report(LIST, person.id, Reason.PROTECTED_CONTACT, ", ".join(given))
    return {} if is_protected_here else dict.fromkeys(said, "")


def _markings_of_unreadable(context: Context, rows: dict[str, Any]) -> list[Wanted]:
    """A marking counts also where the rest of the person's row could not be read, or is not there."""
    return [
        Wanted(LIST, id, (id,), context.name_of(id), {"marking": marking})
        for id, marking in context.reading.notes.markings.items()
        if not context.knows_person(id)
        and id in rows
        and strictness(marking) > strictness(context.snapshot.markings.get(rows[id].pk))
    ]


def _existing(context: Context, id: str, row: Any) -> Existing:
    marking = context.snapshot.markings.get(row.pk)
    values = {name: getattr(row, name) for name in ("source_id", *PERSON_FIELDS)}
    values["marking"] = SecurityMarking(marking) if marking else None
    return Existing(LIST, row.pk, id, (id,), context.name_of(id), values, is_living=row.is_active)


def _with_local_ties(context: Context) -> set[int]:
    """Persons to whom the office has tied something that still holds: they stay active without the source."""
    tied: set[int] = set()
    for row in context.snapshot.guardianships:
        if row.source == Source.OFFICE and row.ended_at is None and context.is_running(row):
            tied |= {row.pupil_id, row.guardian_id}
    for row in context.snapshot.enrolments:
        if row.source == Source.OFFICE and context.is_running(row):
            tied.add(row.pupil_id)
    for row in [*context.snapshot.duties, *context.snapshot.memberships]:
        if row.source == Source.OFFICE and context.is_running(row):
            tied.add(row.person_id)
    return tied
