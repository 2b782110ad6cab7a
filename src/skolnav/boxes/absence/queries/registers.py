"""A register as it is filled in: the pupils, what is known of each, and what was saved already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from skolnav.boxes.absence.models import LessonAttendance, Register
from skolnav.core.people.models import Membership
from skolnav.core.presence.models import Absence, Reason
from skolnav.core.presence.reading import absences_of, covering, minutes_away
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.managers import DoorQuerySet
from skolnav.core.web.words import say_times

from .known import is_known_q
from .occasions import Occasion

State = LessonAttendance.State
# What a late pupil is put down for before and after the lesson; within it, the minutes since it began.
USUAL_MINUTES = 5
_WITH_MINUTES = (State.LATE, State.LEFT_EARLY)


@dataclass(frozen=True, slots=True)
class Mark:
    """What is put down of a pupil; minutes late, or minutes that were left of the lesson."""

    state: str = State.PRESENT
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class RollPupil:
    id: int
    public_id: str
    given_name: str
    family_name: str
    is_protected: bool

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    @property
    def hue(self) -> int:
        return self.id % 12 + 1


# A membership's columns for it.
OF_MEMBER = (
    "person_id",
    "person__public_id",
    "person__given_name",
    "person__family_name",
    "person__is_protected",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One pupil of the register: what is suggested and why, and what was saved."""

    pupil: RollPupil
    suggested: Mark
    reason: str = ""  # why it is suggested: "Anmäld sjuk"
    hint: str = ""  # what is worth knowing, and suggests nothing: "Borta lektionen före"
    saved: Mark | None = None

    @property
    def mark(self) -> Mark:
        return self.saved or self.suggested


@dataclass(frozen=True)
class Roll:
    """The register of an occasion as it stands; `register` is None until it has been taken."""

    occasion: Occasion
    lines: Sequence[Line]
    register: Register | None = None

    @property
    def version(self) -> int:
        return self.register.version if self.register else 0

    @property
    def away(self) -> int:
        """How many are reported, or have leave, for all of it."""
        return sum(1 for line in self.lines if line.suggested.state == State.ABSENT)

    @property
    def late_now(self) -> int:
        return minutes_since(self.occasion, clock.now())

    @property
    def left_now(self) -> int:
        return minutes_left(self.occasion, clock.now())


def roll_of(occasion: Occasion) -> Roll:
    """The register with its suggestions: four statements, five when it has been taken already."""
    pupils = pupils_of(occasion)
    ids = [pupil.id for pupil in pupils]
    register = register_of(occasion)
    saved = marks_of(register) if register else {}
    absences = absences_of(ids, occasion.held_on)
    before = _away_before(ids, occasion)
    lines = []
    for pupil in pupils:
        suggested, reason = suggestion(occasion, absences.get(pupil.id, ()))
        hint = gettext("Borta lektionen före") if not reason and pupil.id in before else ""
        lines.append(Line(pupil, suggested, reason, hint, saved.get(pupil.id)))
    return Roll(occasion, lines, register)


def pupils_of(occasion: Occasion) -> list[RollPupil]:
    """Who is in the occasion's groups on its day, by given name. One statement."""
    return in_order(RollPupil(*row) for row in set(members_of(occasion).values_list(*OF_MEMBER)))


def members_of(occasion: Occasion) -> DoorQuerySet[Membership]:
    """The memberships that put pupils into the occasion; a mentor of other groups has their own pupils alone."""
    known = is_known_q(occasion.school_id, "person")
    members = Membership.everything.filter(
        Membership.valid_on(occasion.held_on), known, person__is_active=True
    )
    pupils = members.filter(group__in=occasion.group_ids)
    if occasion.only_of:
        pupils = pupils.filter(person__in=members.filter(group__in=occasion.only_of).values("person_id"))
    return pupils


def in_order(pupils: Iterable[RollPupil]) -> list[RollPupil]:
    """By given name, as a Swede looks them up: å, ä and ö last."""
    return sorted(pupils, key=lambda pupil: _swedish(pupil.name))


def register_of(occasion: Occasion) -> Register | None:
    """The register, where it has been taken. One statement, none for a lesson of which nothing is stored."""
    registers = Register.everything.select_related("taken_by")
    if occasion.group_id:
        return registers.filter(group=occasion.group_id, day=occasion.day).first()
    stored = occasion.lesson.occurrence_id if occasion.lesson else None
    return registers.filter(occurrence=stored).first() if stored else None


def marks_of(register: Register) -> dict[int, Mark]:
    """What a register says, by pupil. One statement."""
    rows = LessonAttendance.everything.filter(register=register)
    return {row[0]: Mark(*row[1:]) for row in rows.values_list("pupil_id", "state", "minutes")}


def suggestion(occasion: Occasion, absences: Sequence[Absence]) -> tuple[Mark, str]:
    """What is put down for a pupil before anybody has looked, and why in words. No statement."""
    found = covering(absences, occasion.starts, occasion.ends)
    if found is None:
        return Mark(), ""
    return _what_is_left(occasion, absences), said_absence(found)


def minutes_since(occasion: Occasion, now: datetime) -> int:
    """How late somebody is who comes now; before and after the lesson, the usual minutes."""
    passed = round((now - occasion.starts).total_seconds() / 60)
    return passed if 0 < passed < occasion.minutes else min(USUAL_MINUTES, occasion.minutes)


def minutes_left(occasion: Occasion, now: datetime) -> int:
    """How many minutes somebody misses who leaves now; before and after the lesson, the usual ones."""
    left = round((occasion.ends - now).total_seconds() / 60)
    return left if 0 < left < occasion.minutes else min(USUAL_MINUTES, occasion.minutes)


def needs_minutes(state: str) -> bool:
    return state in _WITH_MINUTES


def _what_is_left(occasion: Occasion, absences: Sequence[Absence]) -> Mark:
    """Away for all of it, at its beginning, or at its end; here otherwise (an absence in the middle)."""
    away = minutes_away(absences, occasion.starts, occasion.ends)
    if away >= occasion.minutes:
        return Mark(State.ABSENT)
    if any(one.starts <= occasion.starts < one.ends for one in absences):
        return Mark(State.LATE, away)
    if any(one.starts < occasion.ends <= one.ends for one in absences):
        return Mark(State.LEFT_EARLY, away)
    return Mark()


def said_absence(absence: Absence) -> str:
    """ "Anmäld sjuk", with the hours where it is not the whole day."""
    said = {
        Reason.ILL: gettext("Anmäld sjuk"),
        Reason.CARE: gettext("Anmäld: läkare eller tandläkare"),
        Reason.LEAVE: gettext("Beviljad ledighet"),
    }.get(Reason(absence.reason), gettext("Anmäld borta"))
    return said if absence.is_whole_day else f"{said} {say_times(absence.starts, absence.ends)}"


def _away_before(pupil_ids: Sequence[int], occasion: Occasion) -> set[int]:
    """Who was away from, or left, the last lesson of the day before this one. One statement."""
    earlier = LessonAttendance.everything.filter(
        pupil__in=pupil_ids, day=occasion.held_on, register__ends__lte=occasion.starts
    ).order_by("register__ends")
    last = {row[0]: row[1] for row in earlier.values_list("pupil_id", "state")}
    return {pupil for pupil, state in last.items() if state in (State.ABSENT, State.LEFT_EARLY)}


def _swedish(name: str) -> str:
    return name.casefold().translate(_LAST)


_LAST = str.maketrans({"å": "{", "ä": "|", "ö": "}", "æ": "|", "ø": "}", "é": "e", "è": "e", "ü": "u"})
