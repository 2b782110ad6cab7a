"""`@page(may_…)`: every view names the rule that opens it. A view without one stops the server at its start."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from .viewer import Viewer

P = ParamSpec("P")
ResponseT = TypeVar("ResponseT", bound=HttpResponseBase)
Rule = Callable[[Viewer], bool]
RULE = "skolnav_rule"


class HubRequest(HttpRequest):
    """A request after the middleware: `viewer` is somebody logged in with a role today."""

    viewer: Viewer


def public(viewer: Viewer | None) -> bool:
    """The visible word that opens a page to anybody at all."""
    return True


def page(rule: Rule) -> Callable[[Callable[P, ResponseT]], Callable[P, ResponseT]]:
    """Open a view to the viewers whom the rule lets in; to others it does not exist (404).

    Somebody not logged in is led to the login page by Django's LoginRequiredMiddleware, before the rule.
    """

    def decorate(view: Callable[P, ResponseT]) -> Callable[P, ResponseT]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseT:
            request: Any = args[0]
            if rule is not public and not (request.viewer and rule(request.viewer)):
                raise Http404
            return view(*args, **kwargs)

        setattr(guarded, RULE, rule)
        return login_not_required(guarded) if rule is public else guarded

    return decorate
