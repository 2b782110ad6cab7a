"""What a family wants for a day, and why it can not be had: the same answer at the form and in the action."""

from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from django.utils.translation import gettext as _

from skolnav.core.schools.calendar import SchoolCalendar
from skolnav.core.tenancy import clock
from skolnav.core.web.words import say_time, say_times, say_until

from .locks import closed_because, is_locked, locks_at
from .plans import Known, Plan


@dataclass(frozen=True, slots=True)
class Wish:
    """A day as a guardian fills it in. Without times it means that the child is free; `version` as in Plan."""

    pupil_id: int
    day: date
    comes_at: time | None = None
    leaves_at: time | None = None
    is_off: bool = False
    collector_id: int | None = None
    collected_by: str = ""
    goes_alone: bool = False
    version: int = 0

    @property
    def is_free(self) -> bool:
        return self.is_off or (self.comes_at is None and self.leaves_at is None)


def wish_of(plan: Plan, **changed: Any) -> Wish:
    """A wish for what a plan says; `changed` replaces fields: another day, another child."""
    fields: dict[str, Any] = {
        "pupil_id": plan.pupil_id,
        "day": plan.day,
        "comes_at": plan.comes_at,
        "leaves_at": plan.leaves_at,
        "is_off": plan.is_off,
        "collector_id": plan.collector_id,
        "collected_by": "" if plan.collector_id else plan.collected_by,
        "goes_alone": plan.goes_alone,
        "version": plan.version,
    }
    return Wish(**fields | changed)


def for_sibling(known: Known, wish: Wish, pupil_id: int) -> Wish:
    """The same day for a sibling: whoever collects is found by name on the sibling's own list."""
    name, _listed = known.collector(wish.pupil_id, wish.collector_id, wish.collected_by, wish.goes_alone)
    listed = next((pk for pk, _pid, found, _usual in known.collectors_of(pupil_id) if found == name), None)
    version = known.plan(pupil_id, wish.day).version
    by = "" if listed or not (wish.collector_id or wish.collected_by) else name
    return replace(wish, pupil_id=pupil_id, collector_id=listed, collected_by=by, version=version)


def changes_something(known: Known, wish: Wish) -> bool:
    """Whether the wish is another day than the one that holds; a day left empty stays without an answer."""
    plan = known.plan(wish.pupil_id, wish.day)
    if wish.is_free:
        return not plan.is_off and (wish.is_off or plan.is_coming)
    name, collector = known.collector(wish.pupil_id, wish.collector_id, wish.collected_by, wish.goes_alone)
    wanted = (wish.comes_at, wish.leaves_at, False, name, collector, wish.goes_alone)
    return wanted != (
        plan.comes_at,
        plan.leaves_at,
        plan.is_off,
        plan.collected_by,
        plan.collector_id,
        plan.goes_alone,
    )


def why_not(known: Known, calendar: SchoolCalendar, wish: Wish, person_id: int, *, asks: bool = False) -> str:
    """Why the day can not be as wished, in words that say what can be done; "" when it can.

    `asks`: it is a request to staff, for a day that is locked. Owners of weeks are asked of `person_id`.
    """
    opening = known.of_school(wish.pupil_id)
    if opening is None:
        return _("Barnet har ingen plats på fritids.")
    if wish.day < clock.today():
        return _("Dagen har varit.")
    owner = known.owner(wish.pupil_id, wish.day)
    if owner not in (None, person_id):
        return _("Det är den andra vårdnadshavarens vecka. Du ser tiderna, men ändrar bara dina egna veckor.")
    if is_locked(opening, wish.day) and not asks:
        return _("Dagen låstes %(moment)s. Be personalen om en ändring i stället.") % {
            "moment": say_until(locks_at(opening, wish.day))
        }
    reason = closed_because(opening, wish.day)
    if wish.is_free:
        return ""
    if reason is not None:
        return _("Fritids är stängt: %(reason)s.") % {"reason": reason} if reason else _("Fritids är stängt.")
    return _why_not_these_times(known, calendar, wish)


def _why_not_these_times(known: Known, calendar: SchoolCalendar, wish: Wish) -> str:
    """Times that run backwards, lie outside the hours, or leave half a day without school open."""
    comes, leaves = wish.comes_at, wish.leaves_at
    opening = known.of_school(wish.pupil_id)
    hours = opening.hours_on(wish.day) if opening else None
    if comes and leaves and leaves <= comes:
        return _("Går hem (%(leaves)s) måste vara senare än kommer (%(comes)s).") % {
            "leaves": say_time(leaves),
            "comes": say_time(comes),
        }
    if hours and any(at and not hours[0] <= at <= hours[1] for at in (comes, leaves)):
        return _("Fritids är öppet %(hours)s den dagen. Välj tider däremellan.") % {
            "hours": say_times(*hours)
        }
    if needs_both(known, calendar, wish.pupil_id, wish.day) and not (comes and leaves):
        return _("Det är ingen skola den dagen: skriv både när barnet kommer och när det går hem.")
    return ""


def needs_both(known: Known, calendar: SchoolCalendar, pupil_id: int, day: date) -> bool:
    """Whether the day has no school, so that both times are needed: lov, study days, summer."""
    opening = known.of_school(pupil_id)
    if opening is not None and opening.round_of(day) is not None:
        return True
    return not calendar.is_school_day(known.school_of.get(pupil_id, 0), day)
