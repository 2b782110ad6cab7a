"""What families wait for an answer to: other times on locked days, and comments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from skolnav.core.access.viewer import Viewer
from skolnav.core.people.models import Person
from skolnav.core.tenancy.managers import DoorQuerySet

from ..models import ChangeRequest, CheckEvent, Collector, DayComment
from .collectors import standing_collectors
from .custody import no_longer_theirs
from .members import Member, members_of
from .people import Reached, reached_of
from .plans import Plan, plans
from .sections import Section, staffed_memberships, unread_comments

# How far back the inbox of comments reaches.
COMMENT_DAYS = 14
_SHORT = ("public_id", "organiser_id", "given_name", "family_name", "is_protected")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with what holds for the day now."""

    request: ChangeRequest
    now: Plan


def requests_of_staff(viewer: Viewer) -> DoorQuerySet[ChangeRequest]:
    """Those of the children in the viewer's sections, answered ones too; none that waits by a word that no longer
    counts."""
    waits_in_vain = Q(no_longer_theirs("asked_by"), decided_at=None)
    theirs = ChangeRequest.everything.filter(pupil__in=staffed_memberships(viewer).values("person"))
    return theirs.exclude(waits_in_vain)


def open_requests(viewer: Viewer) -> DoorQuerySet[ChangeRequest]:
    """Those that wait; of days that are over none."""
    return requests_of_staff(viewer).filter(day__gte=viewer.today, decided_at=None, withdrawn_at=None)


def asked_of(rows: Sequence[ChangeRequest]) -> list[Asked]:
    """The requests with their days' times. One statement."""
    if not rows:
        return []
    days = [row.day for row in rows]
    planned = plans({row.pupil_id for row in rows}, min(days), max(days))
    return [Asked(row, planned[row.pupil_id, row.day]) for row in rows]


def with_names(requests: DoorQuerySet[ChangeRequest]) -> DoorQuerySet[ChangeRequest]:
    """With the pupil, who asked and who collects, in one statement."""
    shown = [f"{who}__{name}" for who in ("pupil", "asked_by") for name in _SHORT]
    columns = [field.attname for field in ChangeRequest._meta.concrete_fields]
    return requests.select_related("pupil", "asked_by", "collector").only(*columns, *shown, "collector__name")


def comments_for(viewer: Viewer, *, unread: bool) -> QuerySet[DayComment]:
    """The families' comments of the last days, the latest first; only what the viewer has not read, or all."""
    pupils = staffed_memberships(viewer).values("person")
    found = DayComment.everything.filter(
        pupil__in=pupils, is_from_staff=False, day__gte=viewer.today - timedelta(days=COMMENT_DAYS)
    )
    if unread:
        return found.filter(unread_comments(viewer))
    answers = DayComment.everything.filter(
        pupil=OuterRef("pupil"),
        day=OuterRef("day"),
        is_from_staff=True,
        written_at__gte=OuterRef("written_at"),
    )
    shown = [f"{who}__{name}" for who in ("pupil", "author") for name in _SHORT]
    columns = [field.attname for field in DayComment._meta.concrete_fields]
    named = found.select_related("pupil", "author").only(*columns, *shown)
    is_new = Exists(DayComment.everything.filter(unread_comments(viewer), pk=OuterRef("pk")))
    return named.annotate(is_new=is_new, is_answered=Exists(answers)).order_by("-written_at", "-pk")


@dataclass(frozen=True, slots=True)
class ChildDay:
    """A child's day for whoever has it at fritids."""

    member: Member
    plan: Plan
    collectors: Sequence[Collector]
    requests: Sequence[ChangeRequest]
    comments: Sequence[DayComment]
    events: Sequence[CheckEvent]
    guardians: Sequence[Reached]

    @property
    def is_protected(self) -> bool:
        """Then nobody's number stands on the page."""
        return self.member.person.is_protected


def child_day(viewer: Viewer, public_id: str, day: date) -> ChildDay | None:
    """None for a child who is in none of the viewer's sections today. Eight statements."""
    row = staffed_memberships(viewer).filter(person__public_id=public_id).select_related("group").first()
    if row is None:
        return None
    group = row.group
    section = Section(group.pk, group.public_id, group.name, group.school_id)
    member = next(one for one in members_of(viewer, [section], viewer.today, row.person_id))
    pupil = Q(pupil=row.person_id)
    return ChildDay(
        member,
        plans([row.person_id], day, day)[row.person_id, day],
        list(standing_collectors(row.person_id)),
        list(with_names(requests_of_staff(viewer).filter(pupil, day=day)).order_by("-asked_at")),
        list(DayComment.everything.filter(pupil, day=day).select_related("author").defer(*_secret("author"))),
        list(
            CheckEvent.everything.filter(pupil, day=day)
            .select_related("by", "undone_by")
            .defer(*_secret("by"), *_secret("undone_by"))
        ),
        reached_of([member.person]).get(row.person_id, ()),
    )


def _secret(who: str) -> list[str]:
    """What a page about somebody's day has no use for."""
    shown = {*_SHORT, "id"}
    return [f"{who}__{field.name}" for field in Person._meta.concrete_fields if field.name not in shown]
