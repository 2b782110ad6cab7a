"""The school's investigation of repeated or long absence (Skollagen 7 kap. 19 a §), by those who work with it."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from skolnav.boxes.absence.models import (
    Investigation,
    InvestigationMeasure,
    InvestigationMember,
    InvestigationNote,
)
from skolnav.boxes.absence.queries.investigations import places_to_investigate, staff_of
from skolnav.boxes.absence.queries.responsible import guardians_of, leaders_of
from skolnav.core.access.viewer import Viewer
from skolnav.core.audit.log import record
from skolnav.core.notifications.outbox import notify
from skolnav.core.people.actions.refusals import NotAllowed, Refused
from skolnav.core.people.models import Duty, Person
from skolnav.core.publishing.permits import require_editable
from skolnav.core.tenancy import clock


@transaction.atomic
def open_investigation(*, actor: Viewer, pupil: Person, school_id: int, background: str) -> Investigation:
    """Open one, with the actor as its first member; the school's principals work with it from the beginning and are
    told, since the law has them see that it is made. (Skollagen 7 kap. 19 a §.)

    Raises NotAllowed but for the pupil's mentor and those who lead the school; Refused while another is open for the
    pupil there.
    """
    if not places_to_investigate(actor).filter(pupil=pupil, school=school_id).exists():
        raise NotAllowed("The actor does not open investigations about this pupil.")
    try:
        with transaction.atomic():
            found = Investigation.everything.create(
                organiser_id=actor.organiser_id,
                pupil=pupil,
                school_id=school_id,
                opened_by_id=actor.person_id,
                opened_at=clock.now(),
                background=_clean(background),
            )
    except IntegrityError:
        raise Refused(
            _("En utredning pågår redan om eleven. Den som arbetar med den kan ta med dig.")
        ) from None
    _join(actor, found, actor.person_id)
    record(actor, "open_investigation", found)
    for principal in _principals(found) - {actor.person_id}:
        add_member(actor=actor, investigation=found, person_id=principal)
    return found


def _principals(investigation: Investigation) -> set[int]:
    """Those of its school, but for one whose own child it is about."""
    today, pupil = clock.today(), investigation.pupil_id
    principals = leaders_of([investigation.school_id], today, [Duty.Role.PRINCIPAL])
    own = guardians_of([pupil], today).everybody.get(pupil, set())
    return principals[investigation.school_id] - own


@transaction.atomic
def add_member(*, actor: Viewer, investigation: Investigation, person_id: int) -> None:
    """Let somebody on duty at the school work with it, and tell them so. Raises NotAllowed and Refused."""
    now = _open_one(actor, investigation)
    if person_id not in {person.pk for person in staff_of(now.school_id)}:
        raise NotAllowed("Only staff of the school work with its investigations.")
    if not _join(actor, now, person_id):
        return
    record(actor, "add_investigation_member", now, person=person_id)
    notify(
        "absence.investigation",
        revision=1,
        due_at=clock.now(),
        person_ids=[person_id],
        fact=f"investigation:{now.pk}:{person_id}",
        link_name="absence_staff:investigation",
        link_args={"investigation": now.public_id},
    )


@transaction.atomic
def remove_member(*, actor: Viewer, investigation: Investigation, person_id: int) -> None:
    """End somebody's work with it; the last one stays. Raises NotAllowed and Refused."""
    now = _open_one(actor, investigation)
    members = InvestigationMember.objects.filter(investigation=now, left_at=None)
    if members.exclude(person=person_id).count() == 0:
        raise Refused(_("Någon måste arbeta med utredningen. Ta med en kollega först."))
    if members.filter(person=person_id).update(left_at=clock.now()):
        record(actor, "remove_investigation_member", now, person=person_id)


@transaction.atomic
def write_note(*, actor: Viewer, investigation: Investigation, text: str) -> InvestigationNote:
    """Append a note: it stays as it is written. Raises NotAllowed and Refused."""
    now = _open_one(actor, investigation)
    if not text.strip():
        raise Refused(_("Skriv något i anteckningen."))
    note = InvestigationNote.objects.create(
        investigation=now, author_id=actor.person_id, written_at=clock.now(), text=_clean(text)
    )
    record(actor, "write_investigation_note", now, note=note.pk)
    return note


