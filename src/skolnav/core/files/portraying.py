"""Giving a pupil a picture, taking it away, and finding the pictures of many."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from skolnav.core.audit.log import record
from skolnav.core.people.actions.refusals import NotAllowed
from skolnav.core.people.models import Enrolment, Membership, Person
from skolnav.core.people.validity import valid_on
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.viewer import Viewer

from .actions import delete_files_of, set_files_of
from .models import StoredFile
from .portraits import Portrait
from .queries import files_by_owner

LABEL = Portrait._meta.label_lower


def portrayable_q(viewer: Viewer) -> Q:
    """Whose picture the viewer may set: a mentor's pupils, all of a school that one leads; nobody protected."""
    mine = Membership.everything.filter(Membership.valid_on(viewer.today), group__in=viewer.mentor_group_ids)
    led = Enrolment.everything.filter(valid_on(viewer.today), school__in=viewer.led_school_ids)
    return Q(is_protected=False) & (Q(pk__in=mine.values("person_id")) | Q(pk__in=led.values("pupil_id")))


@transaction.atomic
def set_portrait(*, actor: Viewer, person: Person, file: StoredFile) -> Portrait:
    """Make a picture the pupil's; the one before it is deleted. `file` is the actor's own upload that hangs on nothing.

    Raises NotAllowed, and ValueError for a file that is no picture.
    """
    _require_portrayable(actor, person)
    if not file.is_picture:
        raise ValueError("A portrait is a picture.")
    portrait, _ = Portrait.everything.update_or_create(
        person=person,
        defaults={"organiser_id": person.organiser_id, "set_by_id": actor.person_id, "set_at": clock.now()},
    )
    set_files_of(actor=actor, owner=portrait, files=[file])
    record(actor, "set_portrait", portrait, person_id=person.pk)
    return portrait


@transaction.atomic
def remove_portrait(*, actor: Viewer, person: Person) -> None:
    """Delete the pupil's picture, if there is one. Raises NotAllowed."""
    _require_portrayable(actor, person)
    portrait = Portrait.everything.filter(person=person).first()
    if portrait is None:
        return
    delete_files_of(actor=actor, owner=portrait)
    record(actor, "remove_portrait", portrait, person_id=person.pk)
    portrait.delete()


def portraits_of(viewer: Viewer, person_ids: Iterable[int]) -> dict[int, StoredFile]:
    """Person id -> the picture that the viewer may see. Two statements."""
    found = Portrait.objects.visible_to(viewer).filter(person__in=list(person_ids))
    of_person = dict(found.values_list("pk", "person_id"))
    files = files_by_owner(LABEL, of_person)
    return {of_person[pk]: pictures[0] for pk, pictures in files.items() if pictures}


def _require_portrayable(actor: Viewer, person: Person) -> None:
    if not Person.everything.filter(portrayable_q(actor), pk=person.pk).exists():
        raise NotAllowed("The actor may not set this person's picture.")
