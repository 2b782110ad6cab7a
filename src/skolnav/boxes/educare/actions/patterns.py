"""Weeks that repeat. A pattern changes no day that is locked: what has run so far stays as it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from skolnav.core.access.viewer import Viewer
from skolnav.core.audit.log import record
from skolnav.core.people.actions.refusals import NotAllowed, Refused
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.versions import lock_version
from skolnav.core.web.words import say_date

from ..models import CarePattern, PatternTime
from ..models.times import LONGEST_CYCLE
from ..queries.opening import Opening
from ..queries.people import guardians_of_one
from ..queries.plans import Known
from .permits import require_custody
from .times import hold

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PatternDay:
    """A weekday (0 is Monday) of one of the weeks (from 0)."""

    week: int
    weekday: int
    comes_at: time | None
    leaves_at: time | None
    collector_id: int | None
    goes_alone: bool


@dataclass(frozen=True, slots=True)
class PatternContent:
    """`first_day`'s own week is the first of the cycle."""

    weeks: int
    first_day: date
    last_day: date | None
    days: Sequence[PatternDay]

    @property
    def cycle_start(self) -> date:
        return clock.monday_of(self.first_day)


def first_free_day(opening: Opening) -> date:
    """The first day that no lock has reached; lov's own deadlines aside, since no pattern counts there."""
    return clock.today() + timedelta(days=opening.lock_days) + DAY


@transaction.atomic
def begin_pattern(*, actor: Viewer, pupil_id: int, content: PatternContent) -> CarePattern:
    """Let weeks repeat from a day on. Raises NotAllowed, and Refused for a locked first day or times outside hours."""
    known = _held(actor, pupil_id)
    opening = _opening(known, pupil_id)
    earliest = first_free_day(opening)
    if content.first_day < earliest:
        raise Refused(
            _("Schemat kan börja tidigast %(day)s: dagarna dessförinnan är låsta.")
            % {"day": say_date(earliest)}
        )
    _require_sense(content)
    pattern = CarePattern.everything.create(
        organiser_id=actor.organiser_id,
        pupil_id=pupil_id,
        owner_id=actor.person_id,
        weeks=content.weeks,
        cycle_start=content.cycle_start,
        first_day=content.first_day,
        last_day=content.last_day,
        begun_at=clock.now(),
    )
    _put_times(pattern, content)
    record(actor, "begin_care_pattern", pattern)
    return pattern


@transaction.atomic
def replace_pattern(
    *, actor: Viewer, pattern: CarePattern, version: int, content: PatternContent
) -> CarePattern:
    """Other weeks from a day on: the old pattern holds until then. Raises as `begin_pattern`, and EditedMeanwhile."""
    _held(actor, pattern.pupil_id)
    now = lock_version(pattern, version)
    _require_own(actor, now)
    new = begin_pattern(actor=actor, pupil_id=now.pupil_id, content=content)
    _cut(now, content.first_day - DAY)
    return new


@transaction.atomic
def end_pattern(*, actor: Viewer, pattern: CarePattern) -> None:
    """Let a pattern end with the last locked day; one that has not begun by then goes. Raises NotAllowed."""
    known = _held(actor, pattern.pupil_id)
    now = CarePattern.everything.select_for_update(of=("self",)).get(pk=pattern.pk)
    _require_own(actor, now)
    record(actor, "end_care_pattern", now)
    _cut(now, first_free_day(_opening(known, now.pupil_id)) - DAY)


def _cut(pattern: CarePattern, last_day: date) -> None:
    if last_day < pattern.first_day:
        pattern.delete()
    elif pattern.last_day is None or pattern.last_day > last_day:
        pattern.last_day = last_day
        pattern.save()


def _require_sense(content: PatternContent) -> None:
    if not 1 <= content.weeks <= LONGEST_CYCLE:
        raise Refused(_("Ett schema kan ha 1 till %(most)s veckor.") % {"most": LONGEST_CYCLE})
    if content.last_day is not None and content.last_day < content.first_day:
        raise Refused(_("Sista dagen ligger före den första."))


def _put_times(pattern: CarePattern, content: PatternContent) -> None:
    PatternTime.objects.bulk_create(
        PatternTime(
            pattern=pattern,
            week=one.week,
            weekday=one.weekday,
            comes_at=one.comes_at,
            leaves_at=one.leaves_at,
            collector_id=None if one.goes_alone else one.collector_id,
            goes_alone=one.goes_alone,
        )
        for one in content.days
        if one.comes_at or one.leaves_at
    )


def _held(actor: Viewer, pupil_id: int) -> Known:
    require_custody(actor, pupil_id)
    return hold([pupil_id], actor.today, actor.today)


def _opening(known: Known, pupil_id: int) -> Opening:
    opening = known.of_school(pupil_id)
    if opening is None:
        raise Refused(_("Barnet har ingen plats på fritids."))
    return opening


def _require_own(actor: Viewer, pattern: CarePattern) -> None:
    """Whoever made it, or any guardian once its maker has lost custody."""
    others = {one.id for one in guardians_of_one(pattern.pupil_id)} - {actor.person_id}
    if pattern.owner_id in others:
        raise NotAllowed("Another guardian's pattern is theirs to change.")
