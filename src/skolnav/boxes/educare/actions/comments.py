"""A few words about a day, both ways, and having read them."""

from datetime import date

from django.db import transaction

from skolnav.core.access.viewer import Viewer
from skolnav.core.audit.log import record
from skolnav.core.notifications.outbox import Telling, notify_many
from skolnav.core.people.actions.refusals import NotAllowed
from skolnav.core.tenancy import clock

from ..models import CommentSeen, DayComment
from ..queries.people import staff_of


@transaction.atomic
def write_comment(*, actor: Viewer, pupil_id: int, day: date, text: str) -> DayComment:
    """A guardian's words to staff; the bell of the child's staff rings when they are about today. Raises NotAllowed."""
    child = next((one for one in actor.children if one.id == pupil_id), None)
    if child is None:
        raise NotAllowed("The actor has no custody of this child.")
    comment = DayComment.everything.create(
        organiser_id=actor.organiser_id,
        pupil_id=pupil_id,
        day=day,
        author_id=actor.person_id,
        text=text,
        is_from_staff=False,
        written_at=clock.now(),
    )
    record(actor, "write_educare_comment", comment)
    if day == actor.today:
        telling = Telling(
            fact=f"comment:{comment.pk}",
            revision=1,
            person_ids=staff_of(pupil_id),
            link_name="educare_staff:child",
            link_args={"pupil": child.public_id, "day": day.isoformat()},
            params={"day": day.isoformat()},
        )
        notify_many(
            "educare.family_comment", [telling], organiser_id=comment.organiser_id, due_at=clock.now()
        )
    return comment


def read_comments(*, actor: Viewer, pupil_id: int, day: date) -> None:
    """Note that the actor has opened the day: its comments are read until now. One statement, no log."""
    CommentSeen.objects.bulk_create(
        [CommentSeen(pupil_id=pupil_id, day=day, person_id=actor.person_id, seen_at=clock.now())],
        update_conflicts=True,
        unique_fields=["pupil", "day", "person"],
        update_fields=["seen_at"],
    )
