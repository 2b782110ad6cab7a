"""What is taught, to whom and by whom: the wholes that weekly lessons are times of."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from skolnav.core.access.viewer import Viewer
from skolnav.core.audit.log import record
from skolnav.core.people.models import Group
from skolnav.core.people.models.guardianship import Source
from skolnav.core.tenancy.versions import lock_version
from skolnav.core.timetable.models import Activity, ActivityGroup, ActivityTeacher

from .permits import require_leader
from .retelling import retell_activities


@dataclass(frozen=True)
class Content:
    """What an activity says. Groups are of the activity's own school; teachers are persons by key."""

    subject: str
    subject_code: str
    kind: str
    groups: Collection[Group]
    teacher_ids: Collection[int]

    @property
    def name(self) -> str:
        """ "Matematik 5B"; as long as the column takes."""
        names = " ".join(sorted(group.name for group in self.groups))
        return f"{self.subject} {names}"[:80].strip()


@transaction.atomic
def add_activity(*, actor: Viewer, school_id: int, content: Content, first_day: date) -> Activity:
    """Make an activity for a school's groups. Raises NotAllowed."""
    require_leader(actor, school_id)
    _require_groups_of(school_id, content)
    activity = Activity.everything.create(
        organiser_id=actor.organiser_id,
        school_id=school_id,
        name=content.name,
        subject=content.subject,
        subject_code=content.subject_code,
        kind=content.kind,
        valid_from=first_day,
    )
    ActivityGroup.objects.bulk_create(ActivityGroup(activity=activity, group=one) for one in content.groups)
    ActivityTeacher.objects.bulk_create(
        ActivityTeacher(activity=activity, person_id=one, valid_from=first_day) for one in content.teacher_ids
    )
    record(actor, "add_activity", activity)
    return activity


@transaction.atomic
def change_activity(
    *, actor: Viewer, activity: Activity, version: int, content: Content, from_day: date
) -> Activity:
    """Change what all lessons of an activity are. Teachers change from a day on, the rest holds for the whole of it;
    it is the office's own from then on, and imports leave it alone.

    Raises EditedMeanwhile when it is no longer at `version`, and NotAllowed.
    """
    require_leader(actor, activity.school_id)
    _require_groups_of(activity.school_id, content)
    now = lock_version(activity, version)
    now.name, now.subject, now.subject_code = content.name, content.subject, content.subject_code
    now.kind, now.source = content.kind, Source.OFFICE
    now.save()
    _set_groups(now, content.groups)
    set_teachers(now, content.teacher_ids, from_day)
    retell_activities([now.pk])
    record(actor, "change_activity", now)
    return now


def _require_groups_of(school_id: int, content: Content) -> None:
    if not content.groups or any(group.school_id != school_id for group in content.groups):
        raise ValueError("An activity has at least one group, and groups of its own school alone.")


def _set_groups(activity: Activity, groups: Collection[Group]) -> None:
    kept = {group.pk for group in groups}
    ActivityGroup.objects.filter(activity=activity).exclude(group__in=kept).delete()
    ActivityGroup.objects.bulk_create(
        [ActivityGroup(activity=activity, group_id=one) for one in sorted(kept)], ignore_conflicts=True
    )


def set_teachers(activity: Activity, person_ids: Collection[int], from_day: date) -> None:
    """From a day on these teach it. Who did before stands with the day they ended; four statements at most."""
    there = ActivityTeacher.objects.filter(activity=activity)
    leaving = there.exclude(person__in=person_ids).filter(Q(valid_until=None) | Q(valid_until__gte=from_day))
    leaving.filter(valid_from__gte=from_day).delete()
    leaving.update(valid_until=from_day - timedelta(days=1))
    there.filter(person__in=person_ids, valid_until__isnull=False).update(valid_until=None)
    ActivityTeacher.objects.bulk_create(
        [
            ActivityTeacher(activity=activity, person_id=one, valid_from=from_day)
            for one in sorted(set(person_ids))
        ],
        ignore_conflicts=True,
    )
