"""What a leader should know before a weekly time is saved; a second press saves it all the same."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from skolnav.core.access.pages import HubRequest
from skolnav.core.tenancy import clock
from skolnav.core.timetable.models import Lesson, LessonOccurrence

from ..actions.weekly import days_ahead
from ..forms.office import LessonForm
from ..queries.conflicts import Conflict, Wanted, conflicts_of, who_takes


@dataclass(frozen=True)
class Warnings:
    """Lessons in the way, and days that somebody has written on and that cannot follow to the new time."""

    conflicts: Sequence[Conflict]
    lost: Sequence[LessonOccurrence]
    accepted: str = field(default="")

    @property
    def fingerprint(self) -> str:
        """What the second press says yes to: these warnings, and no other that have come meanwhile."""
        seen = [f"{one.lesson.public_id}{one.day}" for one in self.conflicts]
        seen += [row.public_id for row in self.lost]
        return sha256(" ".join(seen).encode()).hexdigest()[:20] if seen else ""

    @property
    def are_accepted(self) -> bool:
        return self.fingerprint == "" or self.accepted == self.fingerprint


def warnings_of(request: HubRequest, form: LessonForm, lesson: Lesson | None) -> Warnings:
    """The warnings of a valid form. Four statements at most."""
    found = conflicts_of(request.viewer.organiser_id, _wanted(form, lesson))
    return Warnings(found, _lost(form, lesson), request.POST.get("anyway", ""))


def _wanted(form: LessonForm, lesson: Lesson | None) -> Wanted:
    activity, times = form.chosen_activity, form.times
    if activity is None:
        groups = [group.pk for group in form.content.groups]
        teachers = list(form.content.teacher_ids)
    else:
        groups, teachers = who_takes(activity.pk, clock.today())
    room_id = times.room.pk if times.room else None
    return Wanted(times.pattern, room_id, groups, teachers, [lesson.pk] if lesson else [])


def _lost(form: LessonForm, lesson: Lesson | None) -> list[LessonOccurrence]:
    if lesson is None:
        return []
    pattern = form.times.pattern
    return [row for row in days_ahead(lesson, pattern.first_day) if not pattern.takes_place_on(row.day)]
