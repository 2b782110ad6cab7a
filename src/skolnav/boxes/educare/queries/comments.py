"""What has been written and asked about a child's day, as the family sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from skolnav.core.access.viewer import Viewer
from skolnav.core.people.models import Person

from ..models import ChangeRequest, DayComment


@dataclass(frozen=True, slots=True)
class Said:
    """`by` is empty for oneself and where the name is protected."""

    text: str
    at: datetime
    by: str
    is_own: bool
    is_from_staff: bool


def comments_of(viewer: Viewer, pupil_id: int, day: date) -> list[Said]:
    """The day's comments, oldest first. One statement."""
    rows = DayComment.objects.visible_to(viewer).filter(pupil=pupil_id, day=day).select_related("author")
    return [
        Said(
            one.text,
            one.written_at,
            name_of(one.author),
            one.author_id == viewer.person_id and not one.is_from_staff,
            one.is_from_staff,
        )
        for one in rows
    ]


def requests_of(viewer: Viewer, pupil_id: int, day: date) -> Sequence[ChangeRequest]:
    """The day's requests that were not taken back, with their answers. One statement."""
    rows = ChangeRequest.objects.visible_to(viewer).filter(pupil=pupil_id, day=day, withdrawn_at=None)
    return list(rows.select_related("collector", "asked_by", "decided_by").order_by("asked_at"))


def name_of(person: Person | None) -> str:
    """A given name; none for somebody protected or gone."""
    return person.given_name if person is not None and not person.is_protected else ""
