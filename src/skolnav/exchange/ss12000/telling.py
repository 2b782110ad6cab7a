"""What an import changes in the timetable is told as the school's own changes are. Ask before it writes, tell after."""

from collections.abc import Mapping

from skolnav.boxes.schedule.actions.retelling import retell_activities, retell_days, withdraw_gone
from skolnav.boxes.schedule.actions.telling_imported import Stood, as_they_stand, tell_imported

from .planning.changes import Action, Plan, Ref


def stood_before(plan: Plan) -> dict[int, Stood]:
    """The lessons that the plan changes: what is new is no news, and what is removed is not told."""
    return as_they_stand(_changed(plan, "calendarEvents"))


def tell_of(plan: Plan, organiser_pk: int, known: Mapping[Ref, int], before: Mapping[int, Stood]) -> None:
    """Tell of changed lessons, and have the feed follow in all else. Nothing is asked where nothing changed."""
    told = tell_imported(organiser_pk, before)
    # A test stands in families' calendars at the time of its lesson, by the activity's name, for its groups.
    retell_days(before.keys() - told)
    retell_activities(_changed(plan, "activities") | _regrouped(plan, known))
    if plan.of("calendarEvents", Action.END):
        withdraw_gone()


def _changed(plan: Plan, name: str) -> set[int]:
    return {change.pk for change in plan.of(name, Action.CHANGE) if change.pk}


def _regrouped(plan: Plan, known: Mapping[Ref, int]) -> set[int]:
    """The activities that have other groups than before. Nothing has been told yet of those that are new."""
    parted = plan.of("activityGroups", Action.CREATE) + plan.of("activityGroups", Action.END)
    refs = {Ref.to("activities", change.key[0]) for change in parted}
    return {known[ref] for ref in refs if ref in known}
