"""From what a source says to a plan of what would be written. Nothing here writes."""

from datetime import date

from skolnav.exchange.ss12000.reading import Reading

from .changes import Plan, Ref
from .context import Context
from .duties import plan_assignments, plan_duties
from .enrolments import plan_enrolments
from .groups import plan_groups, plan_memberships
from .guardianships import plan_guardianships
from .organisations import plan_organisations
from .persons import plan_persons
from .schools import SchoolTree
from .snapshot import Snapshot
from .timetable import known_of_timetable, plan_timetable

__all__ = ["make_plan"]


def make_plan(
    reading: Reading,
    snapshot: Snapshot,
    today: date,
    *,
    organiser_source_id: str | None,
) -> tuple[Plan, dict[Ref, int]]:
    """Compares a source with one organiser's rows; gives the plan, and the rows that are here by their names.

    Adds to `reading.problems` what cannot be placed.

    The order matters: persons are recognised before what hangs on them, and what ends because something
    above it ends is told apart from what ends by itself.
    """
    context = Context(reading, SchoolTree(reading.organisations.rows), snapshot, today, Plan())
    plan_organisations(context, organiser_source_id)
    plan_persons(context)
    plan_groups(context)
    plan_duties(context)
    plan_enrolments(context)
    plan_guardianships(context)
    plan_memberships(context)
    plan_assignments(context)
    plan_timetable(context)
    return context.plan, _known(context)


def _known(context: Context) -> dict[Ref, int]:
    """The rows that are here, by what the source calls them: what new rows are tied to."""
    known = {Ref.to("organisations", id): pk for pk, id in context.units.items()}
    known |= {Ref.to("persons", id): pk for pk, id in context.persons.items()}
    known |= {Ref.to("groups", id): pk for pk, id in context.groups.items()}
    for row in context.snapshot.duties:
        known[Ref.to("duties", row.source_id, context.unit_ref(row.school_id).id)] = row.pk
    return known | known_of_timetable(context)
