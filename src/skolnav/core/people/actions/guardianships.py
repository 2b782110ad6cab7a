"""Custody: begun, ended, begun anew, and without access. What else is cut: core.accounts.access_changes."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from skolnav.core.audit.log import record
from skolnav.core.people.models import Guardianship, Person
from skolnav.core.people.models.guardianship import Source
from skolnav.core.people.validity import valid_on
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.viewer import Viewer

from .loading import to_change
from .refusals import EditedMeanwhile, Refused


@transaction.atomic
def add_guardianship(
    *,
    actor: Viewer | None,
    pupil_id: int,
    guardian: Person,
    kind: str = Guardianship.Kind.CUSTODY,
    valid_from: date | None = None,
    source: str = Source.OFFICE,
) -> Guardianship:
    """Give a person custody of a pupil of one's school. Raises NotAllowed, and Refused for what cannot be so.

    A custody that comes back keeps the restriction that it had: only `lift_restriction_row` opens it.
    """
    pupil = to_change(Person, actor, pupil_id)
    today = clock.today()
    if pupil.organiser_id != guardian.organiser_id or pupil.pk == guardian.pk:
        raise Refused(_("En person kan inte vara sin egen vårdnadshavare."))
    if _is_adult(pupil, today):
        raise Refused(_("Eleven är myndig och har ingen vårdnadshavare."))
    open_ones = Guardianship.everything.filter(pupil=pupil, guardian=guardian, ended_at=None)
    if open_ones.filter(valid_on(today)).exists():
        raise Refused(_("Personen är redan vårdnadshavare för eleven."))
    last = Guardianship.everything.filter(pupil=pupil, guardian=guardian).order_by("pk").last()
    relation = Guardianship.everything.create(
        organiser_id=pupil.organiser_id,
        pupil=pupil,
        guardian=guardian,
        kind=kind,
        source=source,
        valid_from=valid_from or today,
        restricted_at=last.restricted_at if last else None,
        restricted_by_id=last.restricted_by_id if last else None,
    )
    _note(actor, "add_guardianship", relation)
    return relation


@transaction.atomic
def end_guardianship_row(
    *, actor: Viewer | None, guardianship_id: int, last_day: date, reason: str, version: int | None = None
) -> Guardianship:
    """Write that custody ends. Up to today it ends at once; a later day is written and takes effect by itself.

    The row alone: callers use `core.accounts.access_changes.end_guardianship`, which cuts what followed from it.
    Raises NotAllowed, EditedMeanwhile and Refused.
    """
    relation = _to_change(actor, guardianship_id, version)
    if last_day < relation.valid_from:
        raise Refused(_("Vårdnaden kan inte upphöra före dagen då den började."))
    if relation.ended_at:
        raise Refused(_("Vårdnaden är redan avslutad."))
    relation.valid_until = last_day
    if last_day <= clock.today():
        relation.ended_at, relation.ended_by_id = clock.now(), actor.person_id if actor else None
    _save(relation, ["valid_until", "ended_at", "ended_by_id"])
    _note(actor, "end_guardianship", relation, reason=reason, last_day=last_day.isoformat())
    return relation


@transaction.atomic
def restore_guardianship_row(*, actor: Viewer | None, guardianship_id: int) -> Guardianship:
    """Undo an end: an end that has not come yet is taken back; an ended custody begins anew, as a new relation.

    What happened stays in the books: the old row is not opened again. Raises NotAllowed and Refused.
    """
    relation = to_change(Guardianship, actor, guardianship_id)
    if relation.ended_at is None and relation.valid_until is None:
        raise Refused(_("Vårdnaden är inte avslutad."))
    if relation.ended_at is None and relation.valid_until and relation.valid_until >= clock.today():
        relation.valid_until = None
        _save(relation, ["valid_until"])
        _note(actor, "keep_guardianship", relation)
        return relation
    return add_guardianship(
        actor=actor, pupil_id=relation.pupil_id, guardian=relation.guardian, kind=relation.kind
    )


@transaction.atomic
def restrict_guardianship_row(
    *, actor: Viewer | None, guardianship_id: int, reason: str, version: int | None = None
) -> Guardianship:
    """Keep the custody and take away what it opens: a secret address, a ban on contact."""
    relation = _to_change(actor, guardianship_id, version)
    if relation.restricted_at:
        raise Refused(_("Personen har redan ingen tillgång."))
    relation.restricted_at, relation.restricted_by_id = clock.now(), actor.person_id if actor else None
    _save(relation, ["restricted_at", "restricted_by_id"])
    _note(actor, "restrict_guardianship", relation, reason=reason)
    return relation


@transaction.atomic
def lift_restriction_row(
    *, actor: Viewer | None, guardianship_id: int, version: int | None = None
) -> Guardianship:
    """Give back the access that a restriction took."""
    relation = _to_change(actor, guardianship_id, version)
    if not relation.restricted_at:
        raise Refused(_("Personens tillgång är inte begränsad."))
    relation.restricted_at = relation.restricted_by_id = None
    _save(relation, ["restricted_at", "restricted_by_id"])
    _note(actor, "lift_restriction", relation)
    return relation


def _to_change(actor: Viewer | None, guardianship_id: int, version: int | None) -> Guardianship:
    relation = to_change(Guardianship, actor, guardianship_id)
    if version is not None and relation.version != version:
        raise EditedMeanwhile(relation)
    return relation


def _save(relation: Guardianship, fields: list[str]) -> None:
    relation.version += 1
    relation.save(update_fields=[*fields, "version"])


def _note(actor: Viewer | None, act: str, relation: Guardianship, **details: Any) -> None:
    """One line in the log, found from the pupil's page and the guardian's."""
    record(actor, act, relation, pupil=relation.pupil_id, guardian=relation.guardian_id, **details)


def _is_adult(pupil: Person, today: date) -> bool:
    """Eighteen or more (Föräldrabalken 9 kap. 1 §)."""
    born = pupil.birth_date
    return born is not None and (today.year - born.year, today.month, today.day) >= (18, born.month, born.day)