@transaction.atomic
def add_measure(
    *, actor: Viewer, investigation: Investigation, text: str, responsible: str, due_on: date | None
) -> InvestigationMeasure:
    """Note what is to be done. Raises NotAllowed and Refused."""
    now = _open_one(actor, investigation)
    if not text.strip():
        raise Refused(_("Skriv vad som ska göras."))
    measure = InvestigationMeasure.objects.create(
        investigation=now,
        text=text.strip(),
        responsible=responsible.strip(),
        due_on=due_on,
        added_by_id=actor.person_id,
        added_at=clock.now(),
    )
    record(actor, "add_investigation_measure", now, measure=measure.pk)
    return measure


@transaction.atomic
def finish_measure(*, actor: Viewer, investigation: Investigation, measure: InvestigationMeasure) -> None:
    """Note that it is done; twice is the same as once. Raises NotAllowed and Refused."""
    now = _open_one(actor, investigation)
    fresh = InvestigationMeasure.objects.filter(pk=measure.pk, investigation=now, done_at=None)
    if fresh.update(done_at=clock.now(), done_by=actor.person_id):
        record(actor, "finish_investigation_measure", now, measure=measure.pk)


@transaction.atomic
def note_report_to_organiser(*, actor: Viewer, investigation: Investigation, day: date) -> None:
    """Note that the organiser has been told, as the law asks as soon as it has begun. Raises NotAllowed; Refused for
    a day to come, one long before it was opened, or when it has been noted."""
    now = _open_one(actor, investigation)
    if now.reported_to_organiser_at:
        raise Refused(_("Det är redan antecknat att huvudmannen har fått veta."))
    if day > clock.today():
        raise Refused(_("Dagen har inte varit än. Anteckna när huvudmannen har fått veta."))
    if day < now.opened_at.astimezone(clock.STOCKHOLM).date():
        raise Refused(_("Dagen ligger före utredningens början."))
    now.reported_to_organiser_at = _moment_of(day)
    now.version += 1
    now.save(update_fields=["reported_to_organiser_at", "version"])
    record(actor, "report_investigation_to_organiser", now)


@transaction.atomic
def close_investigation(*, actor: Viewer, investigation: Investigation, conclusion: str) -> None:
    """End it with what it came to. Raises NotAllowed; Refused without words, or before the organiser has been told."""
    now = _open_one(actor, investigation)
    if not now.reported_to_organiser_at:
        raise Refused(_("Anteckna först när huvudmannen fick veta."))
    if not conclusion.strip():
        raise Refused(_("Skriv vad utredningen kom fram till."))
    now.conclusion, now.closed_at, now.closed_by_id = _clean(conclusion), clock.now(), actor.person_id
    now.version += 1
    now.save(update_fields=["conclusion", "closed_at", "closed_by", "version"])
    record(actor, "close_investigation", now)


def note_view(viewer: Viewer, investigation: Investigation) -> None:
    """Log that somebody has opened it: what stands there is about a child's health and home."""
    record(viewer, "view_investigation", investigation)


def _open_one(actor: Viewer, investigation: Investigation) -> Investigation:
    """The row as it stands, locked; Refused when it has been closed."""
    require_editable(actor, investigation)
    now = Investigation.everything.select_for_update().get(pk=investigation.pk)
    if now.closed_at:
        raise Refused(_("Utredningen är avslutad."))
    return now


def _join(actor: Viewer, investigation: Investigation, person_id: int) -> bool:
    """Whether the person is new among those who work with it."""
    member, is_new = InvestigationMember.objects.get_or_create(
        investigation=investigation,
        person_id=person_id,
        defaults={"added_by_id": actor.person_id, "added_at": clock.now()},
    )
    if not is_new and member.left_at:
        member.left_at, member.added_at, member.added_by_id = None, clock.now(), actor.person_id
        member.save()
        return True
    return is_new


def _moment_of(day: date) -> datetime:
    return clock.now() if day == clock.today() else clock.start_of(day)


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
