"""The organiser that the work at hand is for. Middleware enters it for a request; jobs and imports by hand."""

from contextlib import AbstractContextManager
from typing import cast

from django_scopes import scope, scopes_disabled

__all__ = ["of_organiser", "over_all_organisers"]


def of_organiser(organiser_id: int) -> AbstractContextManager[None]:
    """Within it, `Model.everything` holds this organiser's rows only."""
    return cast(AbstractContextManager[None], scope(organiser=organiser_id))


def over_all_organisers() -> AbstractContextManager[None]:
    """Only for what truly has no tenant: the worker's sweep, a login, the operator's commands."""
    return cast(AbstractContextManager[None], scopes_disabled())
