"""The organiser that the work at hand is for. Middleware enters it for a request; jobs and imports by hand."""

from contextlib import AbstractContextManager
from typing import cast

from django_scopes import get_scope, scope, scopes_disabled
from django_scopes.exceptions import ScopeError

__all__ = ["of_organiser", "organiser_in_scope", "over_all_organisers"]


def of_organiser(organiser_id: int) -> AbstractContextManager[None]:
    """Within it, `Model.everything` holds this organiser's rows only."""
    return cast(AbstractContextManager[None], scope(organiser=organiser_id))


def over_all_organisers() -> AbstractContextManager[None]:
    """Only for what truly has no tenant: the worker's sweep, a login, the operator's commands."""
    return cast(AbstractContextManager[None], scopes_disabled())


def organiser_in_scope() -> int:
    """The key of the organiser in scope, for statements written by hand; ScopeError where none was entered, as the
    managers raise."""
    found: int | None = get_scope().get("organiser")
    if found is None:
        raise ScopeError("A statement was asked outside of any organiser's scope.")
    return found
