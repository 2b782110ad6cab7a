"""Somebody with the school's initial password chooses their own before anything else opens."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from skolnav.core.access.pages import RULE, public

FIRST = "login:first"
OPEN = {FIRST, "login:logout"}


class FirstLogin:
    """Leads every page but the public ones to the first login's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        if request.viewer is None or not request.viewer.must_change_password:
            return None
        if getattr(view, RULE, None) is public or request.resolver_match.view_name in OPEN:
            return None
        return redirect(FIRST)
