"""The brake: a source that suddenly lacks much is more often broken than right."""

from .planning.changes import Action, Plan
from .problems import Problem, Reason

MOST_REMOVED_PERCENT = 5
# One of a few is more than 5 %, and an everyday thing: a teacher who leaves, a pupil who moves.
ALWAYS_ALLOWED = 1


def removals_to_accept(plan: Plan) -> list[Problem]:
    """For each list that would lose more than its share: a problem that says how many. Empty: go on.

    What ends because something above it ends (a group's memberships) is counted there and not twice.
    """
    stops = []
    for name, living in plan.living.items():
        ended = sum(not change.follows for change in plan.of(name, Action.END))
        if ended > ALWAYS_ALLOWED and ended * 100 > living * MOST_REMOVED_PERCENT:
            stops.append(
                Problem(
                    name,
                    "",
                    Reason.REMOVALS_NEED_ACCEPTANCE,
                    f"{MOST_REMOVED_PERCENT} %",
                    f"{ended} of {living}",
                )
            )
    return stops
