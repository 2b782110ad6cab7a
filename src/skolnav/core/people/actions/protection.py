"""Protected identity: set by one, lowered by two (Skatteverket's sekretessmarkering; standards 5.2)."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from skolnav.core.audit.log import record
from skolnav.core.audit.models import AuditRecord
from skolnav.core.people.models import Duty, Person, Protection
from skolnav.core.people.models.guardianship import Source
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.viewer import Viewer

from .loading import to_change
from .refusals import Refused

# As long as a letter with a password is good.
RECENTLY = timedelta(days=30)


@transaction.atomic
def set_protection(
    *, actor: Viewer | None, person_id: int, marking: str, source: str = Source.OFFICE
) -> Protection:
    """Protect a person from now on; a request to lower a protection they have falls. Raises NotAllowed."""
    person = to_change(Person, actor, person_id)
    protection, is_new = Protection.everything.get_or_create(
        person=person,
        lowered_at=None,
        defaults={
            "organiser_id": person.organiser_id,
            "marking": marking,
            "source": source,
            "set_by_id": actor.person_id if actor else None,
        },
    )
    if not is_new and source == Source.OFFICE:
        protection.marking, protection.source = marking, source
        protection.lowering_asked_at = protection.lowering_asked_by_id = None
        protection.save(update_fields=["marking", "source", "lowering_asked_at", "lowering_asked_by_id"])
    _mark(person, is_protected=True)
    if is_new or source == Source.OFFICE:
        record(actor, "set_protection", person, marking=marking)
    return protection


@transaction.atomic
def ask_to_lower_protection(*, actor: Viewer, person_id: int) -> Protection:
    """The first of two: ask that the protection be lowered. Nothing opens yet. Raises NotAllowed and Refused."""
    person, protection = _open(actor, person_id)
    if protection.lowering_asked_at:
        raise Refused(_("Någon har redan begärt att skyddet tas bort."))
    protection.lowering_asked_at, protection.lowering_asked_by_id = clock.now(), actor.person_id
    protection.save(update_fields=["lowering_asked_at", "lowering_asked_by_id"])
    record(actor, "ask_to_lower_protection", person)
    return protection


@transaction.atomic
def keep_protection(*, actor: Viewer, person_id: int) -> None:
    """Take back, or turn down, a request to lower. Raises NotAllowed and Refused."""
    person, protection = _open(actor, person_id)
    if not protection.lowering_asked_at:
        raise Refused(_("Ingen har begärt att skyddet tas bort."))
    protection.lowering_asked_at = protection.lowering_asked_by_id = None
    protection.save(update_fields=["lowering_asked_at", "lowering_asked_by_id"])
    record(actor, "keep_protection", person)


@transaction.atomic
def confirm_lowering(*, actor: Viewer, person_id: int) -> None:
    """The second of two: lower the protection. Raises NotAllowed, and Refused for the one who asked, or whose login or
    administration one of the two, or the same third, has lately given: it could be one and the same behind both.
    """
    person, protection = _open(actor, person_id)
    if not protection.lowering_asked_at:
        raise Refused(_("Ingen har begärt att skyddet tas bort."))
    if protection.lowering_asked_by_id == actor.person_id:
        raise Refused(_("Du begärde det själv. En annan administratör måste bekräfta."))
    if _hands(actor.person_id) & _hands(protection.lowering_asked_by_id):
        raise Refused(
            _(
                "Den ena av er har nyligen gett den andra inloggning eller uppdrag, eller så har ni fått det av samma "
                "person. En annan administratör måste bekräfta."
            )
        )
    protection.lowered_at, protection.lowered_by_id = clock.now(), actor.person_id
    protection.save(update_fields=["lowered_at", "lowered_by_id"])
    _mark(person, is_protected=False)
    record(actor, "lower_protection", person, asked_by=protection.lowering_asked_by_id)


def _open(actor: Viewer, person_id: int) -> tuple[Person, Protection]:
    person = to_change(Person, actor, person_id)
    protection = Protection.everything.filter(person=person, lowered_at=None).first()
    if protection is None:
        raise Refused(_("Personen har inte skyddade personuppgifter."))
    return person, protection


def _hands(person_id: int | None) -> set[int | None]:
    """Somebody, and whoever lately gave them their login or made them administrator: these can act as them."""
    given = Q(act="issue_credential") | Q(act="add_duty", details__role=Duty.Role.ADMINISTRATOR)
    lately = AuditRecord.objects.filter(given, at__gte=clock.now() - RECENTLY, details__person=person_id)
    return {person_id, *lately.exclude(actor_person_id=None).values_list("actor_person_id", flat=True)}


def _mark(person: Person, *, is_protected: bool) -> None:
    """The column that every page reads; kept here alone."""
    if person.is_protected != is_protected:
        person.is_protected = is_protected
        person.version += 1
        person.save(update_fields=["is_protected", "version"])
