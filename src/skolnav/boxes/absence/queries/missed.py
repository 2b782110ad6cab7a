"""What registers say that pupils missed on a day without valid reason. For actions; needs the tenant's scope."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from skolnav.boxes.absence.models import LessonAttendance, UnexcusedCase
from skolnav.core.people.models import Person
from skolnav.core.presence.models import Absence

# Whoever comes late has minutes in the figures, but no case.
OPENS_A_CASE = (LessonAttendance.State.ABSENT, LessonAttendance.State.LEFT_EARLY)


@dataclass(frozen=True)
class Missed:
    """A pupil's unexcused minutes of a day, at the school where most of them were.

    `is_reported`: something of the day is reported or granted, perhaps since the register was reckoned.
    """

    minutes: int
    school_id: int
    is_reported: bool


@dataclass(frozen=True)
class MissedLesson:
    """One lesson, or the whole day where attendance is taken by the day. `address` names it to the timetable."""

    subject: str
    starts: datetime
    ends: datetime
    # From when the pupil was gone: those who left early were there at first.
    since: datetime
    minutes: int
    address: str
    taken_by_id: int | None


def lock_affected(pupil_ids: Iterable[int], day: date) -> dict[int, Person]:
    """Those of the pupils who missed something on the day or have a case of it; locked until the transaction ends.

    One statement. Two saves that concern the same pupil follow one another, so that both see all minutes.
    """
    missed = LessonAttendance.everything.filter(
        pupil=OuterRef("pk"), day=day, invalid_minutes__gt=0, state__in=OPENS_A_CASE
    )
    has_case = Exists(UnexcusedCase.everything.filter(pupil=OuterRef("pk"), day=day))
    people = Person.everything.filter(Exists(missed) | has_case, pk__in=list(pupil_ids)).order_by("pk")
    return {person.pk: person for person in people.select_for_update(of=("self",))}


def missed_on(pupil_ids: Iterable[int], day: date) -> Mapping[int, Missed]:
    """By pupil: what they missed; those who missed nothing do not stand in it. One statement."""
    by_school: dict[int, Counter[int]] = defaultdict(Counter)
    reported: set[int] = set()
    absences = Absence.everything.filter(pupil=OuterRef("pupil"), day=day)
    rows = _lines(pupil_ids, day).annotate(is_reported=Exists(absences))
    for pupil_id, school_id, minutes, is_reported in rows.values_list(
        "pupil_id", "register__school_id", "invalid_minutes", "is_reported"
    ):
        by_school[pupil_id][school_id] += minutes
        if is_reported:
            reported.add(pupil_id)
    return {
        pupil_id: Missed(schools.total(), schools.most_common(1)[0][0], pupil_id in reported)
        for pupil_id, schools in by_school.items()
    }


def missed_lessons(pupil_id: int, day: date) -> list[MissedLesson]:
    """The lessons that a pupil missed without valid reason on a day, in order. One statement."""
    rows = _lines([pupil_id], day).select_related("register__occurrence__lesson")
    return [_lesson(row) for row in rows.order_by("register__starts")]


def _lines(pupil_ids: Iterable[int], day: date) -> QuerySet[LessonAttendance]:
    return LessonAttendance.everything.filter(
        pupil__in=list(pupil_ids), day=day, invalid_minutes__gt=0, state__in=OPENS_A_CASE
    )


def _lesson(row: LessonAttendance) -> MissedLesson:
    register, occurrence = row.register, row.register.occurrence
    addressed = occurrence and (occurrence.lesson or occurrence)
    left_early = row.state == LessonAttendance.State.LEFT_EARLY
    return MissedLesson(
        subject=register.subject,
        starts=register.starts,
        ends=register.ends,
        since=register.ends - timedelta(minutes=row.minutes) if left_early else register.starts,
        minutes=row.invalid_minutes,
        address=addressed.public_id if addressed else "",
        taken_by_id=register.taken_by_id,
    )


def who_marked(pupil_ids: Iterable[int], day: date) -> Mapping[int, set[int]]:
    """By pupil: those who have marked them as away in a register of the day. One statement."""
    rows = LessonAttendance.everything.filter(pupil__in=list(pupil_ids), day=day, state__in=OPENS_A_CASE)
    found: dict[int, set[int]] = defaultdict(set)
    for pupil_id, person_id in rows.values_list("pupil_id", "register__taken_by_id"):
        if person_id:
            found[pupil_id].add(person_id)
    return found
