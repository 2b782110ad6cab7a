"""Somebody else takes one lesson on one day."""

from django.db import transaction

from skolnav.core.access.viewer import Viewer
from skolnav.core.audit.log import record
from skolnav.core.notifications.outbox import Telling, call_off, notify_many
from skolnav.core.people.actions.refusals import NotAllowed
from skolnav.core.people.models import Person
from skolnav.core.tenancy import clock
from skolnav.core.timetable.models import LessonOccurrence, LessonSubstitute
from skolnav.core.timetable.occurrences import Occurrence
from skolnav.core.timetable.rights import leads
from skolnav.core.timetable.storing import locked

from ..queries.colleagues import on_duty
from ..telling import SUBSTITUTE


@transaction.atomic
def set_substitute(*, actor: Viewer, lesson: Occurrence, version: int, person: Person) -> LessonOccurrence:
    """Have somebody take the lesson on its day, and tell them. It opens that lesson to them around its time.

    Raises NotAllowed unless the actor leads the school and the person is on duty there on the day, and
    EditedMeanwhile when the day is no longer at `version`.
    """
    if not leads(actor, lesson) or not on_duty(lesson).filter(pk=person.pk).exists():
        raise NotAllowed("Substitutes are set by those who lead the school, among those on duty there.")
    row = locked(lesson, actor.organiser_id, version)
    LessonSubstitute.objects.get_or_create(
        occurrence=row,
        person=person,
        defaults={"set_by_id": actor.person_id, "set_at": clock.now()},
    )
    row.save()
    record(actor, "set_substitute", row, person=person.pk)
    told = Telling(
        fact=_fact(row, person.pk),
        revision=row.version,
        person_ids=[person.pk],
        link_name="schedule_staff:lesson",
        link_args={"lesson": lesson.public_id, "day": lesson.day.isoformat()},
        params={"lesson": lesson.activity, "starts": lesson.starts.isoformat()},
    )
    notify_many(SUBSTITUTE, [told], organiser_id=actor.organiser_id, due_at=clock.now())
    return row


@transaction.atomic
def remove_substitute(*, actor: Viewer, lesson: Occurrence, version: int, person: Person) -> None:
    """Take the lesson from a substitute again: it closes to them at once, and what waits to be told is called off.

    Raises NotAllowed unless the actor leads the school, and EditedMeanwhile when the day is no longer at `version`.
    """
    if not leads(actor, lesson):
        raise NotAllowed("Substitutes are set by those who lead the school.")
    row = locked(lesson, actor.organiser_id, version)
    LessonSubstitute.objects.filter(occurrence=row, person=person).delete()
    row.save()
    record(actor, "remove_substitute", row, person=person.pk)
    call_off(SUBSTITUTE, [_fact(row, person.pk)])


def _fact(row: LessonOccurrence, person_id: int) -> str:
    return f"substitute:{row.public_id}:{person_id}"
