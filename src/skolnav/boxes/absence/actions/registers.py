"""Taking attendance, and correcting it afterwards."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from skolnav.boxes.absence.models import AttendanceChange, LessonAttendance, Register
from skolnav.boxes.absence.queries.occasions import Occasion, may_correct, may_take
from skolnav.boxes.absence.queries.registers import (
    Mark,
    RollPupil,
    marks_of,
    members_of,
    needs_minutes,
    register_of,
    suggestion,
)
from skolnav.core.access.viewer import Viewer
from skolnav.core.audit.log import record
from skolnav.core.people.actions.refusals import NotAllowed, Refused
from skolnav.core.people.models import Person
from skolnav.core.presence.reading import AbsencesByPupil, absences_of
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.versions import EditedMeanwhile, lock_version
from skolnav.core.timetable.storing import stored

from .cases import follow_day
from .reckoning import reckon

State = LessonAttendance.State
_COLUMNS = ("state", "minutes", "attended_minutes", "valid_minutes", "invalid_minutes")


class ReasonMissing(Refused):
    """A correction says why it is made."""


@transaction.atomic
def take_register(
    *,
    actor: Viewer,
    occasion: Occasion,
    marks: Mapping[RollPupil, Mark | None],
    version: int,
    reason: str = "",
) -> Register:
    """Save who was there.

    `marks` are for the pupils of the occasion (queries.pupils_of); others are passed over. None is a line that nobody
    has touched: it stays as it was saved, or becomes what is suggested by now, so that a report that came while the
    page was open holds.
    `version` is that of the register as it was shown, 0 for none. On a later day it is a correction, which only mentors
    and leaders make, with a `reason` (ReasonMissing, a Refused).

    Raises NotAllowed; Refused in words (too early, cancelled, too late); EditedMeanwhile with the other's register.
    """
    if not may_take(actor, occasion):
        raise NotAllowed("The actor does not take this register.")
    _require_open(occasion)
    before = register_of(occasion)
    if occasion.only_of and before is None:
        raise Refused(_("Läraren har inte tagit närvaron än. Rätta för dina elever när den är tagen."))
    if before and occasion.held_on != clock.today():
        _require_correction(actor, occasion, reason)
    register = _locked(before, version) if before else _first(actor, occasion)
    earlier = marks_of(register) if before else {}
    theirs = _locked_pupils(marks, occasion)
    absences = absences_of(theirs, occasion.held_on)
    after = {
        pupil.id: mark or earlier.get(pupil.id) or suggestion(occasion, absences.get(pupil.id, ()))[0]
        for pupil, mark in marks.items()
        if pupil.id in theirs
    }
    changed = {pupil: mark for pupil, mark in after.items() if earlier.get(pupil) != mark}
    _write(actor, register, earlier, changed, absences, reason)
    return register


def _require_open(occasion: Occasion) -> None:
    if not occasion.is_held:
        raise Refused(_("Lektionen är inställd, eller så är det ingen skola den dagen."))
    if not occasion.is_open():
        raise Refused(_("Närvaron kan sparas från en kvart innan lektionen börjar."))


def _require_correction(actor: Viewer, occasion: Occasion, reason: str) -> None:
    if not may_correct(actor, occasion):
        raise Refused(
            _("Närvaron är tagen. Efter dagen är det mentorn eller skolans ledning som rättar den.")
        )
    if not reason.strip():
        raise ReasonMissing(_("Skriv varför du rättar närvaron."))


def _locked(before: Register, version: int) -> Register:
    register = lock_version(before, version)
    register.save(update_fields=["version"])
    return register


def _first(actor: Viewer, occasion: Occasion) -> Register:
    """The register, made. Of two who save a first time at once, the later one is told: EditedMeanwhile."""
    lesson = occasion.lesson
    of: dict[str, Any] = (
        {"occurrence": stored(lesson, occasion.organiser_id)}
        if lesson
        else {"group_id": occasion.group_id, "day": occasion.day}
    )
    mine = Register(
        organiser_id=occasion.organiser_id,
        school_id=occasion.school_id,
        starts=occasion.starts,
        ends=occasion.ends,
        subject_code=lesson.subject_code if lesson else "",
        subject=lesson.title if lesson else "",
        taken_by_id=actor.person_id,
        taken_at=clock.now(),
        **{"day": occasion.held_on, **of},
    )
    # Waits for one that is being made at this moment, and then does nothing.
    Register.everything.bulk_create([mine], ignore_conflicts=True)
    standing = Register.everything.select_for_update().get(**of)
    if standing.public_id != mine.public_id:
        raise EditedMeanwhile(standing)
    return standing


def _locked_pupils(marks: Mapping[RollPupil, Mark | None], occasion: Occasion) -> set[int]:
    """Those of the marked who are the occasion's pupils. Their rows are locked, as a report locks them: one that comes
    at this moment waits, and then recounts."""
    members = members_of(occasion).filter(person__in=[pupil.id for pupil in marks])
    pupils = Person.everything.select_for_update(no_key=True).filter(pk__in=members.values("person_id"))
    return set(pupils.order_by("pk").values_list("pk", flat=True))


def _write(
    actor: Viewer,
    register: Register,
    earlier: Mapping[int, Mark],
    changed: Mapping[int, Mark],
    absences: AbsencesByPupil,
    reason: str,
) -> None:
    """The changed lines with their minutes, in one statement for any number of pupils; history, log, and cases."""
    lines = [_line(register, pupil, mark, absences) for pupil, mark in changed.items()]
    LessonAttendance.everything.bulk_create(
        lines, update_conflicts=True, unique_fields=["register", "pupil"], update_fields=_COLUMNS
    )
    AttendanceChange.objects.create(
        register=register,
        by_id=actor.person_id,
        at=clock.now(),
        reason=reason.strip(),
        lines={str(pupil): _before_and_after(earlier.get(pupil), mark) for pupil, mark in changed.items()},
    )
    record(actor, "correct_register" if earlier else "take_register", register, pupils=len(changed))
    was_away = {pupil for pupil, mark in earlier.items() if mark.state != State.PRESENT}
    to_follow = [line.pupil_id for line in lines if line.invalid_minutes or line.pupil_id in was_away]
    if to_follow:
        follow_day(to_follow, register.day)


def _line(register: Register, pupil_id: int, mark: Mark, absences: AbsencesByPupil) -> LessonAttendance:
    minutes = mark.minutes if needs_minutes(mark.state) else 0
    found = reckon(register.starts, register.ends, mark.state, minutes, absences.get(pupil_id, ()))
    return LessonAttendance(
        organiser_id=register.organiser_id,
        register=register,
        pupil_id=pupil_id,
        day=register.day,
        state=mark.state,
        minutes=minutes,
        **{f"{name}_minutes": value for name, value in asdict(found).items()},
    )


def _before_and_after(before: Mark | None, after: Mark) -> list[Any]:
    return [before.state if before else "", before.minutes if before else 0, after.state, after.minutes]
