"""What ended ties take along: queued mail, sessions, links. At once, when all of the plan is written."""

from collections.abc import Iterable, Sequence

from skolnav.core.accounts.access_changes import cut_what_lost_its_ground
from skolnav.core.people.actions.guardianships import end_guardianship_row
from skolnav.core.people.models import Duty, Enrolment, Guardianship, Membership, Person
from skolnav.core.tenancy import clock

from .planning.changes import Action, Change, Plan

REASON = "The source no longer has it."
AT_ONCE = 500


def end_custody(change: Change) -> None:
    """Through the action that the office uses too; nobody's name on it marks it as an import's."""
    assert change.pk is not None
    end_guardianship_row(actor=None, guardianship_id=change.pk, last_day=clock.today(), reason=REASON)


def cut_what_follows(plan: Plan) -> None:
    """Ask, for everybody who has lost something, what of theirs has lost its ground."""
    pupils = _column(Enrolment, "pupil_id", plan.of("enrolments", Action.END))
    pupils |= _column(Membership, "person_id", plan.of("groupMemberships", Action.END))
    losers = pupils | _column(Guardianship, "guardian_id", plan.of("responsibles", Action.END))
    losers |= _column(Duty, "person_id", plan.of("duties", Action.END))
    losers |= {change.pk for change in plan.of("persons", Action.END) if change.pk}
    losers |= _guardians_of(pupils)
    for person in _persons(losers):
        cut_what_lost_its_ground(person)


def _guardians_of(pupils: set[int]) -> set[int]:
    found: set[int] = set()
    for part in _parts(pupils):
        custody = Guardianship.everything.filter(Guardianship.gives_access_on(clock.today()), pupil__in=part)
        found.update(custody.values_list("guardian_id", flat=True))
    return found


def _column(model: type, column: str, changes: Sequence[Change]) -> set[int]:
    found: set[int] = set()
    for part in _parts(change.pk for change in changes if change.pk):
        found.update(model.everything.filter(pk__in=part).values_list(column, flat=True))  # type: ignore[attr-defined]
    return found


def _persons(pks: set[int]) -> Iterable[Person]:
    for part in _parts(pks):
        yield from Person.everything.filter(pk__in=part)


def _parts(pks: Iterable[int]) -> Iterable[list[int]]:
    """Databases take only so many parameters at once."""
    ordered = sorted(pks)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]
