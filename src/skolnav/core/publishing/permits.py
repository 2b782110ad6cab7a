"""The two questions that every action on a piece asks first."""

from collections.abc import Iterable
from typing import Any

from skolnav.core.access.viewer import Viewer
from skolnav.core.people.actions.refusals import NotAllowed
from skolnav.core.tenancy.managers import Guarded

from .choices import may_publish_to
from .models import Target


def require_editable(actor: Viewer, row: Guarded) -> None:
    """Raise NotAllowed unless the actor may change the row. One statement."""
    rows: Any = type(row).objects.editable_by(actor)
    if not rows.filter(pk=row.pk).exists():
        raise NotAllowed(f"The actor may not change this {row._meta.model_name}.")


def require_visible(actor: Viewer, row: Guarded) -> None:
    """Raise NotAllowed unless the actor may see the row. One statement."""
    rows: Any = type(row).objects.visible_to(actor)
    if not rows.filter(pk=row.pk).exists():
        raise NotAllowed(f"The actor may not see this {row._meta.model_name}.")


def require_reach(actor: Viewer, targets: Iterable[Target], already: Iterable[Target] = ()) -> None:
    """Raise NotAllowed unless the actor may write to everybody in `targets`. Whom the piece is for `already` may
    stay, though the actor has since left the group. No statement."""
    kept = {target.key for target in already}
    if not may_publish_to(actor, [target for target in targets if target.key not in kept]):
        raise NotAllowed("The actor may not write to everybody that this is for.")
