"""Writing a plan. Call it inside one transaction and the organiser's scope; it opens neither."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, timedelta

from skolnav.boxes.schedule.actions.retelling import retell_lessons, withdraw_gone
from skolnav.boxes.schedule.actions.weekly import FOLLOWING, Before, follow
from skolnav.boxes.schedule.queries.patterns import Pattern
from skolnav.core.people.models.guardianship import Source
from skolnav.core.timetable.hanging import parts
from skolnav.core.timetable.models import (
    Activity,
    ActivityGroup,
    ActivityTeacher,
    Lesson,
    LessonMark,
    LessonOccurrence,
    Room,
)

from .placing import Placed
from .planning import Line, Plan
from .snapshot import PREFIX

AT_ONCE = 500


def apply_plan(plan: Plan) -> None:
    """New lessons begin today at the earliest; changed ones are parted today, so that what has been stays."""
    writer = _Writer(plan)
    writer.end(plan.ended)
    writer.change(plan.changed)
    writer.create(plan.new)
    writer.end_idle_activities()
    writer.retell(plan)


class _Writer:
    def __init__(self, plan: Plan) -> None:
        self.snapshot = plan.snapshot
        self.today = plan.snapshot.today
        wanted = [line.placed for line in (*plan.new, *plan.changed) if line.placed]
        self.rooms = self._make_rooms(wanted)
        self.activities = self._make_activities(wanted)
        self.successors: list[int] = []

    def _make_rooms(self, wanted: Iterable[Placed]) -> dict[str, Room]:
        rooms = dict(self.snapshot.rooms)
        missing = {one.row.room.casefold(): one.row.room for one in wanted if one.row.room}
        made = [
            Room(organiser_id=self.snapshot.organiser_id, school_id=self.snapshot.school_id, name=name)
            for key, name in missing.items()
            if key not in rooms
        ]
        for room in Room.everything.bulk_create(made, batch_size=AT_ONCE):
            rooms[room.name.casefold()] = room
        return rooms

    def _make_activities(self, wanted: Iterable[Placed]) -> dict[str, Activity]:
        """Activities of these keys: those that are here, woken where they had ended, and new ones."""
        here = {
            one.source_id: one
            for one in self.snapshot.activities.values()
            if one.source_id.startswith(PREFIX)
        }
        first: dict[str, Placed] = {}
        since: dict[str, date] = {}
        for one in wanted:
            key = one.activity_key
            first.setdefault(key, one)
            since[key] = min(since.get(key, date.max), max(one.pattern.first_day, self.today))
        asleep = [here[key].pk for key in first if key in here and here[key].valid_until]
        Activity.everything.filter(pk__in=asleep).update(valid_until=None)
        made = [self._activity(one, since[key]) for key, one in first.items() if key not in here]
        Activity.everything.bulk_create(made, batch_size=AT_ONCE)
        self._make_parts(made, first, since)
        return here | {one.source_id: one for one in made}

    def _make_parts(self, made: list[Activity], first: dict[str, Placed], since: dict[str, date]) -> None:
        ActivityGroup.objects.bulk_create(
            [
                ActivityGroup(activity=one, group_id=pk)
                for one in made
                for pk in first[one.source_id].group_ids
            ],
            batch_size=AT_ONCE,
        )
        ActivityTeacher.objects.bulk_create(
            [
                ActivityTeacher(activity=one, person_id=pk, valid_from=since[one.source_id])
                for one in made
                for pk in first[one.source_id].teacher_ids
            ],
            batch_size=AT_ONCE,
        )

    def _activity(self, one: Placed, since: date) -> Activity:
        names = " ".join(sorted(self.snapshot.group_names[pk] for pk in one.group_ids))
        return Activity(
            organiser_id=self.snapshot.organiser_id,
            school_id=self.snapshot.school_id,
            source_id=one.activity_key,
            source=Source.IMPORT,
            kind=one.kind,
            name=f"{one.row.subject} {names}"[:80].strip(),
            subject=one.row.subject,
            subject_code=one.row.code,
            valid_from=since,
        )

    def _activity_for(self, one: Placed, lesson: Lesson | None) -> Activity:
        """The file's; but an activity that the office has made its own keeps its lessons."""
        now = self.snapshot.activities[lesson.activity_id] if lesson else None
        return now if now and now.source == Source.OFFICE else self.activities[one.activity_key]

    def _lesson(self, one: Placed, before: Lesson | None = None) -> Lesson:
        values = asdict(one.pattern)
        values["first_day"] = max(one.pattern.first_day, self.today)
        return Lesson(
            organiser_id=self.snapshot.organiser_id,
            activity=self._activity_for(one, before),
            room=self.rooms.get(one.row.room.casefold()),
            source=Source.IMPORT,
            source_id=one.key,
            **values,
        )

    def create(self, lines: Iterable[Line]) -> None:
        _forget_ids(line.lesson.pk for line in lines if line.lesson)
        Lesson.everything.bulk_create(
            [self._lesson(line.placed) for line in lines if line.placed], batch_size=AT_ONCE
        )

    def change(self, lines: list[Line]) -> None:
        """Lessons that have not begun are changed where they stand; of the others the old one ends yesterday."""
        pairs = [(line.lesson, line.placed) for line in lines if line.lesson and line.placed]
        here = [(lesson, one) for lesson, one in pairs if self._stays(lesson, one)]
        parted = [(lesson, one) for lesson, one in pairs if not self._stays(lesson, one)]
        befores = {lesson.pk: Before(Pattern.of(lesson), lesson.room_id) for lesson, _ in pairs}
        successors = {lesson.pk: self._change_here(lesson, one) for lesson, one in here}
        Lesson.everything.bulk_update(
            [lesson for lesson, _ in here],
            [
                "ends_at",
                "first_day",
                "last_day",
                "cycle_start",
                "weeks",
                "week",
                "room",
                "activity",
                "version",
            ],
            batch_size=AT_ONCE,
        )
        _forget_ids(lesson.pk for lesson, _ in parted)
        self._end_yesterday([lesson for lesson, _ in parted])
        made = [self._lesson(one, lesson) for lesson, one in parted]
        Lesson.everything.bulk_create(made, batch_size=AT_ONCE)
        successors |= {lesson.pk: new for (lesson, _), new in zip(parted, made, strict=True)}
        self.successors = [new.pk for new in successors.values()]
        self._carry(befores, successors)
        self._carry_marks({lesson.pk: successors[lesson.pk] for lesson, _ in parted})

    def _stays(self, lesson: Lesson, one: Placed) -> bool:
        """Not begun, or with nothing but another last day."""
        if lesson.first_day >= self.today:
            return True
        old, new = asdict(Pattern.of(lesson)), asdict(one.pattern)
        same = all(old[name] == new[name] for name in old if name not in ("first_day", "last_day"))
        room = self.rooms.get(one.row.room.casefold())
        is_same_room = lesson.room_id == (room.pk if room else None)
        return same and is_same_room and lesson.activity_id == self._activity_for(one, lesson).pk

    def _change_here(self, lesson: Lesson, one: Placed) -> Lesson:
        new = self._lesson(one, lesson)
        has_begun = lesson.first_day < self.today
        for name in ("ends_at", "last_day", "cycle_start", "weeks", "week"):
            setattr(lesson, name, getattr(new, name))
        lesson.first_day = lesson.first_day if has_begun else new.first_day
        lesson.room, lesson.activity = new.room, new.activity
        lesson.version += 1
        return lesson

    def end(self, lines: Iterable[Line]) -> None:
        """What has begun ends yesterday; what has not goes."""
        lessons = [line.lesson for line in lines if line.lesson]
        for part in parts([lesson.pk for lesson in lessons if lesson.first_day >= self.today]):
            Lesson.everything.filter(pk__in=part).delete()
        self._end_yesterday([lesson for lesson in lessons if lesson.first_day < self.today])

    def _end_yesterday(self, lessons: list[Lesson]) -> None:
        for lesson in lessons:
            lesson.last_day = self.today - timedelta(days=1)
            lesson.version += 1
        Lesson.everything.bulk_update(lessons, ["last_day", "version"], batch_size=AT_ONCE)

    def _carry(self, befores: dict[int, Before], successors: dict[int, Lesson]) -> None:
        """Stored days from today on follow where the lesson still falls on them; others are hidden with its end."""
        moved: list[LessonOccurrence] = []
        for part in parts(list(befores)):
            rows = LessonOccurrence.everything.filter(lesson__in=part, day__gte=self.today)
            for row in rows:
                new = successors[row.lesson_id or 0]
                if Pattern.of(new).takes_place_on(row.day):
                    follow(row, befores[row.lesson_id or 0], new)
                    moved.append(row)
        LessonOccurrence.everything.bulk_update(moved, FOLLOWING, batch_size=AT_ONCE)

    def _carry_marks(self, successors: dict[int, Lesson]) -> None:
        """What to bring each week stands on the lesson that follows too."""
        copies = [
            LessonMark(
                organiser_id=mark.organiser_id, lesson=successors[mark.lesson_id or 0], kind=mark.kind,
                text=mark.text, author_id=mark.author_id, created_at=mark.created_at,
            )
            for part in parts(list(successors))
            for mark in LessonMark.everything.filter(lesson__in=part)
        ]  # fmt: skip
        LessonMark.everything.bulk_create(copies, batch_size=AT_ONCE)

    def retell(self, plan: Plan) -> None:
        """What the feed says of single days, cancelled ones and tests, follows their lessons."""
        withdraw_gone()
        parted = [line.lesson.pk for line in (*plan.changed, *plan.ended) if line.lesson]
        retell_lessons({*parted, *self.successors}, self.today)

    def end_idle_activities(self) -> None:
        """Activities of earlier files that no lesson is left of."""
        busy = Lesson.everything.filter(last_day__gte=self.today).values("activity")
        idle = Activity.everything.filter(
            school=self.snapshot.school_id, source_id__startswith=PREFIX, source=Source.IMPORT, valid_until=None,
            valid_from__lt=self.today,
        )  # fmt: skip
        idle.exclude(pk__in=busy).update(valid_until=self.today - timedelta(days=1))


def _forget_ids(pks: Iterable[int]) -> None:
    """What a lesson was known by is given to the one that takes its place."""
    for part in parts(sorted(pks)):
        Lesson.everything.filter(pk__in=part).update(source_id="")
